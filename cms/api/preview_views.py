"""The doors for front ends that show editors what isn't published yet."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.userbar import Userbar

from cms.json_schema import reference
from cms.models import Preview

from .contract import Parameter, contract
from .doors import NOT_CACHEABLE, door

TOKEN = Parameter("token", "What the CMS gave along when it led an editor to the front end.", required=True)
NOT_PUBLIC = {"Cache-Control": NOT_CACHEABLE, "X-Robots-Tag": "noindex, nofollow"}


@contract("previews", {"anyOf": [reference("Page"), reference("Site"), reference("Body")]}, [TOKEN], not_found=True)
@door
def preview(request: HttpRequest) -> HttpResponse:
    """What an editor is writing, as it would be once it is published.

    A page as `pages/` gives it (without `id` when it was never saved), the settings of the site as `site/` does, or a
    body with one block in it. A token works for an hour, as long as the page and the account of the editor exist.
    """
    found = Preview.objects.valid().by_token(request.GET.get("token", "")).first()
    if found is None:
        raise Http404
    return HttpResponse(found.content, "application/json", headers=NOT_PUBLIC)


@contract("previews", media_type="text/html")
@door
def userbar(request: HttpRequest) -> HttpResponse:
    """What to put at the end of the body of a preview, as it is.

    With it Wagtail checks the page in its editor and keeps the place that one has scrolled to. It loads a script from
    the CMS; it is for previews only.
    """
    # The addresses in it are those by which browsers know the CMS; the front end may know it by another.
    request.META["HTTP_HOST"] = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    request.user = AnonymousUser()
    request.in_preview_panel = True
    return HttpResponse(Userbar().render_html({"request": request}), headers=NOT_PUBLIC)
