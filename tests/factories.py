"""Content for tests, made the way editors and imports make it."""

import datetime
import io
import itertools

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from agenda.models import AgendaIndexPage, EventPage
from cms.tree import add_live
from home.models import FaqCategory, FaqIndexPage, FaqPage
from inspiration.models import InspirationIndexPage, SeriesPage, StoryPage
from newsletter.models import NewsletterIndexPage, NewsletterPage
from regions.models import NewsIndexPage, NewsPage, RegionIndexPage, RegionPage

numbers = itertools.count(1)


def make_region(title, **fields):
    return add_live(RegionIndexPage.objects.get(), RegionPage(title=title, **fields))


def make_user(email, *groups, **fields):
    user = get_user_model().objects.create_user(email, "wachtwoord-van-de-test", **fields)
    user.groups.set(groups)
    return user


def section(parent, model):
    return model.objects.child_of(parent).get()


def make_news(parent, title=None, date=datetime.date(2026, 1, 15), **fields):
    page = NewsPage(title=title or f"Bericht {next(numbers)}", date=date, **fields)
    return add_live(section(parent, NewsIndexPage), page)


def make_event(parent, title=None, start=None, date=datetime.date(2026, 1, 1), **fields):
    start = start or timezone.make_aware(datetime.datetime(2026, 3, 12, 13, 30))
    if "registration_url" in fields:
        fields.setdefault("registration_mode", "elsewhere")
    page = EventPage(title=title or f"Bijeenkomst {next(numbers)}", date=date, start=start, **fields)
    return add_live(section(parent, AgendaIndexPage), page)


def make_story(parent, title=None, **fields):
    page = StoryPage(title=title or f"Verhaal {next(numbers)}", date=datetime.date(2026, 1, 1), **fields)
    return add_live(section(parent, InspirationIndexPage), page)


def make_series(parent, *parts, title="Artikelenreeks", **fields):
    page = SeriesPage(title=title, date=datetime.date(2026, 1, 1), **fields)
    series = add_live(section(parent, InspirationIndexPage), page)
    return series, [add_live(series, StoryPage(title=part, date=datetime.date(2026, 1, 1))) for part in parts]


def make_question(question, answer="<p>Ja, dat mag.</p>", date=datetime.date(2026, 1, 1), **fields):
    page = FaqPage(title=question, answer=answer, date=date, category=FaqCategory.objects.first(), **fields)
    return add_live(FaqIndexPage.objects.get(), page)


def make_draft(page, **changes):
    """Save ``changes`` as a draft on top of the live ``page``."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision()


def jpeg(width=800, height=510, colour="teal"):
    content = io.BytesIO()
    Picture.new("RGB", (width, height), colour).save(content, "JPEG")
    return content.getvalue()


def upload(name="foto.jpg", content=None, content_type="image/jpeg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content, content_type)


def make_image(title="Foto", collection=None, width=800, height=510, **fields):
    fields = {"description": f"Beschrijving van {title}", **fields}
    return get_image_model().objects.create(
        title=title,
        file=ContentFile(jpeg(width, height), name=f"{title}.jpg"),
        width=width,
        height=height,
        collection=collection or Collection.get_first_root_node(),
        **fields,
    )


def make_document(title="Bestand", content=b"inhoud", **fields):
    return get_document_model().objects.create(title=title, file=ContentFile(content, name=f"{title}.txt"), **fields)


def make_newsletter(parent, title="Nieuwsbrief", **fields):
    return add_live(parent, NewsletterIndexPage(title=title, **fields))


def make_issue(newsletter, blocks=(), title=None, date=datetime.date(2026, 3, 1), **fields):
    page = NewsletterPage(title=title or f"Nummer {next(numbers)}", date=date, body=list(blocks), **fields)
    return add_live(newsletter, page)
