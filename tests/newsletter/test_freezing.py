"""What is frozen of an issue stays; what is wrong with it is corrected on the site."""

import pytest
from django.urls import reverse

from newsletter.freezing import (
    AlreadyFrozen,
    NoteMissing,
    NotFrozen,
    NotOnline,
    NotReady,
    correct,
    fingerprint,
    freeze,
    publish,
    thaw,
)
from newsletter.models import Correction, FrozenIssue
from newsletter.rendering import render
from tests.factories import make_draft, make_issue, make_news, make_question

from .blocks import item, question, text


@pytest.fixture
def news(noord):
    return make_news(noord, "Lasrobot in de klas", summary="Leerlingen lassen.")


@pytest.fixture
def faq(db):
    return make_question("Mag het?", "<p>Ja, tot € 50.</p>")


@pytest.fixture
def issue(newsletter, news, faq):
    return make_issue(newsletter, [item(news, topic="Lasrobot"), question(faq)], "Nummer een")


def send_out(issue, user):
    """As when sending it begins."""
    frozen = freeze(issue, user)
    publish(frozen, user)
    return frozen


def test_what_is_frozen_is_what_was_rendered(issue, national):
    rendered = render(issue)
    frozen = freeze(issue, national)

    assert (frozen.subject, frozen.html, frozen.text, frozen.web) == (
        rendered.subject,
        rendered.html,
        rendered.text,
        rendered.web,
    )
    assert frozen.sha256 == fingerprint(rendered)
    issue.refresh_from_db()
    assert (frozen.issue, frozen.revision, frozen.created_by) == (issue, issue.latest_revision_id, national)


def test_whatever_happens_to_its_pages_it_shows_them_as_they_were(api, issue, national, news, faq, newsletter):
    frozen = send_out(issue, national)
    before = api(f"pages/{issue.pk}/")

    faq.answer = "<p>Ja, tot € 55.</p>"
    faq.save_revision().publish()
    news.title = "Heel iets anders"
    news.save_revision().publish()
    news.unpublish()
    newsletter.questions_title = "Een andere kop"
    newsletter.save_revision().publish()

    after = api(f"pages/{issue.pk}/")
    assert {name: after[name] for name in ("topics", "body", "footer")} == {
        name: before[name] for name in ("topics", "body", "footer")
    }
    assert "€ 50" in str(after["body"])
    kept = FrozenIssue.objects.get(pk=frozen.pk)
    assert (kept.html, kept.text, kept.web, kept.sha256) == (frozen.html, frozen.text, frozen.web, frozen.sha256)


def test_it_outlives_its_page(issue, national, newsletter):
    frozen = freeze(issue, national)
    newsletter.delete()
    frozen.refresh_from_db()
    assert frozen.issue is None
    assert "Lasrobot" in frozen.html


def test_latest_draft_is_what_is_frozen_and_what_goes_online(api, newsletter, news, national):
    issue = make_issue(newsletter, [item(news)], "Klad")
    issue.unpublish()
    make_draft(issue, title="Af")
    frozen = freeze(issue, national)
    assert frozen.subject == "Af"
    api(f"pages/{issue.pk}/", 404)
    make_draft(issue, title="Later")
    publish(frozen, national)
    assert api(f"pages/{issue.pk}/")["title"] == "Af"


def test_publishing_twice_leaves_a_correction_alone(api, issue, national):
    frozen = send_out(issue, national)
    make_draft(issue, title="Verbeterd")
    correct(issue, national, "De titel.")
    publish(frozen, national)
    assert api(f"pages/{issue.pk}/")["title"] == "Verbeterd"


def test_what_is_thawed_is_as_if_it_was_never_frozen(api, issue, national, faq):
    send_out(issue, national)
    thaw(issue, national)
    faq.answer = "<p>Ja, tot € 55.</p>"
    faq.save_revision().publish()
    assert "€ 55" in str(api(f"pages/{issue.pk}/")["body"])
    with pytest.raises(NotFrozen):
        thaw(issue, national)
    freeze(issue, national)


def test_issue_with_errors_is_not_frozen_and_nothing_changes(api, issue, national, news):
    make_draft(issue, title="Een ander")
    news.unpublish()
    with pytest.raises(NotReady) as refusal:
        freeze(issue, national)
    assert [error.message for error in refusal.value.errors] == [
        "‘Lasrobot in de klas’, in ‘Lasrobot in de klas’, staat niet online."
    ]
    assert not FrozenIssue.objects.exists()
    assert api(f"pages/{issue.pk}/")["title"] == "Nummer een"


