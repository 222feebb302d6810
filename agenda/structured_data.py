"""Events in the words of https://schema.org/Event."""

from cms.addresses import address_of
from cms.moments import represent_moment
from cms.seo import SCHEMA, represent_organisation


def represent_event(event) -> dict:
    return {
        "@type": "Event",
        "name": event.title,
        "startDate": represent_moment(event.start),
        "endDate": represent_moment(event.end),
        "eventStatus": f"{SCHEMA}/EventCancelled" if event.cancelled else f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(event)}EventAttendanceMode",
        "location": _locations(event),
        "organizer": represent_organisation(event),
    }


def _attendance(event) -> str:
    if event.online:
        return "Mixed" if _has_place(event) else "Online"
    return "Offline"


def _has_place(event) -> bool:
    return bool(event.venue or event.street or event.city)


def _locations(event) -> list[dict]:
    locations = []
    if _has_place(event):
        address = {
            "streetAddress": event.street,
            "postalCode": event.postcode,
            "addressLocality": event.city,
            "addressCountry": "NL",
        }
        address = {name: value for name, value in address.items() if value}
        place = {"@type": "Place", "name": event.venue or event.city or event.street}
        locations.append({**place, "address": {"@type": "PostalAddress", **address}})
    if event.online:
        locations.append({"@type": "VirtualLocation", "url": event.registration_url or address_of(event)})
    return locations
