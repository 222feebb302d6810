"""The screen "Redacteuren": who may do what, and what national editors change about it."""

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from regions.models import RegionAccess
from regions.rights import NATIONAL_GROUP
from tests.factories import make_draft, make_news, make_region, make_user

INDEX = reverse("people:index")


def person(email):
    return get_user_model().objects.get(email=email)


@pytest.fixture
def two_regions(noord, zuid):
    """An editor of both regions."""
    return make_user("beide@example.org", noord.access.group, zuid.access.group, first_name="Bo", last_name="Beide")


def url(name, who, *args):
    return reverse(f"people:{name}", args=[who.pk, *args])


def press(client, name, who, *args):
    """Push a button on the screen of a person; what the screen says then."""
    return client.post(url(name, who, *args), follow=True).content.decode()


def groups(who):
    return set(who.groups.values_list("name", flat=True))


def every_address(noord):
    who, group = person("zuid@example.org"), noord.access.group
    return [
        INDEX,
        reverse("people:index_results"),
        reverse("people:invite"),
        reverse("people:invitations"),
        reverse("people:send_again", args=[1]),
        reverse("people:withdraw", args=[1]),
        url("person", who),
        url("hand_over", who),
        url("switch_on", who),
        url("switch_off", who),
        url("reset_second_factor", who),
        url("take_access", who, group.pk),
    ]


def test_regional_editors_stay_out(noord_client, noord, zuid):
    for address in every_address(noord):
        for response in (noord_client.get(address), noord_client.post(address, {"successor": 1})):
            assert response.status_code == 302, address
            assert response["Location"] == reverse("wagtailadmin_home")
    assert person("zuid@example.org").is_active
    assert groups(person("zuid@example.org")) == {"Redactie Zuid"}
    assert INDEX not in noord_client.get(reverse("wagtailadmin_home")).content.decode()


def test_strangers_are_asked_to_log_in(client, noord):
    for address in every_address(noord):
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_all_of_it_asks_for_the_password_after_a_while(national_client, noord):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        for address in every_address(noord):
            for response in (national_client.get(address), national_client.post(address)):
                assert response["Location"].startswith(reverse("account_reauthenticate")), address


def test_buttons_do_nothing_on_get(national_client, two_regions, noord):
    for name, *args in (["switch_off"], ["switch_on"], ["take_access", noord.access.group.pk]):
        assert national_client.get(url(name, two_regions, *args)).status_code == 405
    national_client.get(url("hand_over", two_regions), {"successor": person("zuid@example.org").pk})

    two_regions.refresh_from_db()
    assert two_regions.is_active
    assert groups(two_regions) == {"Redactie Noord", "Redactie Zuid"}


def test_list_says_who_may_do_what(national_client, two_regions):
    seen = timezone.make_aware(datetime.datetime(2026, 6, 1, 9, 30))
    get_user_model().objects.filter(pk=two_regions.pk).update(last_login=seen)
    make_user("beheer@example.org", is_superuser=True)
    make_user("weg@example.org", is_active=False)

    table = national_client.get(INDEX).content.decode()

    assert INDEX in national_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Bo Beide" in table
    assert "Noord, Zuid" in table
    assert "1 jun 2026 09:30" in table
    assert "Landelijke redactie" in table
    assert "weg@example.org" in table
    assert "beheer@example.org" not in table


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=bei", {"beide@example.org"}),
        ("region={noord}", {"noord@example.org", "beide@example.org"}),
        ("is_active=false", {"weg@example.org"}),
        ("ordering=-email&q=zuid", {"zuid@example.org"}),
    ],
)
def test_list_is_searched_and_filtered(national_client, noord, two_regions, query, shown):
    make_user("weg@example.org", is_active=False)
    response = national_client.get(f"{reverse('people:index_results')}?{query.format(noord=noord.pk)}")

    assert {who.email for who in response.context["object_list"]} == shown


def test_list_takes_the_same_queries_for_n_and_for_2n(national_client):
    def add(numbers):
        for number in numbers:
            make_user(f"e{number}@example.org", make_region(f"Streek {number}").access.group)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            response = national_client.get(INDEX)
        return len(response.context["object_list"]), len(queries)

    add(range(3))
    ask()  # fills the cache of content types
    shown, few = ask()
    assert shown == 6
    add(range(3, 9))

    assert ask() == (12, few)


def test_access_to_one_region_is_taken_away(national_client, two_regions, noord, zuid):
    said = press(national_client, "take_access", two_regions, noord.access.group.pk)

    assert "Bo Beide heeft geen toegang meer tot Noord." in said
    assert groups(two_regions) == {"Redactie Zuid"}
    browser = Client()
    browser.force_login(two_regions)
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[noord.pk])).status_code == 302
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[zuid.pk])).status_code == 200
    entry = PageLogEntry.objects.get(action="regions.take_access")
    assert (entry.page_id, entry.message) == (noord.pk, "Toegang van Bo Beide weggehaald")
    assert "er al niet meer" in press(national_client, "take_access", two_regions, noord.access.group.pk)


