"""Paths on the national site: what is there now, and where an old path leads."""

from typing import NamedTuple

from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat, Substr
from django.http import Http404
from wagtail.contrib.redirects.models import Redirect

from cms.models import PageDocument
from cms.region import PATH_LENGTH, closed_regions

# No page lies deeper; what does is asked in order to keep us busy.
DEEPEST = 20
PAGE_PATH = F("redirect_page__basepage__document__html_path")


class Destination(NamedTuple):
    path: str
    """A path on the site, or an address elsewhere."""
    is_permanent: bool


def site_path(path: str) -> str:
    """``path`` the way documents spell it: without query, one slash between parts and at both ends."""
    parts = path.partition("?")[0].partition("#")[0].split("/")
    return "".join(f"/{part}" for part in parts if part) + "/"


def pages_at(path: str) -> QuerySet[PageDocument]:
    """The page at ``path``; for a path in capitals also that in lower case."""
    return PageDocument.objects.filter(html_path__in={path, path.lower()})


def destination(path: str) -> Destination:
    """Where ``path`` (spelled as ``site_path`` does) leads: by a redirect of its own, or of what it lies below.

    What belonged to a region that is closed leads to the front page of that region, which may open again.
    Raises ``Http404`` when it leads nowhere public.
    """
    if path.count("/") > DEEPEST:
        raise Http404
    above = _above(path)
    found = {redirect.old_path: redirect for redirect in _redirects(above)}
    for old_path, rest in above.items():
        redirect = found.get(old_path)
        target = redirect and _target(redirect, rest)
        if target:
            return Destination(target, redirect.is_permanent)
    closed = [redirect.closed for redirect in found.values()] + [
        *_fronts_of_closed(html_path__in=map(site_path, above))
    ]
    for front in filter(None, closed):
        return Destination(front, is_permanent=False)
    raise Http404


def _redirects(above: dict[str, str]) -> QuerySet[Redirect]:
    """Those from the paths ``above``, with the path of the page that each leads to, and what is public below that."""
    rest = Case(*(When(old_path=old_path, then=Value(rest)) for old_path, rest in above.items()))
    below = PageDocument.objects.filter(html_path=Concat(OuterRef("page"), OuterRef("rest")))
    region = Substr(OuterRef("redirect_page__path"), 1, PATH_LENGTH)
    redirects = Redirect.objects.filter(old_path__in=above).annotate(page=PAGE_PATH, rest=rest)
    return redirects.annotate(below=below.values("html_path")[:1], closed=_fronts_of_closed(path=region)[:1])


def _fronts_of_closed(**which) -> QuerySet:
    """The paths of the front pages of closed regions."""
    return PageDocument.objects.filter(page__in=closed_regions().order_by().values("pk"), **which).values_list(
        "html_path", flat=True
    )


def _above(path: str) -> dict[str, str]:
    """``path`` and all above it as redirects spell them, longest first, each with the rest that lies below."""
    parts = path.strip("/").split("/")
    return {
        Redirect.normalise_path("/" + "/".join(parts[:end])): "".join(f"{part}/" for part in parts[end:])
        for end in range(len(parts), 0, -1)
    }


def _target(redirect: Redirect, rest: str) -> str | None:
    """Where ``redirect`` leads, or what is ``rest`` below it; a page that isn't public has no path."""
    if rest:
        return redirect.below
    if redirect.page is None:
        return redirect.redirect_link
    return redirect.page.removesuffix("/") + (redirect.redirect_page_route_path or "/")
