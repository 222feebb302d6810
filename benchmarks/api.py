"""The pages API against stock Wagtail v2, on the same rows in the same process: CPU time and queries per request.

``make bench`` runs it on the database of ``DATABASE_URL`` (SQLite when unset), in a test database that is thrown away.
Medians of interleaved runs, after a warm-up; trust the ratios within one run.
"""

import datetime
import os
import statistics
import time
from collections.abc import Callable

import django

RUNS = 30
PAGES = 1_000
REGIONS = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        build_rows()
        print(f"{connection.vendor}, {PAGES} news items in {REGIONS} regions, medians of {RUNS} runs\n")
        print(f"{'':34}{'ours':>18}{'stock v2':>18}{'ratio':>9}")
        for name, ours, stock in cases():
            report(name, ours, stock)
    finally:
        teardown_databases(databases, verbosity=0)


def build_rows() -> None:
    from cms.models import Theme
    from home.structure import build_site
    from tests.factories import make_image, make_news, make_region

    build_site()
    themes = list(Theme.objects.all()[:2])
    for number in range(REGIONS):
        region = make_region(f"Regio {number}", slug=f"regio-{number}")
        image = make_image(f"Foto {number}")
        for item in range(PAGES // REGIONS):
            date = datetime.date(2025, 1, 1) + datetime.timedelta(days=item)
            body = [("text", "<p>Een alinea tekst.</p>" * 4), ("quote", {"text": "Mooi", "attribution": "Leerling"})]
            make_news(region, date=date, summary="Een samenvatting. " * 5, image=image, themes=themes, body=body)


def cases() -> list[tuple[str, Callable, Callable]]:
    from django.template.response import SimpleTemplateResponse
    from django.test import RequestFactory
    from wagtail.api.v2.router import WagtailAPIRouter
    from wagtail.api.v2.views import PagesAPIViewSet as StockViewSet

    from cms.api.pages import PagesAPIViewSet
    from regions.models import NewsPage

    def requester(viewset, query, pk=None):
        router = WagtailAPIRouter("api")
        router.register_endpoint("pages", viewset)
        view = viewset.as_view({"get": "detail_view" if pk else "listing_view"})
        arguments = {"pk": pk} if pk else {}

        def request():
            http_request = RequestFactory().get(f"/api/v2/pages/?{query}", headers={"host": "cms.test"})
            http_request.wagtailapi_router = router
            response = view(http_request, **arguments)
            if isinstance(response, SimpleTemplateResponse):
                response.render()

        return request

    one = NewsPage.objects.order_by("pk")[PAGES // 2].pk
    newest = "type=regions.NewsPage&order=-date&limit=20"
    return [
        ("20 cards of every kind", requester(PagesAPIViewSet, "limit=20"), requester(StockViewSet, "limit=20")),
        ("20 newest cards of one kind", requester(PagesAPIViewSet, newest), requester(StockViewSet, newest)),
        (
            "20 items with all fields",
            requester(PagesAPIViewSet, f"{newest}&fields=*"),
            requester(StockViewSet, f"{newest}&fields=*"),
        ),
        ("one item", requester(PagesAPIViewSet, "", one), requester(StockViewSet, "", one)),
    ]


def report(name: str, ours: Callable, stock: Callable) -> None:
    sides = (ours, stock)
    for side in sides:
        side()
    queries = [count_queries(side) for side in sides]
    times = ([], [])
    for _ in range(RUNS):
        for side, measured in zip(sides, times, strict=True):
            start = time.process_time()
            side()
            measured.append(time.process_time() - start)
    medians = [statistics.median(measured) * 1_000 for measured in times]
    cells = [f"{median:8.1f} ms {count:3d} q" for median, count in zip(medians, queries, strict=True)]
    print(f"{name:34}{cells[0]:>18}{cells[1]:>18}{medians[0] / medians[1]:>8.2f}×")


def count_queries(side: Callable) -> int:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()  # the log of a development database is cut off when it is full
    with CaptureQueriesContext(connection) as queries:
        side()
    return len(queries)


if __name__ == "__main__":
    main()
