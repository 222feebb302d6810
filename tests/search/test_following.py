"""What is found follows what editors do, at once."""

import pytest

from agenda.models import ProgrammeRow
from regions.models import NewsDownload
from search.models import Synonym
from tests.factories import make_document, make_event, make_news

pytestmark = pytest.mark.django_db
ADD = "/admin/snippets/search/synonym/add/"


def titles(api, question):
    return [item["title"] for item in api(f"search/?q={question}")["items"]]


def test_national_editor_tells_what_means_the_same(national_client, api, noord):
    make_news(noord, title="Bezoek van het primair onderwijs")
    assert titles(api, "basisschool") == []

    alone = national_client.post(ADD, {"phrases": "basisschool"})
    assert "Noem er minstens twee" in alone.content.decode()
    national_client.post(ADD, {"phrases": "basisschool, primair onderwijs"})

    assert titles(api, "basisschool") == ["Bezoek van het primair onderwijs"]
    Synonym.objects.get().delete()
    assert titles(api, "basisschool") == []


def test_regional_editor_does_not(noord_client):
    noord_client.post(ADD, {"phrases": "basisschool, primair onderwijs"})

    assert not Synonym.objects.exists()


def test_programme_of_an_event_is_found_once_it_is_published(noord, api):
    event = make_event(noord, title="Open dag")
    event.programme.add(ProgrammeRow(title="Demonstratie lasrobot"))
    event.save_revision().publish()

    assert titles(api, "lasrobot") == ["Open dag"]


def test_word_that_two_lines_explain_means_what_both_say(noord, api):
    make_news(noord, title="Bezoek van het primair onderwijs")
    make_news(noord, title="Op de basisschool")
    Synonym.objects.create(phrases="po, primair onderwijs")
    Synonym.objects.create(phrases="po, basisschool")

    assert set(titles(api, "po")) == {"Bezoek van het primair onderwijs", "Op de basisschool"}


def test_file_that_is_renamed_is_found_by_its_new_name(noord, api):
    file = make_document("Lesbrief")
    make_news(noord, title="Aan de slag", body=[("download", {"document": file, "title": ""})])
    assert titles(api, "lesbrief") == ["Aan de slag"]

    file.title = "Handleiding"
    file.save()
    assert (titles(api, "lesbrief"), titles(api, "handleiding")) == ([], ["Aan de slag"])


@pytest.mark.parametrize("place", ["body", "downloads"])
def test_file_that_is_deleted_is_not_found(noord, api, place):
    file = make_document("Lesbrief")
    body = [("download", {"document": file, "title": ""})] if place == "body" else []
    page = make_news(noord, title="Aan de slag", body=body)
    if place == "downloads":
        page.downloads = [NewsDownload(document=file)]
        page.save_revision().publish()
    assert titles(api, "lesbrief") == ["Aan de slag"]

    file.delete()
    assert (titles(api, "lesbrief"), titles(api, "slag")) == ([], ["Aan de slag"])