def test_account_goes_off_and_on(national_client, two_regions):
    browser = Client()
    browser.force_login(two_regions)
    said = press(national_client, "switch_off", two_regions)

    assert "Het account van Bo Beide staat uit." in said
    assert browser.get(reverse("wagtailadmin_home")).status_code == 302
    press(national_client, "switch_off", two_regions)
    assert "staat aan" in press(national_client, "switch_on", two_regions)
    two_regions.refresh_from_db()
    assert two_regions.is_active
    assert groups(two_regions) == {"Redactie Noord", "Redactie Zuid"}
    entries = ModelLogEntry.objects.for_instance(two_regions).filter(action__startswith="regions.")
    assert [entry.message for entry in entries] == ["Account aangezet", "Account uitgezet"]


def test_nobody_shuts_herself_out(national_client):
    own = person("landelijk@example.org")
    national = Group.objects.get(name=NATIONAL_GROUP)

    assert "verandert een collega" in press(national_client, "switch_off", own)
    assert "verandert een collega" in press(national_client, "take_access", own, national.pk)
    own.refresh_from_db()
    assert own.is_active
    assert groups(own) == {NATIONAL_GROUP}


def test_superusers_are_out_of_reach(national_client, noord, zuid):
    superuser = make_user("beheer@example.org", noord.access.group, is_superuser=True)

    assert national_client.get(url("person", superuser)).status_code == 404
    assert national_client.get(url("hand_over", superuser)).status_code == 404
    for name, *args in (["switch_off"], ["take_access", noord.access.group.pk], ["hand_over"]):
        assert national_client.post(url(name, superuser, *args), {"successor": 1}).status_code == 404
    national_client.post(url("hand_over", person("zuid@example.org")), {"successor": superuser.pk})
    superuser.refresh_from_db()
    assert superuser.is_active
    assert groups(superuser) == {"Redactie Noord"}
    assert groups(person("zuid@example.org")) == {"Redactie Zuid"}


def test_rights_that_administrators_gave_are_out_of_reach(national_client, two_regions):
    others = Group.objects.create(name="Techniek")
    two_regions.groups.add(others)

    assert national_client.post(url("take_access", two_regions, others.pk)).status_code == 404
    assert "alleen die kan dit eraan veranderen" in press(national_client, "switch_off", two_regions)
    national_client.post(url("hand_over", two_regions), {"successor": person("zuid@example.org").pk})
    assert groups(two_regions) == {"Techniek"}
    assert groups(person("zuid@example.org")) == {"Redactie Noord", "Redactie Zuid"}
    two_regions.refresh_from_db()
    assert two_regions.is_active


def test_rights_given_to_one_person_are_out_of_reach(national_client, two_regions):
    two_regions.user_permissions.add(Permission.objects.first())

    press(national_client, "switch_off", two_regions)
    two_regions.refresh_from_db()
    assert two_regions.is_active


@pytest.fixture
def work(two_regions, noord, zuid):
    """What the editor of two regions has to do with: a page, a draft by her of somebody else's page, and a lock."""
    own = make_news(noord, "Eigen bericht", owner=two_regions)
    draft = make_news(zuid, "Concept", owner=person("zuid@example.org"))
    make_draft(draft, title="Nieuw concept")
    draft.refresh_from_db()
    draft.latest_revision.user = two_regions
    draft.latest_revision.save()
    locked = make_news(zuid, "Op slot", owner=person("zuid@example.org"), locked=True, locked_by=two_regions)
    return own, draft, locked


def test_summary_comes_before_handing_over(national_client, two_regions, work):
    successor = person("zuid@example.org")
    assert "Zuid" not in national_client.get(url("hand_over", two_regions)).content.decode().split("<form")[0]
    response = national_client.get(url("hand_over", two_regions), {"successor": successor.pk})

    belongings = response.context["belongings"]
    assert (belongings.pages, belongings.drafts, belongings.locks) == (1, 1, 1)
    assert response.context["accesses"] == ["Noord", "Zuid"]
    assert Page.objects.filter(owner=two_regions).count() == 1


def test_everything_is_handed_over(national_client, two_regions, work, noord):
    successor = make_user("opvolger@example.org", first_name="Op", last_name="Volger")
    said = national_client.post(url("hand_over", two_regions), {"successor": successor.pk}, follow=True)

    assert "Het werk van Bo Beide is nu van Op Volger." in said.content.decode()
    own, draft, locked = (Page.objects.get(pk=page.pk) for page in work)
    assert own.owner == successor
    assert draft.owner == person("zuid@example.org")
    assert draft.latest_revision.user == successor
    assert draft.latest_revision.as_object().title == "Nieuw concept"
    assert locked.locked_by == successor
    assert groups(successor) == {"Redactie Noord", "Redactie Zuid"}
    assert groups(two_regions) == set()
    message = "Werk van Bo Beide overgedragen aan Op Volger"
    assert [entry.message for entry in ModelLogEntry.objects.for_instance(two_regions)] == [message]
    assert PageLogEntry.objects.filter(action="regions.hand_over").count() == 2
    history = national_client.get(reverse("wagtailadmin_pages:history", args=[noord.pk]))
    assert message in history.content.decode()

    browser = Client()
    browser.force_login(successor)
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    again = national_client.post(url("hand_over", two_regions), {"successor": successor.pk}, follow=True)
    assert "niets meer over te dragen" in again.content.decode()