def test_issue_is_frozen_once(issue, national):
    freeze(issue, national)
    with pytest.raises(AlreadyFrozen):
        freeze(issue, national)


def test_correction_is_for_the_site_with_a_note(api, issue, national, faq):
    frozen = send_out(issue, national)
    make_draft(issue, title="Nummer een, verbeterd")
    faq.answer = "<p>Ja, tot € 55.</p>"
    faq.save_revision().publish()

    correct(issue, national, "Het tarief klopte niet.")

    shown = api(f"pages/{issue.pk}/")
    assert shown["title"] == "Nummer een, verbeterd"
    assert "€ 55" in str(shown["body"])
    assert [one["note"] for one in shown["corrections"]] == ["Het tarief klopte niet."]
    frozen.refresh_from_db()
    assert "€ 50" in frozen.html
    assert "verbeterd" not in frozen.subject

    correct(issue, national, "Nog iets.")
    assert [one["note"] for one in api(f"pages/{issue.pk}/")["corrections"]] == ["Nog iets.", "Het tarief klopte niet."]


def test_correction_needs_a_note_and_something_on_the_site(issue, national):
    with pytest.raises(NotFrozen):
        correct(issue, national, "Waarom niet?")
    frozen = freeze(issue, national)
    with pytest.raises(NotOnline):
        correct(issue, national, "Waarom niet?")
    publish(frozen, national)
    with pytest.raises(NoteMissing):
        correct(issue, national, " ")


def test_copy_of_a_frozen_issue_is_a_new_one(issue, national):
    freeze(issue, national)
    issue.refresh_from_db()
    copy = issue.copy(update_attrs={"title": "Nummer twee", "slug": "twee"})
    assert copy.frozen_at is None
    freeze(copy, national)


def test_editor_corrects_in_the_admin_once_it_is_on_the_site(national_client, issue, national, api):
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    correcting = reverse("correct_issue", args=[issue.pk])
    assert national_client.get(correcting).status_code == 302
    assert "Dit nummer is vastgelegd" not in national_client.get(edit).text

    frozen = freeze(issue, national)
    form = national_client.get(edit).text
    assert "Annuleer dan eerst" in form
    assert correcting not in form
    assert "action-publish" not in form
    assert national_client.get(reverse("wagtailadmin_pages:delete", args=[issue.pk])).status_code == 302
    assert national_client.get(reverse("wagtailadmin_pages:unpublish", args=[issue.pk])).status_code == 302
    assert national_client.get(correcting).status_code == 302

    publish(frozen, national)
    assert correcting in national_client.get(edit).text
    make_draft(issue, title="Verbeterd")
    assert "Dit is een verplicht veld" in national_client.post(correcting, {"note": ""}).text
    assert national_client.post(correcting, {"note": "De titel."}).url == edit
    assert api(f"pages/{issue.pk}/")["title"] == "Verbeterd"


def test_what_is_of_the_mail_alone_does_not_matter_to_a_correction(national_client, api, issue, national):
    send_out(issue, national)
    make_draft(issue, subject="Onderwerp " * 10, body=[text(f"<p>{'Lang verhaal. ' * 9000}</p>", topic="Lang")])
    correcting = reverse("correct_issue", args=[issue.pk])
    assert "niets op aan te merken" in national_client.get(correcting).text
    assert national_client.post(correcting, {"note": "Het hele verhaal."}).status_code == 302
    assert "Lang verhaal" in str(api(f"pages/{issue.pk}/")["body"])


def test_way_back_from_correcting_is_shown(national_client, issue, newsletter, national):
    send_out(issue, national)
    page = national_client.get(reverse("correct_issue", args=[issue.pk]))
    assert [(one["url"], str(one["label"])) for one in page.context["breadcrumbs_items"][1:]] == [
        (reverse("wagtailadmin_explore", args=[newsletter.pk]), "Nieuwsbrief STO"),
        (reverse("wagtailadmin_pages:edit", args=[issue.pk]), "Nummer een"),
        ("", "Op de site zetten"),
    ]


def test_editor_of_another_region_can_do_none_of_it(noord_client, issue, national):
    send_out(issue, national)
    assert noord_client.post(reverse("correct_issue", args=[issue.pk]), {"note": "x"}).status_code == 302
    assert noord_client.post(reverse("ask_links_of_issue", args=[issue.pk])).status_code == 302
    assert not Correction.objects.exists()
    assert noord_client.get(reverse("correct_issue", args=[999_999])).status_code == 404
