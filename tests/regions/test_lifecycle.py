"""Regions are added, renamed and closed; all four changes through the admin and by command."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from regions import lifecycle
from regions.models import RegionIndexPage, RegionPage
from regions.signals import region_merging
from tests.factories import make_news, make_region


def fresh(region):
    return RegionPage.objects.get(pk=region.pk)


def test_added_region_comes_with_all_that_belongs_to_it(api, home):
    plan = lifecycle.plan_add("Noordwest Fryslân")

    assert lifecycle.add("Noordwest Fryslân") == plan

    assert api("resolve/?path=/regio/noordwest-fryslan/")["title"] == "Noordwest Fryslân"
    assert api("resolve/?path=/regio/noordwest-fryslan/nieuws/")["region"]["slug"] == "noordwest-fryslan"
    assert Group.objects.filter(name="Redactie Noordwest Fryslân").exists()


@pytest.mark.parametrize(
    ("title", "slug", "message"),
    [
        ("noord", "", "Er is al een regio die noord heet"),
        ("Anders", "noord", "is al van een andere regio"),
        ("Anders", "vroeger", "was van een andere regio"),
        ("Anders", "An Ders", "slug"),
        ("Anders", "ANDERS", "kleine letters"),
    ],
)
def test_name_and_address_that_a_region_cannot_have(noord, zuid, title, slug, message):
    lifecycle.rename(zuid, slug="vroeger")
    lifecycle.rename(fresh(zuid), slug="zuid")
    oost = make_region("Oost", slug="oost")

    with pytest.raises(ValidationError, match=message):
        lifecycle.add(title, slug)
    with pytest.raises(ValidationError, match=message):
        lifecycle.rename(oost, title, slug)
    assert RegionPage.objects.count() == 3
    assert (fresh(oost).title, fresh(oost).slug) == ("Oost", "oost")


@pytest.mark.parametrize(("title", "message"), [(" ", "Geef de regio een naam"), ("!!!", "slug")])
def test_new_region_needs_a_name_and_an_address(home, title, message):
    with pytest.raises(ValidationError, match=message):
        lifecycle.add(title)


def test_rename_is_followed_by_group_collection_addresses_and_draft(api, noord):
    page = make_news(noord, "Bericht", slug="bericht")
    draft = noord.get_latest_revision_as_object()
    draft.summary = "Nog niet klaar"
    draft.save_revision()
    noord = fresh(noord)
    plan = lifecycle.plan_rename(noord, "Hoog Noord", "hoog-noord")

    assert lifecycle.rename(noord, "Hoog Noord", "hoog-noord") == plan

    assert plan.addresses == 5
    assert api("resolve/?path=/regio/noord/nieuws/bericht/")["redirect"] == "/regio/hoog-noord/nieuws/bericht/"
    shown = api("resolve/?path=/regio/hoog-noord/")
    assert (shown["title"], shown["summary"]) == ("Hoog Noord", "")
    noord = fresh(noord)
    assert (noord.access.group.name, noord.access.collection.name) == ("Redactie Hoog Noord", "Hoog Noord")
    waiting = noord.get_latest_revision_as_object()
    assert (waiting.title, waiting.slug, waiting.summary) == ("Hoog Noord", "hoog-noord", "Nog niet klaar")
    assert api(f"pages/{page.pk}/")["meta"]["html_path"] == "/regio/hoog-noord/nieuws/bericht/"


def test_region_takes_its_old_name_and_address_back(api, noord):
    lifecycle.rename(noord, "Anders", "anders")
    lifecycle.rename(fresh(noord), "Noord", "noord")

    assert api("resolve/?path=/regio/noord/")["title"] == "Noord"
    assert api("resolve/?path=/regio/anders/nieuws/")["redirect"] == "/regio/noord/nieuws/"


def test_renaming_to_what_it_is_is_refused(noord):
    with pytest.raises(lifecycle.Refused, match="heet al zo"):
        lifecycle.rename(noord, "Noord", "noord")


def test_all_addresses_of_a_closed_region_lead_to_its_notice(client, api, noord, zuid):
    was_in_zuid = make_news(zuid, "Verhuisd", slug="verhuisd")
    was_in_zuid.move(noord.get_children().get(slug="nieuws"), pos="last-child")
    page = make_news(noord, "Bericht", slug="bericht")
    page.slug = "beter"
    page.save()
    lifecycle.rename(noord, slug="hoog-noord")
    plan = lifecycle.plan_close(fresh(noord))

    assert lifecycle.close(fresh(noord)) == plan

    assert plan.pages == 5
    assert api("resolve/?path=/regio/hoog-noord/")["status"] == "gesloten"
    for path in (
        "/regio/hoog-noord/nieuws/",
        "/regio/hoog-noord/nieuws/beter/",
        "/regio/noord/nieuws/bericht/",
        "/regio/noord/nieuws/beter/",
        "/regio/zuid/nieuws/verhuisd/",
        "/regio/hoog-noord/nooit/geweest/",
    ):
        assert api(f"resolve/?path={path}") == {"redirect": "/regio/hoog-noord/", "permanent": False}, path
    assert api("resolve/?path=/regio/noord/")["redirect"] == "/regio/hoog-noord/"
    api("resolve/?path=/regio/zuid/nieuws/nooit/", status=404)
    api(f"pages/{page.pk}/", status=404)
    assert api("pages/?region=hoog-noord")["meta"]["total_count"] == 1
    assert client.get("/regio/hoog-noord/nieuws/beter/")["Location"] == "/regio/hoog-noord/"
    front = client.get("/regio/hoog-noord/").content.decode()
    assert "doet niet meer mee" in front
    assert "/nieuws/" not in front


def test_closed_region_opens_again_as_it_was(api, noord, home):
    page = make_news(noord, "Bericht", slug="bericht")
    make_news(noord, "Klad").unpublish()
    linking = make_news(home, body=[("text", f'<p><a linktype="page" id="{page.pk}">lees</a></p>')])
    before = [item["id"] for item in api("pages/?region=noord&order=id")["items"]]
    lifecycle.close(noord)
    assert "href" not in str(api(f"pages/{linking.pk}/")["body"])

    noord = fresh(noord)
    noord.status = "actief"
    noord.save_revision().publish()

    assert [item["id"] for item in api("pages/?region=noord&order=id")["items"]] == before
    assert api("resolve/?path=/regio/noord/nieuws/bericht/")["title"] == "Bericht"
    assert "href" in str(api(f"pages/{linking.pk}/")["body"])


def test_what_is_published_in_a_closed_region_stays_out_of_sight(api, noord):
    lifecycle.close(noord)

    make_news(noord, "Nakomer", slug="nakomer")

    assert api("resolve/?path=/regio/noord/nieuws/nakomer/")["redirect"] == "/regio/noord/"
    assert "Nakomer" not in str(api("pages/?limit=50"))


def test_closing_twice_is_refused(noord, zuid):
    lifecycle.close(noord)
    with pytest.raises(lifecycle.Refused, match="is gesloten"):
        lifecycle.close(fresh(noord))

    lifecycle.merge(zuid, make_region("Oost"), with_content=True)
    with pytest.raises(lifecycle.Refused, match="samengevoegd"):
        lifecycle.close(fresh(zuid))


@pytest.mark.parametrize("number", [2, 4])
def test_plans_take_as_many_queries_however_many_pages(noord, django_assert_num_queries, number):
    for _page in range(number):
        make_news(noord)
    noord = fresh(noord)

    with django_assert_num_queries(6):
        assert lifecycle.plan_close(noord).pages == 3 + number
    with django_assert_num_queries(6):
        assert lifecycle.plan_rename(noord, slug="elders").addresses == 4 + number


def everything():
    return list(Page.objects.order_by("pk").values()), list(PageLogEntry.objects.values())


def confirmed(client, url, form):
    """Fill in the form, read the plan, and confirm it; gives the plan as it was shown and the last answer."""
    before = everything()
    client.get(url)
    shown = client.post(url, form)
    assert everything() == before
    token = re.search(r'name="confirmed" value="(\w+)"', shown.content.decode()).group(1)
    return shown.content.decode(), client.post(url, {**form, "confirmed": token})


def test_national_editor_adds_a_region(national_client, home):
    plan, done = confirmed(national_client, reverse("region_add"), {"title": "Midden", "slug": ""})

    assert "op het adres ‘midden’" in plan
    assert done["Location"] == reverse("wagtailadmin_explore", args=[RegionPage.objects.get(slug="midden").pk])


def test_national_editor_renames_a_region(national_client, noord):
    url = reverse("region_rename", args=[noord.pk])

    plan, _done = confirmed(national_client, url, {"title": "Hoog Noord", "slug": "noord"})

    assert "heet voortaan Hoog Noord" in plan
    assert fresh(noord).title == "Hoog Noord"
    history = national_client.get(reverse("wagtailadmin_pages:history", args=[noord.pk])).content.decode()
    assert "Regio hernoemd; zij heette Noord, op het adres ‘noord’" in history


@pytest.mark.parametrize(("content", "live"), [("move", False), ("stay", True)])
def test_national_editor_merges_a_region(national_client, noord, zuid, content, live):
    make_news(noord)
    url = reverse("region_merge", args=[noord.pk])

    plan, _done = confirmed(national_client, url, {"into": zuid.pk, "content": content})

    assert ("1 nieuwsbericht" in plan) is (content == "move")
    noord = fresh(noord)
    assert (noord.merged_into, noord.live) == (zuid, live)
    history = national_client.get(reverse("wagtailadmin_pages:history", args=[noord.pk])).content.decode()
    assert f"Regio samengevoegd met Zuid; verhuisde pagina&#x27;s: {int(not live)}" in history


def test_national_editor_closes_a_region(national_client, noord):
    plan, _done = confirmed(national_client, reverse("region_close", args=[noord.pk]), {})

    assert "Pagina&#x27;s die offline gaan: 3" in plan
    assert fresh(noord).status == "gesloten"
    history = national_client.get(reverse("wagtailadmin_pages:history", args=[noord.pk])).content.decode()
    assert "Regio gesloten; pagina&#x27;s die offline gingen: 3" in history


def test_plan_that_is_no_longer_right_is_shown_again(national_client, noord, zuid):
    url, form = reverse("region_merge", args=[noord.pk]), {"into": zuid.pk, "content": "move"}
    shown = national_client.post(url, form).content.decode()
    token = re.search(r'name="confirmed" value="(\w+)"', shown).group(1)
    make_news(noord)

    again = national_client.post(url, {**form, "confirmed": token}).content.decode()

    assert "Er is intussen iets veranderd" in again
    assert "1 nieuwsbericht" in again
    assert fresh(noord).status == "actief"


def test_what_comes_between_the_plan_and_doing_it_is_said_in_the_form(national_client, noord, zuid):
    url, form = reverse("region_merge", args=[noord.pk]), {"into": zuid.pk, "content": "move"}
    shown = national_client.post(url, form).content.decode()
    token = re.search(r'name="confirmed" value="(\w+)"', shown).group(1)
    asked = []

    def keep_apart_the_second_time(**kwargs):
        asked.append(kwargs)
        if len(asked) > 1:
            raise ValidationError("Er gaat net een nieuwsbrief weg.")
        return []

    region_merging.connect(keep_apart_the_second_time)
    try:
        answer = national_client.post(url, {**form, "confirmed": token})
    finally:
        region_merging.disconnect(keep_apart_the_second_time)
    assert "Er gaat net een nieuwsbrief weg." in answer.content.decode()
    assert fresh(noord).status == RegionPage.Status.ACTIVE


def test_what_cannot_be_done_is_said_in_the_form(national_client, noord, zuid):
    lifecycle.close(noord)

    assert "Regio Noord is gesloten" in national_client.get(reverse("region_close", args=[noord.pk])).content.decode()
    answer = national_client.post(reverse("region_add"), {"title": "Zuid"})
    assert "Er is al een regio die Zuid heet" in answer.content.decode()
    answer = national_client.post(reverse("region_merge", args=[zuid.pk]), {"into": zuid.pk, "content": "move"})
    assert answer.context["form"].errors["into"]


@pytest.mark.parametrize("name", ["region_add", "region_rename", "region_merge", "region_close"])
def test_only_national_editors_get_there(noord_client, noord, zuid, name):
    url = reverse(name, args=[] if name == "region_add" else [noord.pk])
    form = {"title": "Gekaapt", "slug": "gekaapt", "into": zuid.pk, "content": "move", "confirmed": "x"}
    before = everything()

    assert noord_client.get(url).status_code == 302
    assert noord_client.post(url, form).status_code == 302
    assert everything() == before


def test_the_way_there_is_shown_to_national_editors_only(client, django_user_model, noord, home):
    ways = {
        RegionIndexPage.objects.get().pk: [reverse("region_add")],
        noord.pk: [reverse(f"region_{verb}", args=[noord.pk]) for verb in ("rename", "merge", "close")],
    }
    for email, shown in (("landelijk@example.org", True), ("noord@example.org", False)):
        client.force_login(django_user_model.objects.get(email=email))
        for page, urls in ways.items():
            content = client.get(reverse("wagtailadmin_explore", args=[page]), follow=True).content.decode()
            assert [url in content for url in urls] == [shown] * len(urls)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["rename", "noord", "--title", "Hoog Noord"], "Regio Noord heet voortaan Hoog Noord."),
        (["merge", "noord", "zuid", "--content", "move"], "Pagina's die verhuizen: 1 nieuwsbericht."),
        (["close", "noord"], "Pagina's die offline gaan: 4. Hun adressen leiden naar de voorpagina."),
        (["add", "Midden"], "Nieuws, agenda en inspiratie komen er leeg bij."),
    ],
)
def test_command_says_what_would_happen_and_does_it(noord, zuid, capsys, arguments, line):
    make_news(noord, "Bericht", slug="bericht")
    before = everything()

    call_command("region", *arguments, "--dry-run")
    tried = capsys.readouterr().out
    assert everything() == before
    call_command("region", *arguments)

    assert line in tried.splitlines()
    assert tried == "Proef, niets veranderd:\n" + capsys.readouterr().out
    assert everything() != before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "noord", "noord", "--content", "stay"], "kan niet opgaan in zichzelf"),
        (["merge", "noord", "nergens", "--content", "stay"], "geen regio op het adres 'nergens'"),
        (["merge", "noord", "zuid"], "--content"),
        (["rename", "noord", "--slug", "zuid"], "al van een andere regio"),
        (["add", "Noord"], "al een regio die Noord heet"),
        (["add", "Anders", "--slug", "An Ders"], "slug"),
        ([], "WAT"),
    ],
)
def test_command_refuses(noord, zuid, arguments, message):
    before = everything()
    with pytest.raises(CommandError, match=message):
        call_command("region", *arguments)
    assert everything() == before
