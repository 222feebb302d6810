"""What the history of an issue says of its being sent."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "newsletter.request_run": (_("Verzending klaarzetten"), _("Verzending klaargezet")),
    "newsletter.approve_run": (_("Akkoord geven"), _("Akkoord gegeven voor verzending")),
    "newsletter.pause_run": (_("Verzending pauzeren"), _("Verzending gepauzeerd")),
    "newsletter.resume_run": (_("Verzending hervatten"), _("Verzending hervat")),
    "newsletter.cancel_run": (_("Verzending annuleren"), _("Verzending geannuleerd")),
    "newsletter.settle_run": (_("Over twijfel beslissen"), _("Beslist over mails in twijfel")),
    "newsletter.try_out": (_("Proefmail sturen"), _("Proefmail gestuurd")),
}


def register_log_actions(actions) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)
