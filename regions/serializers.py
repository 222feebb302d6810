"""What the API says of regions and news."""

from rest_framework.fields import Field

from cms.api.serializers import FILE, represent_document
from cms.json_schema import NUMBER, STRING, array, nullable, shape


class RegistrationsField(Field):
    """The registration numbers as a list of ``{number, period}``."""

    schema = array(shape(number=STRING, period=STRING))

    def to_representation(self, stream) -> list[dict]:
        return [dict(block.value) for block in stream]


class ProvincesField(Field):
    """The provinces as a list of names; the one with most of the schools comes first."""

    schema = array(STRING)

    def get_attribute(self, region):
        return [province for province in (region.province, region.second_province) if province]

    def to_representation(self, provinces) -> list[str]:
        return provinces


class PointField(Field):
    """The place of a region on the map as ``{latitude, longitude}`` (WGS 84, degrees), or ``None``."""

    schema = nullable(shape(latitude=NUMBER, longitude=NUMBER))

    def get_attribute(self, region):
        return None if region.latitude is None or region.longitude is None else region

    def to_representation(self, region) -> dict:
        return {"latitude": float(region.latitude), "longitude": float(region.longitude)}


class ContactField(Field):
    """Whom to ask as ``{name, role, email, phone}``; what is unknown is empty."""

    schema = shape(name=STRING, role=STRING, email=STRING, phone=STRING)

    def get_attribute(self, region):
        return region

    def to_representation(self, region) -> dict:
        return {name: getattr(region, f"contact_{name}") for name in ("name", "role", "email", "phone")}


class DownloadsField(Field):
    """The documents of a page as ``{title, url, filename, type, size}``, in their order."""

    schema = array(FILE)

    def to_representation(self, downloads) -> list[dict]:
        return [represent_document(download.document) for download in downloads.select_related("document")]
