"""What lies below a region that is offline, or not published yet, is not public."""

from regions.models import RegionIndexPage, RegionPage
from tests.factories import make_news


def test_region_that_is_a_draft_shows_nothing_of_itself(client, api, noord):
    draft = RegionIndexPage.objects.get().add_child(instance=RegionPage(title="Later", slug="later", live=False))

    assert "later" not in str(api("pages/?limit=50")).lower()
    assert api("pages/?search=later")["meta"]["total_count"] == 0
    section = draft.get_children().first()
    api(f"pages/{section.pk}/", status=404)
    api("pages/find/?html_path=/regio/later/nieuws/", status=404)

    draft.save_revision().publish()

    assert api("pages/?region=later")["meta"]["total_count"] == 4


def test_region_that_goes_offline_takes_its_pages_along(client, api, home, zuid):
    page = make_news(zuid, "Verborgen")
    linking = make_news(home, body=[("text", f'<p><a linktype="page" id="{page.pk}">lees</a></p>')])
    assert "href" in str(api(f"pages/{linking.pk}/"))

    zuid.unpublish()

    api(f"pages/{page.pk}/", status=404)
    assert "region" in api("pages/?region=zuid", status=400)["message"]
    assert "Verborgen" not in str(api("pages/?limit=50"))
    assert "href" not in str(api(f"pages/{linking.pk}/")["body"])

    RegionPage.objects.get(pk=zuid.pk).save_revision().publish()

    assert api(f"pages/{page.pk}/")["region"]["slug"] == "zuid"
