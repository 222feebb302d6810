"""Correcting an issue in the admin, and what its editor should know before that or before sending it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .freezing import FreezingRefused, correct
from .links import links_elsewhere, unasked
from .models import Correction, NewsletterPage
from .rendering import render
from .tasks import ask_links


class CorrectButton(PageMenuItem):
    label = _("Verbetering op de site zetten")
    icon_name = "edit"
    url_name = "correct_issue"
    priority = 5

    def is_shown(self, user):
        return self.page.permissions_for_user(user).can_correct()


class IssueMenuItem(ActionMenuItem):
    """The same at the foot of the form, where one publishes."""

    def __init__(self, button: type[PageMenuItem], **kwargs):
        super().__init__(**kwargs)
        self.button = button
        self.name, self.label, self.icon_name = button.url_name, button.label, button.icon_name

    def is_shown(self, context):
        page = context.get("page")
        is_issue = context["view"] == "edit" and isinstance(page, NewsletterPage)
        return is_issue and self.button(page=page).is_shown(context["request"].user)

    def get_url(self, context):
        return reverse(self.button.url_name, args=[context["page"].pk])


class IssueView(WagtailAdminTemplateMixin, FormView):
    """Shows what there is to know of the latest draft of an issue, and asks."""

    template_name = "newsletter/issue_form.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.issue = get_object_or_404(NewsletterPage, pk=kwargs["pk"])
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[self.issue.pk])

    def dispatch(self, request, *args, **kwargs):
        if not self.may(self.issue.permissions_for_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            self.carry_out(form)
        except FreezingRefused as refusal:
            messages.error(self.request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, self.done % {"title": self.issue.title})
        return redirect(self.edit_url)

    def get_page_title(self):
        return self.question % {"title": self.issue.get_admin_display_title()}

    def get_breadcrumbs_items(self):
        newsletter = self.issue.get_parent()
        trail = [
            {"url": reverse("wagtailadmin_explore", args=[newsletter.pk]), "label": newsletter.title},
            {"url": self.edit_url, "label": self.issue.get_admin_display_title()},
        ]
        return [*super().get_breadcrumbs_items(), *trail, {"url": "", "label": self.verb}]

    def get_context_data(self, **kwargs):
        rendered = render(self.issue.get_latest_revision_as_object())
        elsewhere = links_elsewhere(rendered.links)
        return super().get_context_data(**kwargs) | {
            "issue": self.issue,
            "findings": self.findings(rendered),
            "elsewhere": elsewhere,
            "unasked": len(unasked(elsewhere)),
            "explanation": self.explanation,
            "next_url": self.edit_url,
            "submit_button_label": self.verb,
        }


class CorrectForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["note"]
        widgets = {"note": AdminAutoHeightTextInput}


class CorrectView(IssueView):
    form_class = CorrectForm
    header_icon = "edit"
    question = _("Verbetering van ‘%(title)s’ op de site zetten?")
    explanation = _(
        "Uw laatste concept komt op de site in plaats van wat er staat. De mail die verstuurd is, blijft zoals die was."
    )
    verb = _("Op de site zetten")
    done = _("De verbetering van ‘%(title)s’ staat op de site.")

    def may(self, permissions):
        return permissions.can_correct()

    def findings(self, rendered):
        return rendered.warnings_of_site

    def carry_out(self, form):
        correct(self.issue, self.request.user, form.cleaned_data["note"])


class AskLinksView(View):
    """A button that has the worker ask the addresses elsewhere."""

    http_method_names = ["post"]

    def post(self, request, pk):
        issue = get_object_or_404(NewsletterPage, pk=pk)
        if not issue.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        ask_links.enqueue(issue.pk)
        messages.success(request, _("De adressen elders worden nagekeken. Ververs deze pagina over een halve minuut."))
        return redirect("correct_issue" if issue.frozen_at else "runs:send", pk)
