"""Buttons of the national editors: each does one thing at once, and tells why when it can't be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages

from cms.login import second_factor
from cms.login.asking_again import PasswordRequired
from cms.national import NationalOnly

from . import access, invitations

REFUSALS = {
    invitations.AlreadyInvited: _("Dit adres is al uitgenodigd voor deze regio. U kunt de uitnodiging opnieuw sturen."),
    invitations.AlreadyEditor: _("Wie dit adres heeft, kan deze regio al bijhouden."),
    invitations.AccountSwitchedOff: _("Het account met dit adres staat uit. Zet het eerst weer aan."),
    invitations.RegionClosed: _("Deze regio is gesloten of opgegaan in een andere."),
    invitations.InvitationUnknown: _("Deze uitnodiging is er niet meer."),
    invitations.InvitationUsed: _("Deze uitnodiging is intussen aangenomen."),
    invitations.InvitationWithdrawn: _("Deze uitnodiging is al ingetrokken."),
    access.OwnAccount: _("Uw eigen toegang en account verandert een collega."),
    access.NoAccess: _("Deze toegang was er al niet meer."),
    access.BeyondEditors: _("Dit account heeft ook rechten van een beheerder; alleen die kan dit eraan veranderen."),
    second_factor.NoSecondFactor: _("Er is geen tweede stap meer om te wissen."),
    access.NoSuccessor: _("Kies iemand anders, met een account dat aanstaat."),
    access.NothingToHandOver: _("Er valt niets meer over te dragen."),
}
"""What editors read of each exception of ``access``, ``invitations`` and ``second_factor``."""
REFUSED = tuple(REFUSALS)


class Deed(NationalOnly, PasswordRequired, View):
    """A button: does something, says so or says why not, and goes back to where it stands."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            messages.success(request, self.do(**kwargs))
        except REFUSED as refusal:
            messages.error(request, REFUSALS[type(refusal)])
        return redirect(self.back(**kwargs))

    def do(self, **kwargs) -> str:
        """Do it; what to tell of it."""
        raise NotImplementedError

    def back(self, **kwargs) -> str:
        """Address of the screen on which the button stands."""
        raise NotImplementedError
