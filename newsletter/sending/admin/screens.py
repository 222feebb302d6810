"""The addresses of the screens about sending, and their place in the menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from newsletter.subscribing.admin.screens import SubscribersMenuItem

from .recipients import RecipientsView
from .runs import ApproveView, CancelView, MailView, PauseView, ResumeView, RunsView, RunView, SettleView
from .sending import SendView, TryView


class RunsViewSet(ViewSet):
    name = "runs"
    url_prefix = "verzendingen"
    icon = "mail"
    menu_label = _("Verzendingen")
    menu_order = 127
    menu_item_class = SubscribersMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        run = "<int:run_pk>/"
        return [
            path("", RunsView.as_view(), name="index"),
            path("lijst/", RunsView.as_view(results_only=True), name="index_results"),
            path("nummer/<int:pk>/", SendView.as_view(), name="send"),
            path("nummer/<int:pk>/proef/", TryView.as_view(), name="try"),
            path(run, RunView.as_view(), name="run"),
            path(f"{run}stand/", RunView.as_view(results_only=True), name="numbers"),
            path(f"{run}mail/", MailView.as_view(), name="mail"),
            path(f"{run}mails/", RecipientsView.as_view(), name="recipients"),
            path(f"{run}mails/lijst/", RecipientsView.as_view(results_only=True), name="recipients_results"),
            path(f"{run}akkoord/", ApproveView.as_view(), name="approve"),
            path(f"{run}pauze/", PauseView.as_view(), name="pause"),
            path(f"{run}verder/", ResumeView.as_view(), name="resume"),
            path(f"{run}annuleren/", CancelView.as_view(), name="cancel"),
            path(f"{run}twijfel/", SettleView.as_view(), name="settle"),
        ]
