"""The skeleton that every installation needs before an editor can begin.

``build_site`` can be called again at any time, after an upgrade for instance: it adds what is missing and leaves
alone what editors made of the rest.
"""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cms.models import Audience, Term, Theme
from cms.tree import add_live
from regions.models import RegionIndexPage
from regions.rights import add_sections, provision_national

from .models import FaqCategory, FaqIndexPage, HomePage, SiteSettings

VOCABULARY = Path(__file__).parent / "data" / "vocabulary.toml"


@transaction.atomic
def build_site() -> HomePage:
    """Make sure that the home page, its sections, the national group, vocabulary and menu are there."""
    home = HomePage.objects.first() or _add_home()
    _point_site_at(home)
    add_sections(home)
    _add_once(home, FaqIndexPage, _("Veelgestelde vragen"), "veelgestelde-vragen")
    _add_once(home, RegionIndexPage, _("Regio's"), "regio")
    group = provision_national(home)
    group.permissions.add(*_national_rights())
    _add_vocabulary()
    _add_site_settings(home)
    return home


def _add_home() -> HomePage:
    title = _("Sterk Techniekonderwijs")
    return add_live(Page.get_first_root_node(), HomePage(title=title, slug="sterk-techniekonderwijs"))


def _point_site_at(home: HomePage) -> None:
    """The one site shows the home page at the public address; Wagtail's welcome page makes room."""
    address = urlsplit(settings.FRONTEND_URL or settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = None if site.root_page_id in (None, home.pk) else site.root_page
    site.hostname, site.port, site.site_name = address.hostname, port, settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    if welcome and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()


def _add_once(home: HomePage, model: type[Page], title: str, slug: str) -> None:
    if not model.objects.exists():
        add_live(home, model(title=title, slug=slug, show_in_menus=True))


def _national_rights():
    of_home = Q(app_label="home", model__in=["faqcategory", "nomination", "sitesettings"])
    # Of apps that nothing imports.
    of_search = Q(app_label="search", model="synonym") | Q(app_label="wagtailsearchpromotions", model="searchpromotion")
    return Permission.objects.filter(content_type__in=ContentType.objects.filter(of_home | of_search))


def _add_vocabulary() -> None:
    """Fill each list of terms that is still empty; once there are terms, they are the national editors'."""
    vocabulary = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))
    models: dict[str, type[Term]] = {"theme": Theme, "audience": Audience, "faq_category": FaqCategory}
    for name, model in models.items():
        if not model.objects.exists():
            model.objects.bulk_create(
                model(order=order, **term) for order, term in enumerate(vocabulary[name], start=1)
            )


def _add_site_settings(home: HomePage) -> None:
    """Begin with a menu of the sections that there are."""
    if not SiteSettings.objects.exists():
        sections = home.get_children().live().in_menu()
        items = [{"page": section, "url": "", "label": "", "children": []} for section in sections]
        site = SiteSettings.objects.create(
            organisation=settings.WAGTAIL_SITE_NAME, navigation=[("item", item) for item in items]
        )
        site.save_revision(log_action=True).publish()
