"""Sending an issue: to whom, what there is to look at, a mail to try, when, and the number typed over."""

import datetime
import re

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.log_actions import log
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.isolation.visible import colleagues
from newsletter.admin import IssueView
from newsletter.freezing import FreezingRefused
from newsletter.models import NewsletterPage, SendRun
from newsletter.sending import audience, desk
from newsletter.sending.approving import lacks_second_person
from newsletter.sending.refusals import NobodyToApprove, SendingRefused
from newsletter.sending.trying import try_out


class SendButton(PageMenuItem):
    label = _("Versturen")
    icon_name = "mail"
    url_name = "runs:send"
    priority = 5

    def is_shown(self, user):
        return self.page.permissions_for_user(user).can_send()


class Editors(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.get_full_name()} <{obj.email}>" if obj.get_full_name() else obj.email


class TryForm(forms.Form):
    """To whom a mail to try goes: those who may send the newsletter, as far as one may know of them."""

    people = Editors(label=_("Naar"), queryset=None, widget=CheckboxSelectMultiple)

    def __init__(self, *args, request: HttpRequest, issue: NewsletterPage, **kwargs):
        super().__init__(*args, initial={"people": [request.user]}, **kwargs)
        senders = PagePermissionPolicy().users_with_permission_for_instance("publish", issue)
        known = colleagues(request).filter(Q(pk__in=senders.values("pk")) | Q(pk=request.user.pk), is_active=True)
        self.fields["people"].queryset = known.order_by("email")


class NumberField(forms.IntegerField):
    """Takes a number as the screen shows it, "1.400", and without the dots."""

    grouped = re.compile(r"\s*\d{1,3}(\.\d{3})+\s*")

    def to_python(self, value):
        return super().to_python(value.replace(".", "") if self.grouped.fullmatch(value or "") else value)


class SendForm(forms.Form):
    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("Wanneer"),
        choices=[(NOW, _("Meteen")), (LATER, _("Op een later moment"))],
        initial=NOW,
        widget=RadioSelect,
    )
    send_at = forms.DateTimeField(
        label=_("Later: op"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Alleen als u voor een later moment kiest. De tijd in Nederland."),
    )
    on_doubt = forms.ChoiceField(
        label=_("Als bij een storing niet zeker is of een mail weg is"),
        choices=SendRun.OnDoubt,
        initial=SendRun.OnDoubt.RESEND,
        widget=RadioSelect,
    )
    number = NumberField(
        label=_("Typ het aantal ontvangers over"),
        min_value=0,
        help_text=_("Zo weet u zeker dat de nieuwsbrief gaat naar wie u denkt."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self):
        given = super().clean()
        if given.get("when") == self.LATER:
            self._check_moment(given.get("send_at"))
        return given

    def _check_moment(self, moment: datetime.datetime | None) -> None:
        if moment is None and "send_at" not in self.errors:
            self.add_error("send_at", ValidationError(_("Kies een dag en een tijd.")))
        elif moment and moment <= timezone.now():
            self.add_error("send_at", ValidationError(_("Dit moment is al geweest.")))

    @property
    def moment(self) -> datetime.datetime:
        return self.cleaned_data["send_at"] if self.cleaned_data["when"] == self.LATER else timezone.now()


class SendView(IssueView):
    """One screen, from top to bottom; an issue that is under way shows its run instead."""

    template_name = "newsletter/runs/send.html"
    form_class = SendForm
    header_icon = "mail"
    verb = _("Versturen")
    explanation = ""

    def may(self, permissions):
        return permissions.can_send()

    @property
    def question(self):
        return _("‘%(title)s’ sturen aan wie het nog niet heeft") if self.frozen else _("‘%(title)s’ versturen")

    @cached_property
    def newsletter(self):
        return self.issue.get_parent().specific

    @cached_property
    def frozen(self):
        return getattr(self.issue, "frozen", None)

    @cached_property
    def audience(self) -> audience.Audience:
        return audience.count(self.newsletter, self.frozen)

    def get(self, request, *args, **kwargs):
        run = self.frozen and self.frozen.runs.open().first()
        return redirect("runs:run", run.pk) if run else super().get(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            run = desk.request(
                self.issue,
                self.request.user,
                send_at=form.moment,
                on_doubt=SendRun.OnDoubt(form.cleaned_data["on_doubt"]),
                expected=form.cleaned_data["number"],
            )
        except (SendingRefused, FreezingRefused) as refusal:
            form.add_error("number", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("De verzending staat klaar."))
        return redirect("runs:run", run.pk)

    def form_invalid(self, form):
        # The fields are far down.
        messages.error(self.request, _("Er is nog niets verstuurd. Kijk onder ‘Versturen’ wat er niet klopt."))
        return super().form_invalid(form)

    def findings(self, rendered):
        return rendered.warnings

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        findings = [] if self.frozen else context["findings"]
        is_alone = lacks_second_person(self.newsletter, self.request.user.pk)
        is_ready = bool(self.audience.recipients) and not any(finding.blocks_sending for finding in findings)
        return context | {
            "media": context["form"].media,
            "newsletter": self.newsletter,
            "frozen": self.frozen,
            "findings": findings,
            "audience": self.audience,
            "earlier": self.frozen.runs.all() if self.frozen else [],
            "can_go": is_ready and not is_alone,
            "nobody_to_approve": NobodyToApprove.message if is_alone else "",
            "four_eyes": settings.NEWSLETTER_FOUR_EYES,
            "try_form": TryForm(request=self.request, issue=self.issue, prefix="try"),
        }


class TryView(View):
    """A button that sends a mail to try."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = get_object_or_404(NewsletterPage, pk=pk)
        if not issue.permissions_for_user(request.user).can_send():
            raise PermissionDenied
        form = TryForm(request.POST, request=request, issue=issue, prefix="try")
        if form.is_valid():
            self.send(issue, form)
        else:
            messages.error(request, _("Kies minstens één adres voor de proefmail."))
        return redirect("runs:send", pk)

    def send(self, issue: NewsletterPage, form: TryForm) -> None:
        emails = [person.email for person in form.cleaned_data["people"]]
        try:
            try_out(issue, emails)
        except SendingRefused as refusal:
            messages.error(self.request, str(refusal))
            return
        log(issue, "newsletter.try_out", user=self.request.user, data={"mails": len(emails)})
        number = len(emails)
        done = ngettext("De proefmail is verstuurd.", "Er zijn %(number)d proefmails verstuurd.", number)
        messages.success(self.request, done % {"number": number})
