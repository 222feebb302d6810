"""What somebody may see in the admin: what is national, and what is of the regions in which she works."""

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from cms.models.pages import MANAGE_STRUCTURE
from cms.region import REGION_DEPTH, region_model


def sees_all(user) -> bool:
    return user.has_perm(MANAGE_STRUCTURE)


def visible_pages(user, pages: QuerySet | None = None) -> QuerySet:
    """Those of ``pages``, or of all, that ``user`` may see; two queries besides their own."""
    pages = Page.objects.all() if pages is None else pages
    if sees_all(user):
        return pages
    visible = ~Q(depth__gte=REGION_DEPTH, path__startswith=_path_above_regions())
    for path in GroupPagePermission.objects.filter(group__user=user).values_list("page__path", flat=True).distinct():
        visible |= Q(path__startswith=path)
    return pages.filter(visible)


def visible_objects(user, model: type[Model]) -> QuerySet:
    """Those of ``model``: pages and files by where they are; all else only for who sees all."""
    if sees_all(user):
        return model._default_manager.all()
    if issubclass(model, Page):
        return visible_pages(user, model.objects.all())
    if model in (get_image_model(), get_document_model()):
        policy = policy_registry.get_by_type(model)
        return policy.instances_user_has_any_permission_for(user, ["add", "change", "delete", "choose"])
    return model._default_manager.none()


def _path_above_regions() -> str:
    """Of the page under which all regions lie; nothing begins with it while there are none."""
    path = region_model().objects.values_list("path", flat=True).first()
    return path[: -Page.steplen] if path else "-"


def colleagues(request: HttpRequest) -> QuerySet:
    """Whom the user of ``request`` may find in a list of people."""
    people = get_user_model().objects.all()
    if sees_all(request.user):
        return people
    return people.filter(groups__in=request.user.groups.all()).distinct()
