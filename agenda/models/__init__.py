from .pages import AgendaIndexPage, EventPage
from .programme import EventQuestion, EventSession, ProgrammeRow
from .registrations import Answer, OutgoingMail, Registration

__all__ = [
    "AgendaIndexPage",
    "Answer",
    "EventPage",
    "EventQuestion",
    "EventSession",
    "OutgoingMail",
    "ProgrammeRow",
    "Registration",
]
