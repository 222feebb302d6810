"""What comes with a region, and who may do what."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models.signals import m2m_changed
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from regions.models import RegionAccess, RegionIndexPage, RegionPage
from regions.rights import NATIONAL_COLLECTION, provision
from tests.factories import make_news, make_region, make_user


def page_rights(group):
    return {
        (permission.page_id, permission.permission.codename)
        for permission in group.page_permissions.select_related("permission")
    }


def file_rights(group):
    return {
        (permission.collection.name, permission.permission.codename)
        for permission in group.collection_permissions.select_related("collection", "permission")
    }


def test_new_region_comes_with_sections_group_and_collection(db):
    region = make_region("Midden")

    assert list(region.get_children().values_list("slug", "live")) == [
        ("nieuws", True),
        ("agenda", True),
        ("inspiratie", True),
    ]
    group = region.access.group
    assert group.name == "Redactie Midden"
    assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]
    assert page_rights(group) == {
        (region.pk, f"{right}_page") for right in ("add", "change", "publish", "lock", "unlock")
    }
    own = {("Midden", f"{right}_{kind}") for right in ("add", "change", "choose") for kind in ("image", "document")}
    national = {(NATIONAL_COLLECTION, "choose_image"), (NATIONAL_COLLECTION, "choose_document")}
    assert file_rights(group) == own | national


def test_region_that_fails_leaves_nothing(db):
    before = (Page.objects.count(), Group.objects.count(), Collection.objects.count())

    with pytest.raises(ValidationError):
        make_region("Scheef", slug="scheef", latitude="53.0")

    assert (Page.objects.count(), Group.objects.count(), Collection.objects.count()) == before


def test_page_group_and_collection_stand_or_fall_together(db):
    """A failure once all of them are there takes the region page with it."""
    before = (Page.objects.count(), Group.objects.count(), Collection.objects.count())

    def fail(**kwargs):
        raise OSError("disk full")

    m2m_changed.connect(fail, sender=Group.permissions.through)
    try:
        with pytest.raises(OSError, match="disk full"):
            make_region("Midden")
    finally:
        m2m_changed.disconnect(fail, sender=Group.permissions.through)

    assert (Page.objects.count(), Group.objects.count(), Collection.objects.count()) == before


def test_rename_is_followed(noord):
    noord.title = "Hoog Noord"
    noord.save_revision().publish()

    access = RegionAccess.objects.get(region=noord)
    assert access.group.name == "Redactie Hoog Noord"
    assert access.collection.name == "Hoog Noord"


def test_doing_it_twice_changes_nothing(noord):
    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Page, Group, Collection, GroupPagePermission, GroupCollectionPermission, RegionAccess)
        ]

    before = everything()
    provision(noord)

    assert everything() == before


def test_regions_of_the_same_name_get_groups_of_their_own(noord):
    second = make_region("Noord", slug="ook-noord")

    assert second.access.group != noord.access.group
    assert second.access.group.name == f"Redactie Noord ({second.pk})"
    assert make_region("Noord", slug="nog-een-noord").access.group != second.access.group


def test_copy_of_a_region_gets_rights_of_its_own(noord):
    copy = noord.copy(update_attrs={"slug": "kopie", "title": "Kopie"})

    assert copy.access.group.name == "Redactie Kopie"
    assert page_rights(noord.access.group) & page_rights(copy.access.group) == set()


def test_deleting_a_region_takes_its_group_along_and_keeps_its_files(zuid):
    group, collection = zuid.access.group, zuid.access.collection
    zuid.delete()

    assert not Group.objects.filter(pk=group.pk).exists()
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_regions_live_at_one_depth(home):
    assert RegionIndexPage.allowed_parent_page_models() == [type(home)]
    assert RegionPage.allowed_parent_page_models() == [RegionIndexPage]
    assert not RegionIndexPage.can_create_at(home)


@pytest.mark.parametrize("name", ["wagtailadmin_pages:edit", "wagtailadmin_pages:unpublish", "wagtailadmin_pages:move"])
def test_editor_gets_nowhere_in_another_region(noord_client, zuid, name):
    page = make_news(zuid)

    for url in (reverse(name, args=[page.pk]), reverse("wagtailadmin_pages:delete", args=[page.pk])):
        assert noord_client.get(url).status_code == 302
        assert noord_client.post(url, {"title": "Gekaapt", "action-publish": "1"}).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.title != "Gekaapt"


def test_editor_adds_nothing_in_another_region(noord_client, zuid):
    section = zuid.get_children().get(slug="nieuws")
    url = reverse("wagtailadmin_pages:add", args=["regions", "newspage", section.pk])

    assert noord_client.get(url).status_code == 302
    assert noord_client.post(url, {"title": "Gekaapt", "slug": "gekaapt"}).status_code == 302
    assert not section.get_children().exists()


def test_editor_cannot_move_an_item_to_another_region(noord_client, noord, zuid):
    page = make_news(noord)
    target = zuid.get_children().get(slug="nieuws")

    noord_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))

    page.refresh_from_db()
    assert page.get_parent().get_parent().pk == noord.pk


@pytest.mark.parametrize("slug", ["noord", "nieuws"])
@pytest.mark.parametrize("name", ["delete", "unpublish", "copy", "move"])
def test_structure_of_a_region_is_not_its_editors_to_take_away(noord_client, noord, slug, name):
    page = noord if slug == "noord" else noord.get_children().get(slug=slug)

    noord_client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))

    assert Page.objects.get(pk=page.pk).live
    assert Page.objects.filter(slug__startswith=slug).count() == (1 if slug == "noord" else 3)


def test_national_editor_may_take_the_structure_apart(national_client, zuid):
    national_client.post(reverse("wagtailadmin_pages:unpublish", args=[zuid.pk]), {"include_descendants": "on"})

    assert not Page.objects.get(pk=zuid.pk).live


def test_person_without_group_does_not_enter_the_admin(client, db):
    client.force_login(make_user("niemand@example.org"))

    assert client.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_structure_is_safe_from_bulk_actions(noord_client, noord, action):
    for page in (noord, noord.get_children().get(slug="nieuws")):
        noord_client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&next=/admin/")
        assert Page.objects.get(pk=page.pk).live


def test_structure_is_not_scheduled_away(noord_client, noord):
    edit = reverse("wagtailadmin_pages:edit", args=[noord.pk])

    assert not {"go_live_at", "expire_at"} & set(noord_client.get(edit).context["form"].fields)


@pytest.mark.parametrize("action", ["publish", "revert_to_page_revision", "unpublish", "delete"])
def test_actions_of_the_admin_api_are_closed(noord_client, noord, action):
    assert noord_client.post(f"/admin/api/main/pages/{noord.pk}/action/{action}/").status_code == 404


@pytest.mark.parametrize("name", ["delete", "unpublish"])
def test_nobody_takes_the_home_page_away(national_client, home, name):
    for page in (home, RegionIndexPage.objects.get()):
        national_client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert Page.objects.get(pk=page.pk).live


def test_national_editor_makes_collections(national_client):
    root = Collection.get_first_root_node()

    national_client.post(reverse("wagtailadmin_collections:add"), {"name": "Logo's", "parent": root.pk})

    assert Collection.objects.filter(name="Logo's").exists()


def test_editor_puts_back_a_section_that_was_taken_away(noord_client, noord):
    noord.get_children().get(slug="agenda").delete()
    url = reverse("wagtailadmin_pages:add", args=["agenda", "agendaindexpage", noord.pk])
    form = {"summary": "", "image": "", "seo_title": "", "search_description": "", "action-publish": "1"}

    response = noord_client.post(url, form)

    assert response.status_code == 302, response.context["form"].errors
    assert noord.get_children().filter(slug="agenda", title="Agenda", live=True).exists()
