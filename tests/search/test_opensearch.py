"""With an address in SEARCH_URL visitors search by an OpenSearch, and nobody else notices whether it is there.

The server is one of our own (``opensearch_server``): it shows what is sent and what becomes of answers, not what the
real one makes of Dutch.
"""

import base64
import logging
from threading import Event
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from agenda.models import ProgrammeRow
from cms.opensearch import backend_at
from search import engines, hits, opensearch, query, time_limit
from search.models import ChangedPage
from search.scope import searched_now
from search.tasks import tell_opensearch, tell_what_changed
from tests.factories import make_draft, make_event, make_news
from tests.regions.test_editing import add_url, news_form

from .opensearch_server import OpenSearchServer, Refusal

pytestmark = pytest.mark.django_db
PAGES = "sto_wagtailcore_page"


@pytest.fixture
def new_server(settings):
    """A server that has no index yet."""
    with OpenSearchServer() as server:
        settings.WAGTAILSEARCH_BACKENDS = {**settings.WAGTAILSEARCH_BACKENDS, "opensearch": backend_at(server.url)}
        opensearch.backend.cache_clear()
        yield server
        opensearch.backend().es.close()
    opensearch.backend.cache_clear()


@pytest.fixture
def server(new_server, db):
    call_command("wagtail_update_index", backend_name="opensearch", verbosity=0)
    return new_server


@pytest.fixture
def search(api, forget_answers):
    """``search("zonnepaneel", type="regions.NewsPage")`` gives the parsed answer; one that isn't kept."""

    def ask(q, status=200, **parameters):
        forget_answers()
        return api(f"search/?{urlencode({'q': q, **parameters})}", status)

    return ask


def titles(answer):
    return [item["title"] for item in answer["items"]]


def work():
    """What the worker does next, if it has been told to."""
    waiting = DBTaskResult.objects.ready().filter(task_path=tell_opensearch.module_path)
    if waiting.exists():
        waiting.delete()
        tell_opensearch.call()


def be_away(handler):
    raise Refusal(503, "cluster_block_exception", "the cluster is on fire")


def test_index_knows_dutch_and_has_the_columns_that_are_asked(server):
    index = server.index(PAGES)
    analysis = index.settings["settings"]["analysis"]
    assert analysis["analyzer"]["default"]["filter"] == ["lowercase", "asciifolding", "dutch_stems"]
    assert analysis["filter"]["dutch_stems"] == {"type": "stemmer", "language": "dutch"}
    # modelsearch's own are still there.
    assert "edgengram_analyzer" in analysis["analyzer"]
    for column in ("title", "cms_basepage__summary"):
        assert index.properties[column]["type"] == "text"
        assert "_all_text" in index.properties[column]["copy_to"]
        assert "analyzer" not in index.properties[column]
    assert index.properties["live_filter"] == {"type": "boolean"}
    assert index.properties["id_filter"] == {"type": "integer"}
    assert index.properties["title_edgengrams"]["analyzer"] == "edgengram_analyzer"


def test_page_is_found_once_the_worker_told_of_it_and_no_longer_than_it_is_public(server, search, noord):
    page = make_news(noord, "Lasrobot in de klas")
    assert titles(search("lasrobot")) == []
    work()
    assert titles(search("lasrobot")) == ["Lasrobot in de klas"]
    page.unpublish()
    # The server doesn't know yet.
    assert server.index(PAGES).documents[str(page.pk)]["live_filter"] is True
    assert titles(search("lasrobot")) == []
    work()
    assert server.index(PAGES).documents[str(page.pk)]["live_filter"] is False
    page.delete()
    work()
    assert str(page.pk) not in server.index(PAGES).documents
    assert not ChangedPage.objects.exists()


def test_draft_is_no_change(server, noord):
    page = make_news(noord, "Lasrobot")
    work()
    make_draft(page, title="Freesmachine")
    assert not ChangedPage.objects.exists()


def test_what_is_asked(server, search, noord):
    make_news(noord, "Twee scholen")
    work()
    answer = search("Schölen")
    assert titles(answer) == ["Twee scholen"]
    assert answer["items"][0]["highlight"]["title"] == "Twee <mark>scholen</mark>"
    [question] = server.asked
    words = question["query"]["bool"]["must"]["bool"]["must"][0]["bool"]["should"][0]["bool"]["must"][0]
    stem, *beginnings = words["bool"]["should"]
    assert stem["multi_match"] == {
        "query": "scholen",
        "fields": ["title^10", "cms_basepage__summary^4", "_all_text^2"],
    }
    asked = [(column, one["value"]) for beginning in beginnings for column, one in beginning["prefix"].items()]
    assert ("title", "school") in asked
    assert ("title", "scholen") not in asked
    assert question["query"]["bool"]["filter"] == {"term": {"live_filter": True}}
    assert (question["size"], question["sort"]) == (hits.MOST, [{"id_filter": "desc"}])


