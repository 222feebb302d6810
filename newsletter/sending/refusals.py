"""Why something can't be done with a run: one exception for each fact, with a sentence for the editor."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _


class SendingRefused(Exception):
    """``message`` tells the editor why."""

    message = ""

    def __str__(self):
        return str(self.message)


class NobodyToSendTo(SendingRefused):
    message = _("Er is niemand aan wie dit nummer gaat: wie het moet krijgen, heeft het al.")


class NumberChanged(SendingRefused):
    """``number`` is how many recipients there are now."""

    message = _("Dit is niet het aantal ontvangers; dat is nu %(number)s. Kijk de aantallen na en typ het opnieuw.")

    def __init__(self, number: int):
        super().__init__()
        self.number = number

    def __str__(self):
        return self.message % {"number": number_format(self.number, force_grouping=True)}


class AlreadyUnderWay(SendingRefused):
    message = _("Dit nummer wordt al verstuurd of staat daarvoor klaar.")


class NobodyToApprove(SendingRefused):
    message = _(
        "Er is geen collega die akkoord kan geven. Laat de landelijke redactie iemand naast u het recht geven om deze "
        "nieuwsbrief te versturen."
    )


class NotWaitingForApproval(SendingRefused):
    message = _("Deze verzending wacht niet meer op akkoord.")


class SamePerson(SendingRefused):
    message = _("Iemand anders dan wie de verzending klaarzette, moet akkoord geven.")


class NotSending(SendingRefused):
    message = _("Deze verzending loopt niet, dus pauzeren kan niet.")


class NotPaused(SendingRefused):
    message = _("Deze verzending is niet gepauzeerd.")


class AlreadyOver(SendingRefused):
    message = _("Deze verzending is al klaar of geannuleerd.")


class NothingInDoubt(SendingRefused):
    message = _("Over deze verzending is niets meer te beslissen.")


class TryFailed(SendingRefused):
    message = _(
        "De proefmail kon niet worden verstuurd: de mailserver nam hem niet aan. Probeer het nog eens, of meld het bij "
        "de beheerder."
    )
