"""What the history of an event says of its registrations: what was done, and of whom nothing."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter

ACTIONS = {
    "agenda.add_registration": (_("Iemand aanmelden"), _("Iemand aangemeld")),
    "agenda.cancel_registration": (_("Iemand afmelden"), _("Iemand afgemeld")),
    "agenda.change_session": (_("Andere sessie geven"), _("Iemand een andere sessie gegeven")),
    "agenda.accept_offer": (_("Plaats aannemen"), _("Een aangeboden plaats aangenomen voor iemand")),
    "agenda.send_message": (_("Bericht sturen"), _("Bericht gestuurd aan wie zich aanmeldde")),
    "agenda.call_off": (_("Afgelasten"), _("Afgelast")),
    "agenda.reinstate": (_("Toch laten doorgaan"), _("Gaat toch door")),
    "agenda.move": (_("Verzetten"), _("Verzet")),
}


class WithNumberOfMails(LogFormatter):
    def format_message(self, log_entry):
        number = log_entry.data.get("mails", 0)
        if not number:
            return self.message
        mails = ngettext("%(number)d mail", "%(number)d mails", number) % {"number": number}
        return f"{self.message} ({mails})"


def register_log_actions(actions) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action)(type("Named", (WithNumberOfMails,), {"label": label, "message": message}))
