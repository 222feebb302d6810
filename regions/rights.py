"""Who may do what: the group and collection of every region, and the group of the national editors.

``provision`` is called whenever a region is saved (``regions.apps``), in the transaction of that save. All
functions here can be called again at any time; what is already there stays as it is.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import Audience, SectionPage, Theme, Webhook, WebhookDelivery
from cms.tree import add_live

from .models import RegionAccess, RegionPage

NATIONAL_GROUP = "Landelijke redactie"
NATIONAL_COLLECTION = "Landelijk"

REGIONAL_PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock")
NATIONAL_PAGE_RIGHTS = (*REGIONAL_PAGE_RIGHTS, "bulk_delete")
FILE_RIGHTS = ("add", "change", "choose")


@transaction.atomic
def provision(region: RegionPage) -> RegionAccess:
    """Give ``region`` its sections, and its editors a group and a collection; follow its name when it changed."""
    access = RegionAccess.objects.select_related("group", "collection").filter(region=region).first()
    if access is None:
        add_sections(region)
        access = RegionAccess.objects.create(
            region=region,
            group=Group.objects.create(name=_free_group_name(region)),
            collection=_add_collection(region.title),
        )
    else:
        _follow_name(access, region)
    _grant_regional(access)
    return access


def add_sections(parent: Page) -> None:
    """Add the sections that ``parent`` (a region or the home page) can have and has not; they are live at once."""
    models = [model for model in parent.creatable_subpage_models() if issubclass(model, SectionPage)]
    for model in sorted(models, key=lambda model: model.section_order):
        if not parent.get_children().type(model).exists():
            add_live(parent, model(title=str(model.section_title), slug=model.section_slug, show_in_menus=True))


@transaction.atomic
def provision_national(home: Page) -> Group:
    """Give the national editors their group and collection, with every editorial right below ``home``."""
    group, _ = Group.objects.get_or_create(name=NATIONAL_GROUP)
    group.permissions.add(
        _permission("wagtailadmin", "access_admin"),
        _permission("cms", "manage_structure"),
        *Permission.objects.filter(content_type__app_label="wagtailredirects"),
        *_model_permissions(Theme, Audience, Webhook, WebhookDelivery),
    )
    _grant_pages(group, home, NATIONAL_PAGE_RIGHTS)
    root = Collection.get_first_root_node()
    _grant_files(group, root, FILE_RIGHTS)
    for right in ("add", "change"):
        permission = _permission("wagtailcore", f"{right}_collection")
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    national_collection()
    return group


def _grant_regional(access: RegionAccess) -> None:
    access.group.permissions.add(_permission("wagtailadmin", "access_admin"))
    _grant_pages(access.group, access.region, REGIONAL_PAGE_RIGHTS)
    _grant_files(access.group, access.collection, FILE_RIGHTS)
    _grant_files(access.group, national_collection(), ("choose",))


def _follow_name(access: RegionAccess, region: RegionPage) -> None:
    if access.collection.name != region.title:
        access.collection.name = region.title
        access.collection.save(update_fields=["name"])
    if access.group.name != f"Redactie {region.title}":
        access.group.name = _free_group_name(region, except_for=access.group)
        access.group.save(update_fields=["name"])


def _free_group_name(region: RegionPage, except_for: Group | None = None) -> str:
    """The name of the region's group; names of groups are unique and at most 150 characters, titles neither."""
    name = f"Redactie {region.title}"[:150]
    taken = Group.objects.filter(name=name)
    if except_for:
        taken = taken.exclude(pk=except_for.pk)
    return f"{name[:130]} ({region.pk})" if taken.exists() else name


def _add_collection(name: str) -> Collection:
    return Collection.get_first_root_node().add_child(instance=Collection(name=name[:255]))


def national_collection() -> Collection:
    """The files that every region may use."""
    existing = Collection.objects.filter(name=NATIONAL_COLLECTION, region_access=None, depth=2).first()
    return existing or _add_collection(NATIONAL_COLLECTION)


def _grant_pages(group: Group, page: Page, rights: tuple[str, ...]) -> None:
    granted = _rights_on([Page], rights)
    # What is there already stays; all of it in one query, because regions are provisioned by the dozen.
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=page.pk, permission=permission) for permission in granted],
        ignore_conflicts=True,
    )


def _grant_files(group: Group, collection: Collection, rights: tuple[str, ...]) -> None:
    granted = _rights_on([get_image_model(), get_document_model()], rights)
    GroupCollectionPermission.objects.bulk_create(
        [GroupCollectionPermission(group=group, collection=collection, permission=one) for one in granted],
        ignore_conflicts=True,
    )


def _rights_on(models: list[type[Model]], rights: tuple[str, ...]) -> QuerySet[Permission]:
    types = ContentType.objects.get_for_models(*models).values()
    codenames = [f"{right}_{model._meta.model_name}" for model in models for right in rights]
    return Permission.objects.filter(content_type__in=types, codename__in=codenames)


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _model_permissions(*models):
    for model in models:
        opts = model._meta
        yield from Permission.objects.filter(
            content_type__app_label=opts.app_label, content_type__model=opts.model_name
        )
