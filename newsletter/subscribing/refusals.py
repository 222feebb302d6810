"""Why something can't be done with a subscription: one exception for each fact, with a sentence for who asked."""

from django.utils.translation import gettext_lazy as _


class SubscribingRefused(Exception):
    """``code`` is for programs, ``message`` for people."""

    code = ""
    message = ""

    def __str__(self):
        return str(self.message)


class NothingAsked(SubscribingRefused):
    """The link in a mail has nothing to confirm."""

    code = "nothing_asked"
    message = _("Deze link werkt niet meer. Vraag de nieuwsbrief opnieuw aan.")


class AddressBlocked(SubscribingRefused):
    code = "blocked"
    message = _("Naar dit adres sturen we geen mail meer, omdat daarom is gevraagd. Wilt u dat weer wel? Mail ons dan.")
