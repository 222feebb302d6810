"""What the API says of events.

Moments are in ISO 8601 with the offset of Europe/Amsterdam at that moment.
"""

from rest_framework.fields import Field

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


class RegistrationField(Field):
    """Whether one can still register: ``{state, url, closes_at}``."""

    schema = shape(
        state=one_of(("none", "open", "closed", "past", "cancelled")), url=STRING, closes_at=nullable(MOMENT)
    )

    def get_attribute(self, event):
        return event

    def to_representation(self, event) -> dict:
        return {
            "state": event.registration_state_at(self.context["view"].now),
            "url": event.registration_url,
            "closes_at": represent_moment(event.registration_closes_at),
        }


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
    """The sessions to choose from as ``{id, number, title, text, theme}``; ``theme`` is a slug or ``None``."""

    schema = array(shape(id=ID, number=INTEGER, title=STRING, text=HTML, theme=nullable(STRING)))

    def to_representation(self, sessions) -> list[dict]:
        return [
            {
                "id": session.pk,
                "number": number,
                "title": session.title,
                "text": clean_html(session.text),
                "theme": session.theme and session.theme.slug,
            }
            for number, session in enumerate(sessions.select_related("theme"), start=1)
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
