"""A site of any size, put in the database in bulk.

News in 78 regions, with some events and stories among it. One region is large, one has been quiet for years. An item
has what it has in practice: a picture of its own in all sizes, four blocks, two themes, a link to another page.
"""

import datetime
import json
import uuid
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Collection, Page, ReferenceIndex

from agenda.models import AgendaIndexPage, EventPage, ProgrammeRow
from cms import documents
from cms.models import BasePage, Image, Theme
from cms.models.images import Rendition
from cms.renditions import missing_sizes
from cms.tree import add_live
from home.models import HomePage
from home.structure import build_site
from inspiration.models import InspirationIndexPage, StoryPage
from regions.models import NewsIndexPage, NewsPage, RegionIndexPage, RegionPage

from . import texts

REGIONS = 78
LARGE, LARGE_SIZE = "regio-40", 1_300
QUIET, QUIET_SIZE = "regio-78", 5
FIRST_DAY, DAYS = datetime.date(2021, 1, 1), 5 * 365
QUIET_DAY = datetime.date(2019, 6, 1)
AHEAD = datetime.timedelta(days=3 * 365)
"""How long before an event begins it is announced; long, so that a part of all events is still to come."""
BATCH = 500

SECTIONS = {NewsPage: NewsIndexPage, EventPage: AgendaIndexPage, StoryPage: InspirationIndexPage}
BLOCK_IDS = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"block {place}")) for place in range(4)]
SENTENCE = "Leerlingen bouwen, meten en proberen in het techlab, samen met bedrijven uit de buurt. "


@dataclass
class Item:
    """What goes into several tables.

    ``page`` is its row among all pages, ``linked`` what its text links to, ``blocks`` its body as it is stored.
    """

    page: Page
    day: datetime.date
    image: Image
    linked: Page
    blocks: list[dict]


def main(pages: str) -> None:
    """Let the site grow to so many items, whose documents are still to be rendered; prints ``places``."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        grow(int(pages))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # without it the planner thinks that all tables are still empty
        documents.follow_subtree(Page.get_first_root_node())
    print(json.dumps(places()))


def grow(total: int) -> None:
    if not HomePage.objects.exists():
        build_site()
        index = RegionIndexPage.objects.get()
        for number in range(1, REGIONS + 1):
            add_live(index, RegionPage(title=texts.region(number), slug=f"regio-{number}"))
    for slug, size in sizes(total).items():
        region = RegionPage.objects.get(slug=slug)
        existing = sum(model.objects.descendant_of(region).count() for model in SECTIONS)
        kinds: dict[type[BasePage], list[int]] = {model: [] for model in SECTIONS}
        for number in range(existing, size):
            kinds[EventPage if number % 20 == 7 else StoryPage if number % 20 == 13 else NewsPage].append(number)
        for model, numbers in kinds.items():
            for start in range(0, len(numbers), BATCH):
                add_items(region, model, numbers[start : start + BATCH])


def sizes(total: int) -> dict[str, int]:
    """How many items each region has, by slug."""
    sizes = {LARGE: min(LARGE_SIZE, total // 2), QUIET: QUIET_SIZE}
    ordinary = {f"regio-{number}" for number in range(1, REGIONS + 1)} - sizes.keys()
    share, rest = divmod(total - sum(sizes.values()), len(ordinary))
    return sizes | {slug: share + (place < rest) for place, slug in enumerate(sorted(ordinary))}


def add_items(region: RegionPage, model: type[BasePage], numbers: list[int]) -> None:
    section = Page.objects.get(pk=SECTIONS[model].objects.child_of(region).get().pk)
    days = [QUIET_DAY if region.slug == QUIET else FIRST_DAY + datetime.timedelta(n * 47 % DAYS) for n in numbers]
    titles = [texts.title(f"{model._meta.verbose_name.capitalize()} {number} van {region.title}") for number in numbers]
    pages = add_pages(section, model, titles, days)
    items = [
        Item(page, day, image, section, blocks_of(image, section, texts.text(page.title)))
        for page, day, image in zip(pages, days, add_images(titles), strict=True)
    ]
    insert(
        BasePage,
        [BasePage(page_ptr_id=item.page.pk, date=item.day, summary=SENTENCE * 3, image=item.image) for item in items],
    )
    insert(model, [of_type(model, item) for item in items])
    add_themes(items)
    if model is EventPage:
        add_programmes(items)
    add_references(model, items)


def add_pages(section: Page, model: type[BasePage], titles: list[str], days: list[datetime.date]) -> list[Page]:
    """The rows in Wagtail's own table, below what ``section`` already has."""
    content_type = ContentType.objects.get_for_model(model)
    pages = []
    for place, (title, day) in enumerate(zip(titles, days, strict=True), start=section.numchild + 1):
        slug = f"bericht-{place}"
        moment = at(day, 9)
        page = Page(
            path=Page._get_path(section.path, section.depth + 1, place),
            depth=section.depth + 1,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{section.url_path}{slug}/",
            content_type=content_type,
            locale_id=section.locale_id,
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
        )
        pages.append(page)
    Page.objects.filter(pk=section.pk).update(numchild=section.numchild + len(pages))
    return Page.objects.bulk_create(pages)


