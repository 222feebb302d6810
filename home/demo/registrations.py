"""The national day that is to come, with people who registered for it: some sessions have places, one has a line."""

import datetime
import itertools
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from agenda.models import Answer, EventPage, EventQuestion, EventSession, ProgrammeRow, Registration
from cms.moments import first_moment

from .markup import to_blocks
from .national import NationalDemo

TEXTS = Path(__file__).parent / "registrations.toml"
THURSDAY = 3
WEEKS_AHEAD = 8
PLACES = 8
"""In each session."""
INTERESTED = (10, 5, 7, 3, 8, 2, 6, 4, 1, 5)
"""How many people choose each session: more than there are places, just as many, or fewer."""
EVERY_SIXTH = 6
ORGANISATIONS = (
    "Voorbeeldschool Noord (verzonnen)",
    "Voorbeeldschool Zuid (verzonnen)",
    "Voorbeeldbedrijf (verzonnen)",
)


class RegistrationDemo:
    """Adds the day, and registrations in the weeks before ``today``; nobody gets a mail."""

    def __init__(self, national: NationalDemo, today: datetime.date):
        self.national = national
        self.today = today
        self.texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        ahead = today + datetime.timedelta(weeks=WEEKS_AHEAD)
        self.day = ahead + datetime.timedelta(days=(THURSDAY - ahead.weekday()) % 7)

    def load(self) -> None:
        event = self._add_event()
        people = itertools.count(1)
        registrations = [
            self._registration(event, session, next(people), place)
            for session, interested in zip(event.sessions.all(), INTERESTED, strict=True)
            for place in range(interested)
        ]
        self._answer(event, Registration.objects.bulk_create(registrations))

    def _add_event(self) -> EventPage:
        texts = self.texts
        shown = ("tagline", "venue", "street", "postcode", "city", "contact_name", "contact_email")
        event = EventPage(
            start=self._moment(texts["start"]),
            end=self._moment(texts["end"]),
            registration_mode=EventPage.RegistrationMode.HERE,
            registration_closes_at=first_moment(self.day - datetime.timedelta(days=2)),
            capacity=PLACES * len(INTERESTED),
            reserve_choice=True,
            body=to_blocks(texts["body"], {}),
            **{name: texts[name] for name in shown},
        )
        event.programme = [self._row(row) for row in texts["row"]]
        event.sessions = [
            EventSession(
                title=session["title"],
                text=f"<p>{session['text']}</p>",
                theme=self.national.themes[session["theme"]],
                hall=f"Zaal {number}",
                capacity=PLACES,
            )
            for number, session in enumerate(self.national.texts["landelijke_dag"]["session"], start=1)
        ]
        names = ("label", "help_text", "kind", "retention_days")
        event.questions = [EventQuestion(**{name: item[name] for name in names}) for item in texts["question"]]
        return self.national.add_event(event, self._card())

    def _card(self) -> dict[str, Any]:
        announced = self.today - datetime.timedelta(weeks=WEEKS_AHEAD)
        day = self.national.texts["landelijke_dag"]
        return {
            "key": "komende-landelijke-dag",
            "title": f"{self.texts['title']} {self.day.year}",
            "date": announced,
            "summary": self.texts["summary"],
            **{name: day[name] for name in ("picture", "themes", "audiences")},
        }

    def _moment(self, time: datetime.time | None) -> datetime.datetime | None:
        """On the day, in Europe/Amsterdam."""
        return time and timezone.make_aware(datetime.datetime.combine(self.day, time))

    def _row(self, row: dict[str, Any]) -> ProgrammeRow:
        return ProgrammeRow(
            start=self._moment(row["start"]),
            end=self._moment(row.get("end")),
            kind=row["kind"],
            title=row["title"],
            text=f"<p>{row['text']}</p>" if "text" in row else "",
        )

    def _registration(self, event: EventPage, session: EventSession, person: int, place: int) -> Registration:
        created_at = first_moment(self.today) - datetime.timedelta(hours=1_000 - 10 * person)
        waits = place >= PLACES
        return Registration(
            event=event,
            session=session,
            name=f"Bezoeker {person}",
            email=f"bezoeker{person}@example.org",
            organisation=ORGANISATIONS[person % len(ORGANISATIONS)],
            state=Registration.State.WAITING if waits else Registration.State.CONFIRMED,
            created_at=created_at,
            waiting_since=created_at if waits else None,
        )

    def _answer(self, event: EventPage, registrations: list[Registration]) -> None:
        Answer.objects.bulk_create(
            Answer(registration=registration, question=question, text=answer)
            for first, (question, item) in enumerate(zip(event.questions.all(), self.texts["question"], strict=True))
            for registration, answer in zip(registrations[first::EVERY_SIXTH], itertools.cycle(item["answers"]))
        )
