"""The list of runs, and the screen of one: how far it is, and what one can do about it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from cms.listing import WhenColumn
from newsletter.models import NewsletterPage, SendRun
from newsletter.previews import as_seen
from newsletter.sending import audience, desk
from newsletter.sending.approving import lacks_second_person
from newsletter.sending.progress import GOING_ON, progress_of, stands_still
from newsletter.sending.refusals import NobodyToApprove, SendingRefused
from newsletter.subscribing.admin.access import HOME, Guarded, own_lists
from newsletter.subscribing.newsletters import full_title

from .access import AboutRun, runs_of

State = SendRun.State
CAN_BE_CANCELLED = SendRun.OPEN


class RunsView(Guarded, BaseListingView):
    model = SendRun
    page_title = _("Verzendingen")
    header_icon = "mail"
    index_url_name = "runs:index"
    index_results_url_name = "runs:index_results"
    template_name = "newsletter/runs/list.html"
    results_template_name = "newsletter/runs/list_results.html"
    verbose_name_plural = _("verzendingen")
    breadcrumbs_items = HOME
    default_ordering = "-pk"
    paginate_by = 25
    is_searchable = True
    search_backend_name = None
    search_fields = ["frozen__subject"]

    @cached_property
    def titles(self) -> dict[int, str]:
        return {newsletter.pk: full_title(newsletter) for newsletter in own_lists(self.request.user)}

    def get_base_queryset(self):
        return runs_of(self.request.user).defer("frozen__html", "frozen__text", "frozen__web")

    @cached_property
    def columns(self):
        return [
            TitleColumn("subject", label=_("Nummer"), accessor="frozen.subject", get_url=url_of),
            StatusTagColumn(
                "state",
                label=_("Status"),
                accessor="get_state_display",
                primary=lambda run: run.is_open or run.state == State.ATTENTION,
            ),
            WhenColumn("send_at", label=_("Versturen op")),
            Column("candidates", label=_("Abonnees"), accessor=lambda run: run.candidates or ""),
            Column("newsletter", label=_("Nieuwsbrief"), accessor=lambda run: self.titles.get(run.newsletter_id, "")),
        ]


def url_of(run: SendRun) -> str:
    return reverse("runs:run", args=[run.pk])


class RunView(AboutRun, WagtailAdminTemplateMixin, TemplateView):
    """With ``results_only`` just what changes, which the page asks for again and again."""

    template_name = "newsletter/runs/run.html"
    results_template_name = "newsletter/runs/numbers.html"
    results_only = False
    header_icon = "mail"

    def get_page_title(self):
        return self.run.frozen.subject

    def get_template_names(self):
        return [self.results_template_name if self.results_only else self.template_name]

    def get_context_data(self, **kwargs):
        run = self.run
        waits = run.state in (State.DRAFT, State.SCHEDULED)
        is_stuck = (
            run.state == State.DRAFT and run.newsletter and lacks_second_person(run.newsletter, run.created_by_id)
        )
        return super().get_context_data(**kwargs) | {
            "run": run,
            "issue": run.frozen.issue,
            "progress": None if waits else progress_of(run),
            "audience": audience.count(run.newsletter, run.frozen) if waits and run.newsletter else None,
            "is_moving": run.state in GOING_ON,
            "stands_still": stands_still(run),
            "can_be_cancelled": run.state in CAN_BE_CANCELLED,
            "nobody_to_approve": NobodyToApprove.message if is_stuck else "",
            "can_approve": run.state == State.DRAFT
            and not (settings.NEWSLETTER_FOUR_EYES and run.created_by_id == self.request.user.pk),
        }


class MailView(AboutRun, View):
    """The mail as it goes out, for who agrees to it or wants to know what was sent."""

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        frozen = self.run.frozen
        context = {"run": self.run, "shows_text": "text" in request.GET, "html": as_seen(frozen.html, "")}
        return render(request, "newsletter/runs/mail.html", context)


class Deed(AboutRun, View):
    """A button: does something, says so or says why not, and goes back to the run."""

    http_method_names = ["post"]
    done = ""

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            self.do()
        except SendingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done)
        return self.lead_back()

    def do(self) -> None:
        raise NotImplementedError

    def lead_back(self) -> HttpResponse:
        return redirect(url_of(self.run))


class ApproveView(Deed):
    done = _("U hebt akkoord gegeven.")

    def do(self):
        desk.approve(self.run, self.request.user)


class PauseView(Deed):
    done = _("De verzending is gepauzeerd. Mails die net weggaan, gaan nog weg.")

    def do(self):
        name = self.request.user.get_full_name() or self.request.user.email
        desk.pause(self.run, _("%(name)s heeft gepauzeerd.") % {"name": name}, self.request.user)


class ResumeView(Deed):
    done = _("De verzending gaat verder.")

    def do(self):
        desk.resume(self.run, self.request.user)


class CancelView(Deed):
    done = _("De verzending is geannuleerd.")
    thawed: NewsletterPage | None = None
    """The issue, if nothing of it was sent."""

    def do(self):
        issue = self.run.frozen.issue
        desk.cancel(self.run, self.request.user)
        if not SendRun.objects.filter(pk=self.run.pk).exists():
            self.done = _("De verzending is geannuleerd. Er is niets verstuurd; u kunt het nummer weer wijzigen.")
            self.thawed = issue

    def lead_back(self):
        return redirect("wagtailadmin_pages:edit", self.thawed.pk) if self.thawed else super().lead_back()


class SettleView(Deed):
    def do(self):
        resend = "resend" in self.request.POST
        desk.settle_doubt(self.run, self.request.user, resend=resend)
        self.done = _("De onzekere mails worden nog eens verstuurd.") if resend else _("De onzekere mails blijven zo.")


class RunsPanel(Component):
    """On the first screen: what is under way, or waits for somebody."""

    name = "runs"
    template_name = "newsletter/runs/panel.html"
    order = 70
    SHOWN = 5

    def __init__(self, user):
        asking = [*SendRun.OPEN, State.ATTENTION]
        runs = runs_of(user).defer("frozen__html", "frozen__text", "frozen__web")
        self.runs = list(runs.filter(state__in=asking)[: self.SHOWN])

    def get_context_data(self, parent_context):
        return {"runs": self.runs}