def test_draft_that_was_handed_over_is_published_as_before(national_client, two_regions, work):
    national_client.post(url("hand_over", two_regions), {"successor": person("zuid@example.org").pk})
    page = Page.objects.get(pk=work[1].pk)
    page.latest_revision.publish()

    page.refresh_from_db()
    assert (page.title, page.owner.email) == ("Nieuw concept", "zuid@example.org")


@pytest.mark.parametrize("successor", ["beide@example.org", "uit@example.org", ""])
def test_work_goes_to_somebody_else_who_can_log_in(national_client, two_regions, work, successor):
    make_user("uit@example.org", is_active=False)
    choice = {"successor": person(successor).pk if successor else ""}
    for response in (
        national_client.post(url("hand_over", two_regions), choice, follow=True),
        national_client.get(url("hand_over", two_regions), choice),
    ):
        assert not response.context["successor"]
    assert groups(two_regions) == {"Redactie Noord", "Redactie Zuid"}
    assert Page.objects.filter(owner=two_regions).count() == 1


def test_national_editor_hands_over_her_own_work(national_client):
    successor = person("noord@example.org")
    own = person("landelijk@example.org")
    page = national_client.get(url("hand_over", own), {"successor": successor.pk})
    assert "kunt u zelf niets meer" in page.content.decode()
    national_client.post(url("hand_over", own), {"successor": successor.pk})

    assert groups(successor) == {"Redactie Noord", NATIONAL_GROUP}
    assert groups(own) == set()
    assert national_client.get(INDEX).status_code == 302


def test_failure_half_way_hands_over_nothing(national_client, two_regions, work):
    """A lock on the last table that is written stands for any failure."""
    successor = person("zuid@example.org")

    def fail(execute, sql, params, many, context):
        if "UPDATE" in sql and "locked_by_id" in sql.split("WHERE")[0]:
            raise OSError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(OSError, match="disk full"):
        national_client.post(url("hand_over", two_regions), {"successor": successor.pk})

    assert groups(two_regions) == {"Redactie Noord", "Redactie Zuid"}
    assert groups(successor) == {"Redactie Zuid"}
    assert Page.objects.filter(owner=two_regions).count() == 1


def wagtails_screens(group):
    """The addresses of all screens for users and groups, those of a later version of Wagtail too."""
    for namespace, pk in (("wagtailusers_users", person("zuid@example.org").pk), ("wagtailusers_groups", group.pk)):
        _prefix, resolver = get_resolver().namespace_dict[namespace]
        for screen in resolver.url_patterns:
            yield reverse(f"{namespace}:{screen.name}", args=[pk for _converter in screen.pattern.converters])


@pytest.mark.parametrize("email", ["landelijk@example.org", "noord@example.org"])
def test_only_superusers_see_the_users_and_groups_of_wagtail(client, zuid, email):
    client.force_login(person(email))
    group = zuid.access.group
    form = {"email": "x@example.org", "first_name": "X", "last_name": "Y", "is_superuser": "on", "name": "X"}
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    for address in wagtails_screens(group):
        for response in (client.get(address), client.post(address, form)):
            assert response.status_code == 302, address
            assert response["Location"] == reverse("wagtailadmin_home"), address
        assert f'"{address}"' not in menu
    who = person("zuid@example.org")
    assert (who.first_name, who.is_superuser) == ("", False)
    assert Group.objects.get(pk=group.pk).name == "Redactie Zuid"
    assert not get_user_model().objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("email", ["landelijk@example.org", "noord@example.org"])
@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_only_superusers_change_users_in_bulk(client, zuid, noord, email, action):
    client.force_login(person(email))
    who = person("zuid@example.org")
    address = f"/admin/bulk/cms/user/{action}/?id={who.pk}&next=/admin/"
    client.get(address)
    client.post(address, {"role": noord.access.group.pk, "mark_as_active": "False"})

    who.refresh_from_db()
    assert who.is_active
    assert groups(who) == {"Redactie Zuid"}


def test_superusers_see_the_users_and_groups_of_wagtail(client, zuid):
    client.force_login(make_user("beheer@example.org", is_superuser=True))

    assert {client.get(address).status_code for address in wagtails_screens(zuid.access.group)} == {200}


def test_nobody_gains_rights_by_her_own_account_form(noord_client):
    own = person("noord@example.org")
    noord_client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "N",
            "name_email-last_name": "O",
            "name_email-email": "noord@example.org",
            "is_superuser": "on",
            "groups": RegionAccess.objects.last().group_id,
        },
    )

    own.refresh_from_db()
    assert not own.is_superuser
    assert groups(own) == {"Redactie Noord"}