def insert(model: type[Model], instances: list[Model]) -> None:
    """Insert into the table of ``model`` alone; ``bulk_create`` refuses a model that adds to the table of another."""
    if instances:
        query = InsertQuery(model)
        query.insert_values(model._meta.local_concrete_fields, instances)
        query.get_compiler(connection=connection).execute_sql()


def of_type(model: type[BasePage], item: Item) -> BasePage:
    fields = {}
    if model is EventPage:
        day = item.day + AHEAD
        fields = {"start": at(day, 13), "end": at(day, 17), "venue": "Techlab", "city": "Utrecht"}
    return model(basepage_ptr_id=item.page.pk, body=json.dumps(item.blocks), **fields)


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def blocks_of(image: Image, linked: Page, text: str) -> list[dict]:
    link = f'<a linktype="page" id="{linked.pk}">ander nieuws</a>'
    values = [
        ("text", f"<h2>In het techlab</h2><p>{text}</p><p>Zie ook {link}.</p>"),
        ("image", {"image": {"image": image.pk, "alt_text": "Aan het werk", "decorative": False}, "caption": "Samen"}),
        ("quote", {"text": SENTENCE, "attribution": "Leerling uit klas 3"}),
        ("text", f"<p>{SENTENCE}</p><ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>"),
    ]
    return [{"type": kind, "value": value, "id": BLOCK_IDS[place]} for place, (kind, value) in enumerate(values)]


def add_images(titles: list[str]) -> list[Image]:
    """Pictures and their sizes, without files: nobody asks for these."""
    collection = Collection.get_first_root_node()
    images = Image.objects.bulk_create(
        Image(
            title=title,
            description=f"Foto bij {title}",
            credit="Fotograaf",
            file="original_images/foto.jpg",
            width=1600,
            height=1020,
            collection=collection,
        )
        for title in titles
    )
    sizes = missing_sizes(images[0]) if images else []
    Rendition.objects.bulk_create((rendition(image, spec) for image in images for spec in sizes), batch_size=BATCH)
    return images


def rendition(image: Image, spec: str) -> Rendition:
    size, form = (part.split("-")[1] for part in spec.split("|"))
    name = f"images/foto.{size}.{form}"
    width, _, height = size.partition("x")
    return Rendition(
        image=image,
        filter_spec=spec,
        focal_point_key="",
        file=name,
        width=int(width),
        height=int(height or int(width) * image.height // image.width),
    )


def add_themes(items: list[Item]) -> None:
    """Two for each item, the same for all of a section."""
    themes = list(Theme.objects.values_list("pk", flat=True))
    filing = BasePage.themes.through
    filing.objects.bulk_create(
        filing(basepage_id=item.page.pk, theme_id=themes[(item.linked.pk + step) % len(themes)])
        for item in items
        for step in (0, 3)
    )


def add_programmes(items: list[Item]) -> None:
    ProgrammeRow.objects.bulk_create(
        ProgrammeRow(
            event_id=item.page.pk,
            sort_order=order,
            start=at(item.day + AHEAD, 13 + order),
            kind=ProgrammeRow.Kind.WORK_SESSION,
            title="Aan de slag",
            text=f"<p>{SENTENCE}</p>",
        )
        for item in items
        for order in range(4)
    )


def add_references(model: type[BasePage], items: list[Item]) -> None:
    """What Wagtail notes of each item when it is saved."""
    types = {"content_type": ContentType.objects.get_for_model(model)}
    types["base_content_type"] = page_type = ContentType.objects.get_for_model(Page)
    image_type = ContentType.objects.get_for_model(Image)
    rows = []
    for item in items:
        for to, to_id, model_path, content_path in (
            (image_type, item.image.pk, "image", "image"),
            (image_type, item.image.pk, "body.image.image", f"body.{BLOCK_IDS[1]}.image"),
            (page_type, item.linked.pk, "body.text", f"body.{BLOCK_IDS[0]}"),
        ):
            rows.append(
                ReferenceIndex(
                    **types,
                    object_id=str(item.page.pk),
                    to_content_type=to,
                    to_object_id=str(to_id),
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=uuid.uuid5(uuid.NAMESPACE_OID, content_path),
                )
            )
    ReferenceIndex.objects.bulk_create(rows, batch_size=BATCH)


def places() -> dict[str, int | str]:
    """Where requests go: a page in the middle of the site, two regions, and how many items there are to list."""
    news = NewsPage.objects.descendant_of(RegionPage.objects.get(slug="regio-39"))
    page = news.order_by("path")[news.count() // 2]
    return {
        "page": page.pk,
        "path": page.url_path.removeprefix(HomePage.objects.get().url_path.rstrip("/")),
        "large": LARGE,
        "large_id": RegionPage.objects.get(slug=LARGE).pk,
        "quiet": QUIET,
        "quiet_id": RegionPage.objects.get(slug=QUIET).pk,
        "items": sum(model.objects.count() for model in SECTIONS),
    }
