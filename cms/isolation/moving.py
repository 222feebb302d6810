"""Pages that are copied or moved: in another region they would go on referring to the one that they came from."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .boundary import check_references, region_path


def stay(request: HttpRequest, pages: Iterable[Page], parent_id: str | int | None) -> HttpResponse | None:
    """Say what keeps ``pages`` from going below the page with ``parent_id``; ``None`` when nothing does."""
    parent = Page.objects.filter(pk=parent_id).first() if str(parent_id).isdecimal() else None
    if request.method != "POST" or parent is None:
        return None
    for page in pages:
        try:
            _check(page, parent, is_alias="alias" in request.POST)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _check(page: Page, parent: Page, is_alias: bool) -> None:
    origin, destination = region_path(page.path), region_path(parent.path)
    if destination is None or origin == destination:
        return
    if is_alias and origin:
        raise ValidationError(_("Een alias van een pagina van een andere regio kan niet; maak een kopie."))
    for one in page.get_descendants(inclusive=True).specific():
        try:
            check_references(one, parent.path)
        except ValidationError as error:
            words = {"page": one.get_admin_display_title(), "reason": " ".join(error.messages)}
            raise ValidationError(_("‘%(page)s’ kan niet naar die regio. %(reason)s") % words) from error
