"""What it takes to make each screen that editors work with, measured in this process."""

import json
import statistics
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from home.nomination import accept, nominate
from regions.models import NewsIndexPage, NewsPage, RegionPage
from regions.people.invitations import invite
from regions.rights import NATIONAL_GROUP

from .rows import LARGE
from .servers import cpu_seconds

ROUNDS = 7
EDITORS_PER_REGION = 2
DRAFTS = 500
NOMINATIONS = 300
YARDSTICK = "Wagtail's own: pages below the news of a large region"


def main(database_pid: str = "") -> None:
    """Prints a list of ``[screen, ms of CPU here, ms of CPU of the database, queries, against the yardstick]``."""
    national, regional = people()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the documents came after the one of benchmarks.rows
    screens = {
        YARDSTICK: (national, reverse("wagtailadmin_explore", args=[news_of_large_region().pk])),
        "Mijn regio, of a large region": (regional, reverse("wagtailadmin_home")),
        "first screen of a national editor": (national, reverse("wagtailadmin_home")),
        "nominations": (national, reverse("nominations:index")),
        "report of all regions": (national, reverse("activity_report")),
        "report of all regions, as CSV": (national, reverse("activity_report") + "?export=csv"),
        "report of all regions, as XLSX": (national, reverse("activity_report") + "?export=xlsx"),
        "people": (national, reverse("people:index")),
        "invitations": (national, reverse("people:invitations")),
        "all news": (national, "/admin/nieuws/"),
        "all events": (national, "/admin/agenda/"),
        "news of a large region": (regional, "/admin/nieuws/"),
        "choosing a page for the homepage": (national, reverse("item_chooser:choose")),
        "choosing a page, by words": (national, reverse("item_chooser:choose_results") + "?q=bericht+van"),
        "form of the homepage": (national, reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk])),
    }
    measured = [(name, *measure(screen, database_pid)) for name, screen in screens.items()]
    yardstick = sum(measured[0][1:3])
    print(json.dumps([(*screen, (screen[1] + screen[2]) / yardstick) for screen in measured]))


def news_of_large_region() -> NewsIndexPage:
    return NewsIndexPage.objects.child_of(RegionPage.objects.get(slug=LARGE)).get()


@transaction.atomic
def people() -> tuple[Client, Client]:
    """Fill the site with what people do; gives browsers of a national editor and of one of the large region."""
    national = person("landelijk@example.org", Group.objects.get(name=NATIONAL_GROUP))
    for region in RegionPage.objects.select_related("access__group"):
        for number in range(EDITORS_PER_REGION):
            person(f"redactie-{number}@{region.slug}.example.org", region.access.group)
        invite(region, f"nieuw@{region.slug}.example.org", by=national)
    news = NewsPage.objects.order_by("-date", "pk")
    for number, page in enumerate(news[:NOMINATIONS]):
        nomination = nominate(page, national, "Ook buiten de regio de moeite waard.")
        if number % 3 == 0:
            accept(nomination, national)
    for page in news[NOMINATIONS : NOMINATIONS + DRAFTS]:
        page.title += ", met meer"
        page.save_revision(user=national)
    regional = get_user_model().objects.get(email=f"redactie-0@{LARGE}.example.org")
    return browser(national), browser(regional)


def person(email: str, group: Group):
    person = get_user_model().objects.create_user(email, last_login=timezone.now())
    person.groups.add(group)
    return person


def browser(person) -> Client:
    client = Client(SERVER_NAME=urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname)
    client.force_login(person)
    return client


def open_screen(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status_code}")
    b"".join(answer)  # an export is made while it is read


def measure(screen: tuple[Client, str], database_pid: str) -> tuple[float, float, int]:
    """Milliseconds of CPU here and in the database, medians; and the number of queries."""
    open_screen(*screen)  # fills the caches
    rounds = []
    for _ in range(ROUNDS):
        here, database = time.process_time(), database_seconds(database_pid)
        open_screen(*screen)
        rounds.append((time.process_time() - here, database_seconds(database_pid) - database))
    with CaptureQueriesContext(connection) as queries:
        open_screen(*screen)
    here, database = (1_000 * statistics.median(each) for each in zip(*rounds, strict=True))
    return here, database, len(queries)


def database_seconds(pid: str) -> float:
    return cpu_seconds(int(pid)) if pid else 0.0