def test_title_weighs_more_than_summary_and_summary_more_than_the_rest(server, search, noord):
    make_news(noord, "Gereedschap", body=[("text", "<p>Met een lasrobot.</p>")])
    make_news(noord, "Machines", summary="Over een lasrobot.")
    make_news(noord, "Lasrobot")
    work()
    assert titles(search("lasrobot")) == ["Lasrobot", "Machines", "Gereedschap"]


def test_all_words_have_to_be_there_or_else_some(server, search, noord):
    make_news(noord, "Lasrobot in de klas")
    make_news(noord, "Lasrobot op de beurs")
    work()
    assert titles(search("lasrobot klas")) == ["Lasrobot in de klas"]
    assert len(titles(search("lasrobot walvis"))) == 2


def test_filters_are_those_of_the_documents(server, search, noord, zuid):
    make_news(noord, "Lasrobot in Noord")
    make_news(zuid, "Lasrobot in Zuid")
    work()
    answer = search("lasrobot", region="zuid")
    assert titles(answer) == ["Lasrobot in Zuid"]
    assert {value["value"]: value["count"] for value in answer["facets"]["region"]} == {"noord": 1, "zuid": 1}


def test_more_than_the_server_gives_at_a_time(server, search, noord, zuid, monkeypatch):
    monkeypatch.setattr(hits, "MOST", 2)
    for region in (noord, zuid, zuid, zuid):
        make_news(region, f"Lasrobot in {region.title}")
    work()
    with time_limit.time_limit():
        found = engines.engine().match(searched_now().of_regions([noord.pk]), query.read("lasrobot", []))
    assert [hit.region for hit in found] == [noord.pk]
    assert [question.get("search_after") is not None for question in server.asked] == [False, True, True]


def test_programme_of_an_event_is_found(server, search, noord):
    event = make_event(noord, title="Open dag")
    event.programme.add(ProgrammeRow(title="Demonstratie lasrobot"))
    event.save_revision().publish()
    work()
    [row] = server.index(PAGES).documents[str(event.pk)]["agenda_eventpage__programme"]
    assert "Demonstratie lasrobot" in row.values()


def test_suggestions(server, api, noord):
    make_news(noord, "Lasrobot in de klas")
    hidden = make_news(noord, "Lasser gezocht")
    work()
    hidden.unpublish()
    assert [item["title"] for item in api("search/suggest/?q=las")["items"]] == ["Lasrobot in de klas"]
    assert server.asked[-1]["query"]["bool"]["must"] == {
        "match": {"title_edgengrams": {"query": "las", "operator": "and"}}
    }
    api(f"search/suggest/?q={'elektrotechniek' * 2}")
    assert server.asked[-1]["query"]["bool"]["must"]["match"]["title_edgengrams"]["query"] == "elektrotechniek"


def hang(handler):
    handler.server.closing.wait(60)


def talk_nonsense(handler):
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n"
    handler.wfile.write(head + b"<p>Hallo")
    raise ConnectionAbortedError


def lose_the_index(handler):
    handler.server.aliases.clear()


def ask_for_other_credentials(handler):
    raise Refusal(401, "security_exception")


def be_something_else(handler):
    raise Refusal(200, "other_service")


TROUBLES = [be_away, hang, talk_nonsense, lose_the_index, ask_for_other_credentials, be_something_else]


