"""What the desk refuses, as what the API answers; and newsletters as it shows them."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.http import Http404

from cms.api.errors import Refused
from cms.json_schema import ID, STRING, nullable, shape
from cms.region import region_of
from newsletter.models import NewsletterIndexPage, Subscriber

from . import refusals, tokens

NAMED = shape(id=ID, title=STRING)
NEWSLETTER = shape(id=ID, title=STRING, html_path=STRING, description=STRING, region=nullable(NAMED))


@contextmanager
def answered() -> Iterator[None]:
    """Turn what is raised within into ``Refused`` or ``Http404``."""
    try:
        yield
    except (tokens.WrongToken, refusals.NothingAsked, Subscriber.DoesNotExist) as error:
        raise Http404 from error
    except refusals.SubscribingRefused as refusal:
        raise Refused(HTTPStatus.CONFLICT, str(refusal), code=refusal.code) from refusal


def represent_named(page: Any) -> dict[str, Any]:
    return {"id": page.pk, "title": page.title}


def represent_newsletter(newsletter: NewsletterIndexPage) -> dict[str, Any]:
    """``html_path`` is empty when it isn't online."""
    region = region_of(newsletter)
    return {
        **represent_named(newsletter),
        "html_path": path_of(newsletter),
        "description": newsletter.description,
        "region": region and represent_named(region),
    }


def path_of(newsletter: NewsletterIndexPage) -> str:
    document = getattr(newsletter, "document", None)
    return document.html_path if document else ""
