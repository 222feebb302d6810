"""Images and videos that an editor puts in running text, as readers get them."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.embeds.finders.base import EmbedFinder
from wagtail.images import get_image_model
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text import EmbedHandler

from .api.errors import is_id
from .renditions import INLINE, find_sources, prefetch_renditions
from .video import UnknownVideo, parse_video_url

# The places in a text that Wagtail's editor offers (``wagtail.images.formats``).
POSITIONS = {"fullwidth", "left", "right"}


class InlineImageHandler(ImageEmbedHandler):
    """Expands an image to a ``<figure>`` with its sizes and its maker; one that is gone leaves nothing."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = {int(attrs["id"]) for attrs in attrs_list if is_id(attrs.get("id", ""))}
        images = get_image_model().objects.prefetch_related(prefetch_renditions("renditions")).in_bulk(ids)
        found = {str(pk): image for pk, image in images.items()}
        return [_image_html(found.get(attrs.get("id")), attrs) for attrs in attrs_list]


class InlineVideoHandler(EmbedHandler):
    """Expands a video to what a front end needs to load it on a click; without scripts it is a link.

    Its title is unknown: asking the host for it would tell the host about us, so the link says where it leads.
    """

    identifier = "media"

    @classmethod
    def expand_db_attributes(cls, attrs):
        try:
            video = parse_video_url(attrs.get("url", ""))
        except UnknownVideo:
            return ""
        return format_html(
            '<figure data-provider="{}" data-id="{}"{}><a href="{}">{}</a></figure>',
            video.provider,
            video.id,
            format_html(' data-hash="{}"', video.hash) if video.hash else "",
            video.url,
            _("Bekijk de video op %(provider)s") % {"provider": video.provider_name},
        )


class VideoFinder(EmbedFinder):
    """Lets the editor embed the videos that we know, without asking their hosts anything."""

    def accept(self, url):
        try:
            parse_video_url(url)
        except UnknownVideo:
            return False
        return True

    def find_embed(self, url, max_width=None, max_height=None):
        provider = parse_video_url(url).provider_name
        return {
            "type": "video",
            "title": _("Video op %(provider)s") % {"provider": provider},
            "provider_name": provider,
            "author_name": "",
            "thumbnail_url": "",
            "width": None,
            "height": None,
            "html": "",
        }


def _image_html(image, attrs: dict) -> str:
    sources = find_sources(image, INLINE) if image else []
    if not sources:
        return ""
    jpeg = next(source for source in sources if source["type"] == "image/jpeg")
    position = attrs.get("format")
    return format_html(
        '<figure class="{}"><img src="{}" srcset="{}" sizes="auto, 100vw" alt="{}" width="{}" height="{}" '
        'loading="lazy">{}</figure>',
        position if position in POSITIONS else "fullwidth",
        jpeg["url"],
        ", ".join(f"{source['url']} {source['width']}w" for source in sources if source is not jpeg),
        attrs.get("alt", ""),
        jpeg["width"],
        jpeg["height"],
        format_html("<figcaption>{}</figcaption>", image.credit) if image.credit else "",
    )