@pytest.mark.parametrize("door", ["search/?q=lasrobot", "search/suggest/?q=las"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_with_the_server_is_told_and_over_when_it_is_over(
    server, api, noord, door, trouble, caplog, monkeypatch
):
    make_news(noord, "Lasrobot in de klas")
    work()
    aliases = dict(server.aliases)
    monkeypatch.setattr(time_limit, "SECONDS", 0.3)
    server.behave = trouble
    caplog.clear()
    answer = api(door, 503)
    assert answer["code"] == "search_away"
    assert answer["detail"] == "Zoeken kan nu even niet. Probeer het over een minuut nog eens."
    [logged] = [record for record in caplog.records if record.name == "search.opensearch"]
    assert (logged.levelno, "OpenSearch doesn't answer" in logged.message) == (logging.ERROR, True)
    server.behave, server.aliases = (lambda handler: None), aliases
    assert titles(api(door)) == ["Lasrobot in de klas"]


def test_all_that_is_asked_for_one_answer_has_one_limit(server, api, noord, monkeypatch):
    """Here of all words and of some, which takes longer than it may together."""
    make_news(noord, "Lasrobot in de klas")
    work()
    monkeypatch.setattr(time_limit, "SECONDS", 0.6)
    assert api("search/?q=lasrobto+xylofoon")["did_you_mean"] == "lasrobot xylofoon"
    caches["answers"].clear()
    server.behave = lambda handler: Event().wait(0.4)
    assert api("search/?q=lasrobto+xylofoon", 503)["code"] == "search_away"


def test_slow_question_is_not_corrected(server, api, noord, monkeypatch):
    make_news(noord, "Lasrobot in de klas")
    work()
    monkeypatch.setattr(time_limit, "SECONDS", 0.6)
    server.behave = lambda handler: Event().wait(0.4)
    assert api("search/?q=lasrobto")["did_you_mean"] is None


def test_server_that_refuses_is_not_asked_again(server, api):
    refused = []

    def refuse(handler):
        refused.append(handler.path)
        be_away(handler)

    server.behave = refuse
    api("search/?q=lasrobot", 503)
    assert len(refused) == 1


def test_server_that_is_not_there(server, api):
    server.shutdown()
    server.server_close()
    assert api("search/?q=lasrobot", 503)["code"] == "search_away"


def test_editors_publish_and_search_while_the_server_hangs(server, search, noord, noord_client):
    requests = []

    def be_slow(handler):
        requests.append(handler.path)
        hang(handler)

    server.behave = be_slow
    response = noord_client.post(add_url(noord), news_form(title="Lasrobot in de klas") | {"action-publish": "1"})
    assert response.status_code == 302
    found = noord_client.get("/admin/pages/search/?q=lasrobot")
    assert "Lasrobot in de klas" in found.content.decode()
    assert requests == []
    server.behave = be_away
    work()
    assert ChangedPage.objects.exists()
    server.behave = lambda handler: None
    assert titles(search("lasrobot")) == []
    tell_what_changed()  # as the clock does each minute
    work()
    assert titles(search("lasrobot")) == ["Lasrobot in de klas"]
    assert not ChangedPage.objects.exists()


def test_worker_is_told_once(server, noord):
    make_news(noord)
    make_news(noord)
    tell_what_changed()
    assert DBTaskResult.objects.ready().filter(task_path=tell_opensearch.module_path).count() == 1


def test_page_that_the_server_refuses_holds_up_no_other(server, search, noord, caplog):
    refused = make_news(noord, "Een onverteerbaar bericht over een lasrobot")
    make_news(noord, "Lasrobot in de klas")
    work()
    assert titles(search("lasrobot")) == ["Lasrobot in de klas"]
    assert f"OpenSearch can't hold pages ['{refused.pk}']" in caplog.text
    assert not ChangedPage.objects.exists()


def test_page_that_the_server_has_no_room_for_waits(server, search, noord, caplog):
    make_news(noord, "Lasrobot die nu even niet past")
    work()
    assert "too many" in caplog.text
    assert "Lasrobot" not in caplog.text
    assert ChangedPage.objects.exists()


def test_server_without_index_gets_no_page_that_would_make_a_wrong_one(new_server, search, noord, caplog):
    make_news(noord, "Lasrobot in de klas")
    work()
    assert new_server.indexes == {}
    assert "wagtail_update_index" in caplog.text
    search("lasrobot", 503)
    call_command("wagtail_update_index", backend_name="opensearch", verbosity=0)
    assert titles(search("lasrobot")) == ["Lasrobot in de klas"]


def test_answer_is_not_kept_until_the_next_change(server, api, noord):
    make_news(noord, "Lasrobot in de klas")
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as now:
        assert titles(api("search/?q=lasrobot")) == []
        work()
        now.shift(engines.BEHIND)
        assert titles(api("search/?q=lasrobot")) == ["Lasrobot in de klas"]


def test_user_and_password_are_those_of_the_address(server):
    expected = base64.b64encode(b"cms:geheim/woord").decode()
    assert server.credentials == {f"Basic {expected}"}


def test_without_address_nothing_waits(noord):
    make_news(noord)
    assert not ChangedPage.objects.exists()
