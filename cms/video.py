"""Videos on other hosts, kept as provider and id so that a front end loads nothing before a visitor clicks."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .json_schema import STRING, nullable, one_of, shape

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_ID = re.compile(r"[\w-]{11}")
VIMEO_ID = re.compile(r"\d{6,12}")
VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}")
PROVIDER_NAMES = {"youtube": "YouTube", "vimeo": "Vimeo"}

VIDEO = shape(provider=one_of(PROVIDER_NAMES), id=STRING, hash=nullable(STRING))


class Video(NamedTuple):
    provider: str
    """``youtube`` or ``vimeo``."""
    id: str
    hash: str | None = None
    """The second half of the address of a video on Vimeo that isn't listed; it doesn't play without."""

    @property
    def provider_name(self) -> str:
        return PROVIDER_NAMES[self.provider]

    @property
    def url(self) -> str:
        """The page of the video at its host."""
        if self.provider == "youtube":
            return f"https://www.youtube.com/watch?v={self.id}"
        return "/".join(filter(None, ("https://vimeo.com", self.id, self.hash)))


class UnknownVideo(ValueError):
    """The address is not that of a video on a host we know."""


def parse_video_url(url: str) -> Video:
    """Recognise the address of a YouTube or Vimeo video, as copied from a browser or a share button.

    Raises ``UnknownVideo`` for any other address.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.hostname == "youtu.be" and segments:
        return _video("youtube", segments[0], YOUTUBE_ID)
    if parts.hostname in YOUTUBE_HOSTS:
        if segments[:1] == ["watch"]:
            return _video("youtube", parse_qs(parts.query).get("v", [""])[0], YOUTUBE_ID)
        if len(segments) == 2 and segments[0] in ("embed", "shorts", "live"):
            return _video("youtube", segments[1], YOUTUBE_ID)
    if parts.hostname in VIMEO_HOSTS and segments:
        named = segments[1:] if segments[0] == "video" else segments
        given_hash = "".join(named[1:2]) or parse_qs(parts.query).get("h", [""])[0]
        video = _video("vimeo", "".join(named[:1]), VIMEO_ID)
        return video._replace(hash=given_hash) if VIMEO_HASH.fullmatch(given_hash) else video
    raise UnknownVideo(url)


def _video(provider: str, video_id: str, pattern: re.Pattern[str]) -> Video:
    if not pattern.fullmatch(video_id):
        raise UnknownVideo(video_id)
    return Video(provider, video_id)


def represent_video(url: str | None) -> dict | None:
    """``{provider, id, hash}``, or ``None`` for an address that is empty or got in unchecked."""
    try:
        return parse_video_url(url or "")._asdict()
    except UnknownVideo:
        return None


def validate_video_url(url: str) -> None:
    """Form validator around ``parse_video_url``, with a Dutch message."""
    try:
        parse_video_url(url)
    except UnknownVideo:
        raise ValidationError(
            _("Dit adres herkennen we niet als video. Plak het adres van een video op YouTube of Vimeo."),
            code="unknown_video",
        ) from None
