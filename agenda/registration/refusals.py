"""Why something can't be done with a registration: one exception for each fact, with a sentence for who asked."""

from django.utils.translation import gettext_lazy as _


class RegistrationRefused(Exception):
    """``code`` is for programs, ``message`` for people."""

    code = ""
    message = ""

    def __str__(self):
        return str(self.message)


class NotHere(RegistrationRefused):
    code = "not_here"
    message = _("Voor deze bijeenkomst kunt u zich hier niet aanmelden.")


class NotYetOpen(RegistrationRefused):
    code = "not_yet"
    message = _("Aanmelden kan nog niet.")


class RegistrationClosed(RegistrationRefused):
    code = "closed"
    message = _("Aanmelden is niet meer mogelijk.")


class EventCancelled(RegistrationRefused):
    code = "cancelled"
    message = _("Deze bijeenkomst gaat niet door.")


class EventPast(RegistrationRefused):
    code = "past"
    message = _("Deze bijeenkomst is geweest.")


class EventFull(RegistrationRefused):
    code = "full"
    message = _("Alle plaatsen zijn bezet.")


class SessionFull(RegistrationRefused):
    code = "session_full"
    message = _("Deze sessie is vol. Kies een andere.")


class SessionUnknown(RegistrationRefused):
    code = "session_unknown"
    message = _("Kies een van de sessies.")


class AlreadyRegistered(RegistrationRefused):
    """Only told to organisers: a visitor isn't told whether an address is known."""

    code = "already_registered"
    message = _("Met dit e-mailadres is al iemand aangemeld.")


class NotRegistered(RegistrationRefused):
    code = "not_registered"
    message = _("Deze aanmelding geldt niet meer.")


class OfferPending(RegistrationRefused):
    code = "offer_pending"
    message = _("Neem eerst de aangeboden plaats aan; daarna kunt u een andere sessie kiezen.")


class NothingOffered(RegistrationRefused):
    code = "nothing_offered"
    message = _("Er wordt u op dit moment geen plaats aangeboden.")


class OfferExpired(RegistrationRefused):
    code = "offer_expired"
    message = _("Dit aanbod is verlopen; de plaats gaat naar de volgende op de wachtlijst.")


class Busy(RegistrationRefused):
    """Others held the event for too long; asking again helps."""

    code = "busy"
    message = _("Het is op dit moment erg druk. Probeer het over een minuut opnieuw.")


REFUSALS_BY_STATE = {
    "not_yet": NotYetOpen,
    "closed": RegistrationClosed,
    "cancelled": EventCancelled,
    "past": EventPast,
    "full": EventFull,
}
