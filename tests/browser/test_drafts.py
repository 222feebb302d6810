"""What isn't published shows nowhere."""

LISTS = ("/", "/nieuws/", "/feeds/atom", "/feeds/rss", "/sitemap.xml", "/zoeken/?q=versie+van+zeeland")


def test_draft_shows_nowhere_on_the_site(zeeland, page, zeeland_news):
    section = zeeland_news["meta"]["html_path"]
    zeeland.write_news(zeeland_news["id"], "Kladversie van Zeeland")
    zeeland.save_draft()
    zeeland.write_news(zeeland_news["id"], "Schone versie van Zeeland")
    zeeland.complete()
    zeeland.publish()

    assert page.request.get(f"{section}kladversie-van-zeeland/").status == 404
    for path in (section, *LISTS):
        shown = page.request.get(path).text()
        assert "kladversie" not in shown.lower(), path
    assert "Schone versie" in page.request.get(section).text()
