"""What the API says of events.

Moments are in ISO 8601 with the offset of Europe/Amsterdam at that moment.
"""

import datetime

from rest_framework.fields import Field

from agenda.registration.status import Status, coarse, session_state, status_of
from cms.addresses import address_of
from cms.json_schema import BOOLEAN, HTML, ID, INTEGER, MOMENT, STRING, array, extended, nullable, one_of, shape
from cms.moments import represent_moment
from cms.richtext import clean_html
from cms.video import VIDEO, represent_video

RECORDING = extended(VIDEO, title=STRING)


class PlaceField(Field):
    """Where an event is: ``{online, venue, street, postcode, city}``; what is unknown is empty."""

    schema = shape(online=BOOLEAN, venue=STRING, street=STRING, postcode=STRING, city=STRING)

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> dict:
        return {name: getattr(event, name) for name in ("online", "venue", "street", "postcode", "city")}


class AllDayField(Field):
    """Whether it lasts whole days in Europe/Amsterdam; its times then say nothing."""

    schema = BOOLEAN

    def to_representation(self, all_day: bool) -> bool:
        return all_day


class ContactField(Field):
    """Who answers questions about the event: ``{name, email}``; what is unknown is empty."""

    schema = shape(name=STRING, email=STRING)

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> dict:
        return {"name": event.contact_name, "email": event.contact_email}


STATES = ("none", "not_yet", "open", "waiting_list", "full", "closed", "past", "cancelled")
PLACES_LEFT = nullable(
    {
        **shape(count=INTEGER, exact=BOOLEAN),
        "description": "The number of places; when it isn't `exact`, there are more. `null` when there is no limit.",
    }
)


class RegistrationField(Field):
    """Whether one can register: ``{mode, state, reason, url, opens_at, closes_at, places_left}``.

    ``url`` is where one registers: elsewhere, or on our own site. A copy of an event shows that of the event itself.
    """

    schema = shape(
        mode=one_of(("none", "elsewhere", "here")),
        state=one_of(STATES),
        reason=STRING,
        url=STRING,
        opens_at=nullable(MOMENT),
        closes_at=nullable(MOMENT),
        places_left=PLACES_LEFT,
    )

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> dict:
        original = event.original
        shown = represent_registration(original, status_at(original, self.context["view"].now))
        if original is not event and shown["mode"] == "here":
            shown |= {"mode": "elsewhere", "url": address_of(original) or ""}
        return shown


def represent_registration(event, status: Status) -> dict:
    return {
        "mode": event.registration_mode,
        "state": status.state,
        "reason": status.reason,
        "url": address_to_register_at(event),
        "opens_at": represent_moment(event.registration_opens_at),
        "closes_at": represent_moment(event.registration_closes_at),
        "places_left": coarse(status.places.left_to_choose) if status.places else None,
    }


def represent_session_places(event, status: Status, session) -> dict:
    """``{state, places_left}`` of one session."""
    return {
        "state": session_state(status, event, session.pk),
        "places_left": coarse(status.places.left_for(session.pk)) if status.places else None,
    }


def address_to_register_at(event) -> str:
    """That of our form, or of another site; one that was filled in for a mode before doesn't count."""
    if event.registers_here:
        return f"{address_of(event) or ''}aanmelden/"
    return event.registration_url if event.registration_mode == event.RegistrationMode.ELSEWHERE else ""


def status_at(event, moment: datetime.datetime) -> Status:
    """The status for this representation of ``event``, of which several fields show something."""
    kept = getattr(event, "_status", None)
    if kept is None or kept[0] != moment:
        kept = event._status = (moment, status_of(event, moment))
    return kept[1]


class ProgrammeField(Field):
    """The rows as ``{start, end, kind, title, text, speakers}``; ``end`` is ``None`` when it is open."""

    schema = array(
        shape(
            start=nullable(MOMENT),
            end=nullable(MOMENT),
            kind=STRING,
            title=STRING,
            text=HTML,
            speakers=array(shape(name=STRING, role=STRING)),
        )
    )

    def to_representation(self, rows) -> list[dict]:
        return [
            {
                "start": represent_moment(row.start),
                "end": represent_moment(row.end),
                "kind": row.kind,
                "title": row.title,
                "text": clean_html(row.text),
                "speakers": [dict(block.value) for block in row.speakers],
            }
            for row in rows.all()
        ]


class SessionsField(Field):
    """The sessions to choose from as ``{id, number, title, text, theme, hall, state, places_left}``.

    ``theme`` is a slug or ``None``; ``state`` and ``places_left`` are as in ``RegistrationField``.
    """

    schema = array(
        shape(
            id=ID,
            number=INTEGER,
            title=STRING,
            text=HTML,
            theme=nullable(STRING),
            hall=STRING,
            state=one_of(STATES),
            places_left=PLACES_LEFT,
        )
    )

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> list[dict]:
        status = status_at(event.original, self.context["view"].now)
        return [
            {
                "id": session.pk,
                "number": number,
                "title": session.title,
                "text": clean_html(session.text),
                "theme": session.theme and session.theme.slug,
                "hall": session.hall,
                **represent_session_places(event, status, session),
            }
            for number, session in enumerate(event.original.sessions.select_related("theme"), start=1)
        ]


class RecordingField(Field):
    """The recording as ``{provider, id, hash, title}``, or ``None``."""

    schema = nullable(RECORDING)

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> dict | None:
        return represent_recording(event)


def represent_recording(event) -> dict | None:
    video = represent_video(event.recording_url)
    return video and {**video, "title": event.recording_title or event.title}
