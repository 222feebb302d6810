"""The skeleton of the site, and what the national editor finds in it."""

import datetime

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from cms.models import Audience, Theme
from cms.tree import add_live
from home.models import FaqCategory, FaqIndexPage, FaqPage
from home.structure import build_site
from regions.rights import NATIONAL_GROUP
from tests.factories import numbers


def test_skeleton_is_complete(home):
    assert list(home.get_children().values_list("slug", flat=True)) == [
        "nieuws",
        "agenda",
        "inspiratie",
        "veelgestelde-vragen",
        "regio",
    ]
    assert Theme.objects.count() == 10
    assert Audience.objects.exists()
    assert FaqCategory.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_building_twice_changes_nothing(home):
    Theme.objects.filter(slug="mbo").update(title="Met het mbo")
    before = list(Page.objects.order_by("pk").values("pk", "path", "title"))

    build_site()

    assert list(Page.objects.order_by("pk").values("pk", "path", "title")) == before
    assert Theme.objects.get(slug="mbo").title == "Met het mbo"


def test_site_has_the_public_address(home, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    build_site()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("www.example.org", 443, home.pk)


def test_national_group_may_do_everything_editorial(home):
    group = Group.objects.get(name=NATIONAL_GROUP)
    rights = set(group.page_permissions.values_list("page_id", "permission__codename"))
    assert rights == {
        (home.pk, f"{right}_page") for right in ("add", "change", "publish", "lock", "unlock", "bulk_delete")
    }
    assert group.permissions.filter(codename="manage_structure").exists()
    assert group.permissions.filter(codename="add_faqcategory").exists()
    assert group.permissions.filter(codename="change_theme").exists()


def test_national_editor_answers_a_question(national_client, api):
    category = FaqCategory.objects.get(slug="cofinanciering")
    url = reverse("wagtailadmin_pages:add", args=["home", "faqpage", FaqIndexPage.objects.get().pk])
    form = {
        "title": "Wat telt mee?",
        "slug": "wat-telt-mee",
        "answer": rich_text("<p>Uren en <b>materiaal</b>.</p>"),
        "category": category.pk,
        "date": "01-02-2026",
        "valid_from": "01-02-2026",
        "valid_until": "31-01-2026",
        "reviewed_on": "",
        "summary": "",
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    response = national_client.post(url, nested_form_data(form))
    assert response.context["form"].errors["valid_until"] == ["De laatste dag moet na de eerste liggen."]

    assert national_client.post(url, nested_form_data(form | {"valid_until": "31-12-2026"})).status_code == 302

    question = api(f"pages/{FaqPage.objects.get().pk}/")
    assert question["answer"] == "<p>Uren en <b>materiaal</b>.</p>"
    assert question["category"] == {"id": category.pk, "slug": "cofinanciering", "title": "Cofinanciering"}
    listed = api(f"pages/?type=home.FaqPage&category={category.pk}")["items"]
    assert [item["title"] for item in listed] == ["Wat telt mee?"]


def test_list_of_questions_is_for_the_national_editor(national_client, client, django_user_model):
    assert "/admin/vragen/" in national_client.get("/admin/").content.decode()
    client.force_login(django_user_model.objects.get(email="noord@example.org"))
    assert "/admin/vragen/" not in client.get("/admin/").content.decode()


def test_list_of_questions_takes_the_same_queries_for_many_as_for_few(national_client, count_queries):
    def count_with(number):
        for _ in range(number):
            category = FaqCategory.objects.create(title=f"Onderwerp {next(numbers)}", slug=f"onderwerp-{next(numbers)}")
            date = datetime.date(2026, 1, 1)
            question = FaqPage(title=f"Vraag {next(numbers)}", answer="<p>Ja.</p>", date=date, category=category)
            add_live(FaqIndexPage.objects.get(), question)
        assert category.title in national_client.get("/admin/vragen/").text
        return count_queries(national_client, "/admin/vragen/")

    assert count_with(3) == count_with(3)
