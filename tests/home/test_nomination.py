"""Nominations: what a region puts forward for the national site, and what becomes of it."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import PageLogEntry

from home.models import Nomination
from home.nomination import (
    AlreadyDecided,
    AlreadyNominated,
    AnswerMissing,
    NotAnItem,
    NotOnline,
    accept,
    decline,
    nominate,
    withdraw,
)
from home.tasks import mail_answer
from tests.factories import make_news

State = Nomination.State
WHY = "Drie scholen delen één lasrobot."


@pytest.fixture
def editor(django_user_model, db):
    return django_user_model.objects.get(email="noord@example.org")


@pytest.fixture
def national(django_user_model, db):
    return django_user_model.objects.get(email="landelijk@example.org")


@pytest.fixture
def news(noord):
    return make_news(noord, "Lasrobot")


@pytest.fixture
def nominated(news, editor):
    return nominate(news, editor, WHY)


def state_of(nomination):
    nomination.refresh_from_db()
    return nomination.state


def actions_on(page):
    return list(PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", flat=True))


def test_nomination_is_recorded(news, editor, nominated):
    assert (nominated.state, nominated.nominated_by, nominated.note) == (State.OPEN, editor, WHY)
    assert "home.nominate" in actions_on(news)


def test_draft_is_not_nominated(noord, editor):
    news = make_news(noord)
    news.unpublish()
    with pytest.raises(NotOnline):
        nominate(news, editor)


def test_what_lies_in_a_region_that_is_offline_is_not_nominated(noord, news, editor):
    noord.unpublish()
    with pytest.raises(NotOnline):
        nominate(news, editor)


def test_only_items_of_regions_are_nominated(home, noord, editor):
    for page in (noord, make_news(home)):
        with pytest.raises(NotAnItem):
            nominate(page, editor)


def test_page_is_nominated_once(news, editor, nominated, national):
    with pytest.raises(AlreadyNominated):
        nominate(news, editor)
    accept(nominated, national)
    with pytest.raises(AlreadyNominated):
        nominate(news, editor)


def test_page_that_was_declined_can_be_nominated_again(news, editor, nominated, national):
    decline(nominated, national, "Nog zonder foto.")
    assert nominate(news, editor).state == State.OPEN


def test_decision_is_made_once(nominated, national):
    accept(nominated, national)
    with pytest.raises(AlreadyDecided):
        decline(nominated, national, "Toch niet.")
    assert state_of(nominated) == State.ACCEPTED
    assert nominated.decided_by == national


def test_decline_needs_an_answer(nominated, national):
    with pytest.raises(AnswerMissing):
        decline(nominated, national, "  ")
    assert state_of(nominated) == State.OPEN


def test_whoever_nominated_gets_the_answer(nominated, national, editor):
    decline(nominated, national, "Mooi, maar nog zonder foto.")
    mail_answer.call(nominated.pk)
    [message] = mail.outbox
    assert message.to == [editor.email]
    assert "Lasrobot" in message.subject
    assert "Mooi, maar nog zonder foto." in message.body


def test_nobody_is_mailed_whose_account_is_off(nominated, national, editor):
    decline(nominated, national, "Nee.")
    editor.is_active = False
    editor.save()
    mail_answer.call(nominated.pk)
    assert not mail.outbox


@pytest.mark.parametrize("accepted", [False, True])
def test_page_that_goes_offline_is_not_nominated_any_more(news, nominated, national, accepted):
    if accepted:
        accept(nominated, national)
    news.unpublish()
    assert state_of(nominated) == State.WITHDRAWN
    assert actions_on(news)[-1] == "home.withdraw_nomination"


def test_withdrawing_what_was_declined_changes_nothing(nominated, national, editor):
    decline(nominated, national, "Nee.")
    with pytest.raises(AlreadyDecided):
        withdraw(nominated, editor)
    assert state_of(nominated) == State.DECLINED


def test_database_refuses_a_second_standing_nomination(news, nominated):
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(page_id=news.pk)


# --- the admin


def test_editor_nominates_from_the_page(noord_client, news):
    edit = reverse("wagtailadmin_pages:edit", args=[news.pk])
    assert reverse("nominate", args=[news.pk]) in noord_client.get(edit).text

    answer = noord_client.post(reverse("nominate", args=[news.pk]), {"note": WHY}, follow=True)

    assert answer.redirect_chain == [(edit, 302)]
    assert "‘Lasrobot’ is voorgedragen." in answer.text
    assert "Landelijk: wacht op antwoord" in " ".join(answer.text.split())
    assert reverse("nominate", args=[news.pk]) not in answer.text
    assert Nomination.objects.get().note == WHY


def test_draft_offers_no_nomination_and_is_refused(noord_client, news):
    news.unpublish()
    address = reverse("nominate", args=[news.pk])
    assert address not in noord_client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).text
    answer = noord_client.post(address, {"note": ""}, follow=True)
    assert "Publiceer de pagina eerst." in answer.text
    assert not Nomination.objects.exists()


def test_nobody_nominates_for_another_region(noord_client, zuid):
    news = make_news(zuid)
    noord_client.post(reverse("nominate", args=[news.pk]), {"note": ""})
    assert noord_client.get(reverse("nominate", args=[news.pk])).status_code == 302
    assert not Nomination.objects.exists()


def test_editor_takes_her_nomination_back(noord_client, nominated):
    noord_client.post(reverse("withdraw_nomination", args=[nominated.pk]))
    assert state_of(nominated) == State.WITHDRAWN


def test_nobody_takes_back_the_nomination_of_another_region(client, django_user_model, nominated):
    client.force_login(django_user_model.objects.get(email="zuid@example.org"))
    client.post(reverse("withdraw_nomination", args=[nominated.pk]))
    assert state_of(nominated) == State.OPEN


def test_national_editor_accepts_from_her_first_screen(national_client, nominated):
    first_screen = reverse("wagtailadmin_home")
    address = reverse("nominations:accept", args=[nominated.pk])
    assert address in national_client.get(first_screen).text

    answer = national_client.post(address, {"next": first_screen}, follow=True)

    assert "staat op de landelijke keuzelijst" in answer.text
    assert address not in answer.text
    assert state_of(nominated) == State.ACCEPTED


def test_national_editor_declines_with_an_answer(national_client, nominated):
    address = reverse("nominations:decline", args=[nominated.pk])
    assert WHY in national_client.get(address).text
    assert national_client.post(address, {"answer": " "}).status_code == 200
    assert state_of(nominated) == State.OPEN
    national_client.post(address, {"answer": "Nog zonder foto."})
    assert (state_of(nominated), nominated.answer) == (State.DECLINED, "Nog zonder foto.")


def test_decision_that_comes_too_late_says_so(national_client, nominated, national):
    accept(nominated, national)
    answer = national_client.post(reverse("nominations:decline", args=[nominated.pk]), {"answer": "Nee."}, follow=True)
    assert "Over deze voordracht is al beslist." in answer.text
    assert state_of(nominated) == State.ACCEPTED


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_regional_editor_decides_nothing(noord_client, nominated, name):
    noord_client.post(reverse(f"nominations:{name}", args=[nominated.pk]), {"answer": "Ja!"})
    assert noord_client.get(reverse("nominations:index")).status_code == 302
    assert state_of(nominated) == State.OPEN


@pytest.mark.parametrize("name", ["accept", "nominate", "withdraw_nomination"])
def test_looking_changes_nothing(national_client, noord, editor, nominated, name):
    other = make_news(noord)
    address = reverse("nominate", args=[other.pk]) if name == "nominate" else ""
    address = address or reverse("nominations:accept" if name == "accept" else name, args=[nominated.pk])
    national_client.get(address)
    assert state_of(nominated) == State.OPEN
    assert Nomination.objects.count() == 1


def test_accepting_leads_back_to_where_the_button_stood(national_client, nominated):
    first_screen = national_client.get(reverse("wagtailadmin_home")).text
    assert f'name="next" value="{reverse("wagtailadmin_home")}"' in first_screen
    filtered = national_client.get(reverse("nominations:index_results"), {"state": State.OPEN}).text
    accept = reverse("nominations:accept", args=[nominated.pk])
    assert accept in filtered
    assert 'name="next"' not in filtered
    assert national_client.post(accept).url == reverse("nominations:index")


def test_queue_costs_the_same_for_more(national_client, noord, zuid, editor, count_queries):
    addresses = [reverse("nominations:index"), reverse("wagtailadmin_home")]
    for region in (noord, zuid):
        nominate(make_news(region), editor)
    few = [count_queries(national_client, address) for address in addresses]
    for region in (noord, zuid):
        nominate(make_news(region), editor)
    assert [count_queries(national_client, address) for address in addresses] == few
