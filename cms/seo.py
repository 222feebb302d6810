"""What search engines and social media are told of a page."""

from django.conf import settings
from rest_framework.fields import Field

from .above import PagesAbove
from .addresses import address_of, on_site
from .json_schema import ADDRESS, INTEGER, STRING, array, literal, nullable, shape
from .moments import represent_moment
from .region import region_of
from .renditions import represent_social_image

SCHEMA = "https://schema.org"


class SeoField(Field):
    """A page as ``{title, description, canonical, image, json_ld}``.

    ``image`` is ``{url, width, height}`` or ``None``; ``json_ld`` is a list of schema.org objects: the way to the
    page, and what goes for its type. All addresses are absolute. Nothing is escaped for HTML.
    """

    schema = shape(
        title=STRING,
        description=STRING,
        canonical=ADDRESS,
        image=nullable(shape(url=ADDRESS, width=INTEGER, height=INTEGER)),
        json_ld=array({**shape(**{"@context": literal(SCHEMA), "@type": STRING}), "additionalProperties": True}),
    )

    def get_attribute(self, page):
        return page

    def to_representation(self, page) -> dict:
        seo = {
            "title": page.seo_title or page.title,
            "description": page.description,
            "canonical": address_of(self._original(page), self.context["request"]),
            "image": represent_social_image(page.image) if page.image else None,
        }
        return {**seo, "json_ld": [self._breadcrumb(page), *_own_part(page, seo)]}

    def _original(self, page):
        """The page itself, or the public one that it is an alias of."""
        original = page.alias_of_id and self.context["base_queryset"].filter(pk=page.alias_of_id).first()
        return original or page

    def _breadcrumb(self, page) -> dict:
        request = self.context["request"]
        # Views of Wagtail itself keep nothing of the kind.
        above = getattr(self.context["view"], "above", None) or PagesAbove(self.context["base_queryset"])
        steps = [
            {"@type": "ListItem", "position": position, "name": step.title, "item": address_of(step, request)}
            for position, step in enumerate([*above.of(page), page], start=1)
        ]
        return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": steps}


def represent_article(page) -> dict:
    """What ``json_ld()`` of news and stories gives."""
    return {
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.date and page.date.isoformat(),
        "dateModified": represent_moment(page.last_published_at),
        "author": represent_organisation(page),
        "publisher": represent_organisation(page),
    }


def represent_organisation(page) -> dict:
    """Who is behind ``page``: its region, or the national programme."""
    region = region_of(page)
    name = region.title if region else settings.WAGTAIL_SITE_NAME
    return {"@type": "Organization", "name": name, "url": address_of(region) if region else on_site("/")}


def _own_part(page, seo: dict) -> list[dict]:
    """What the type of ``page`` says of it, with what goes for all types; what is empty is left out."""
    own = page.json_ld()
    if own is None:
        return []
    shared = {
        "url": seo["canonical"],
        "description": seo["description"],
        "image": [seo["image"]["url"]] if seo["image"] else None,
        "inLanguage": settings.LANGUAGE_CODE,
    }
    return [{"@context": SCHEMA, **{name: value for name, value in (own | shared).items() if value}}]
