"""A newsletter and its issues, as far as they go."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from newsletter.models import NewsletterIndexPage, NewsletterPage

FORM = {"summary": "", "image": "", "seo_title": "", "search_description": "", "action-publish": "1"}


def test_regional_editor_makes_a_newsletter_and_an_issue(noord_client, noord, api):
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterindexpage", noord.pk])
    response = noord_client.post(url, FORM | {"title": "Nieuwsbrief Noord", "slug": "nieuwsbrief"})
    assert response.status_code == 302, response.context["form"].errors

    newsletter = NewsletterIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", newsletter.pk])
    issue = {"title": "Winter", "slug": "winter", "date": "01-12-2026", "number": 1, "subject": "", "preheader": ""}
    response = noord_client.post(url, nested_form_data(FORM | issue | {"comments": inline_formset([])}))
    assert response.status_code == 302, response.context["form"].errors

    assert api(f"pages/{NewsletterPage.objects.get().pk}/")["number"] == 1
