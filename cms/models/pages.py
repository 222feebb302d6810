"""What every page shares: the card by which one list shows pages of all kinds."""

import datetime

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index
from wagtail_headless_preview.models import HeadlessPreviewMixin

from cms.api.serializers import HtmlPathField, ImageField, RegionField, TermsField
from cms.isolation.boundary import check_references
from cms.page_form import PageForm
from cms.previews import client_url
from cms.region import region_of, without_hidden_regions
from cms.searched import BeginningsField, SummaryField, TextField, WordsField
from cms.seo import SeoField

from .previews import Preview

MANAGE_STRUCTURE = "cms.manage_structure"


class BasePage(HeadlessPreviewMixin, Page):
    """The concrete parent of every page type, so that one queryset lists, searches and counts items of all kinds.

    The site at ``FRONTEND_URL`` shows the pages, to the public and as previews. What is rendered here is a plain
    reading view, for an installation without a front end.
    """

    date = models.DateField(_("datum"), null=True, help_text=_("De datum die lezers bij dit item zien."))
    summary = models.TextField(
        _("samenvatting"),
        max_length=300,
        blank=True,
        help_text=_("Een of twee zinnen die in overzichten en in de nieuwsbrief staan. Hoogstens 300 tekens."),
    )
    image = models.ForeignKey(
        "cms.Image",
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Staat boven de pagina en in overzichten. Liggend, liefst minstens 1600 pixels breed."),
    )
    themes = ParentalManyToManyField("cms.Theme", verbose_name=_("thema's"), blank=True, related_name="pages")
    audiences = ParentalManyToManyField("cms.Audience", verbose_name=_("doelgroepen"), blank=True, related_name="pages")

    base_form_class = PageForm
    is_creatable = False
    is_dated = True
    """Whether readers see a date; a dated page can't be published without one."""
    private_page_options = []
    leads_to_regions: tuple[str, ...] = ()
    """The fields in which a page of a region may name another (``cms.isolation.boundary``)."""

    card_panels = [FieldPanel("date"), FieldPanel("summary"), FieldPanel("image")]
    filing_panel = MultiFieldPanel(
        [
            FieldPanel("themes", widget=CheckboxSelectMultiple),
            FieldPanel("audiences", widget=CheckboxSelectMultiple),
        ],
        heading=_("Waar gaat het over, voor wie is het?"),
        classname="collapsed",
    )
    content_panels = [TitleFieldPanel("title"), *card_panels]

    card_fields = ["date", "summary", "image", "region", "themes", "audiences"]
    """The fields that a listing shows of its own accord; a page type may add its own when it is listed alone."""
    api_fields = [
        APIField("date"),
        APIField("summary"),
        APIField("image", serializer=ImageField()),
        APIField("region", serializer=RegionField()),
        APIField("themes", serializer=TermsField()),
        APIField("audiences", serializer=TermsField()),
        APIField("seo", serializer=SeoField()),
    ]
    api_meta_fields = [APIField("html_path", serializer=HtmlPathField())]

    search_fields = [
        *Page.search_fields,
        # What the rest of a page says has a boost of 2.
        TextField("title", boost=10),
        BeginningsField("title"),
        SummaryField("summary", boost=4),
        WordsField("type_name", boost=2),
        index.FilterField("date"),
    ]

    lapses = False
    """Whether readers find it from ``starts_at`` to ``ends_at`` only, both a midnight, since it doesn't hold else."""
    starts_at: datetime.datetime | None = None
    """When it begins, or begins to hold; documents are selected by it."""
    ends_at: datetime.datetime | None = None
    """When it is over, or no longer holds."""
    is_searched = True
    """Whether readers find it by what it says, and not only what it leads to."""
    shown_until: datetime.datetime | None = None
    """The moment from which the page is shown differently without anybody changing it."""
    previewed_at: datetime.datetime | None = None
    """The moment that a preview shows; ``None`` for now."""
    lists_others = False
    """Whether it shows pages that it doesn't refer to, the newest for instance: any change may then be one to it.

    May be a property, of a type of which only some pages do.
    """

    class Meta:
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina's")
        permissions = [("manage_structure", _("Mag de opbouw van de site en de gegevens van regio's veranderen"))]
        indexes = [models.Index(fields=["-date"], name="cms_basepage_newest")]

    @classmethod
    def get_search_fields(cls):
        """Without the title as Wagtail has it, which its checks want to be listed: ours has the words in it too."""
        fields = super().get_search_fields()
        own = (TextField, BeginningsField, index.FilterField)
        return [field for field in fields if field.field_name != "title" or isinstance(field, own)]

    def clean_fields(self, exclude=None):
        undated = () if self.is_dated else ("date",)
        super().clean_fields(exclude={*(exclude or ()), *undated})

    def save(self, clean=True, **kwargs):
        # Whatever publishes it, without a form too. A copy that follows another page is judged by that one.
        if clean and self.live and not self.alias_of_id:
            check_references(self)
        return super().save(clean=clean, **kwargs)

    def check_going_online(self) -> None:
        """Raises ``ValidationError`` when what is in memory can't take the place of what is online.

        Asked besides the checks of fields, of drafts that go online without a form.
        """

    @property
    def type_name(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def description(self) -> str:
        """What search engines show below the title."""
        return self.search_description or self.summary

    def json_ld(self) -> dict | None:
        """What search engines can be told of this kind of page: its own part of what ``cms.seo`` makes of it."""
        return None

    def get_template(self, request: HttpRequest, *args, **kwargs) -> list[str]:
        return [type(self).template, "cms/page.html"]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        children = without_hidden_regions(self.get_children().live()) if self.pk else Page.objects.none()
        children = children.specific().order_by("-basepage__date", "title")
        return super().get_context(request) | {"children": children[:100], "region": self.pk and region_of(self)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        self.previewed_at = self.moment_of_preview(mode_name)
        if not settings.FRONTEND_URL:
            return Page.serve_preview(self, request, mode_name)
        self.previewed_by = request.user
        return super().serve_preview(request, mode_name)

    def moment_of_preview(self, mode_name: str) -> datetime.datetime | None:
        """What ``previewed_at`` is in this of the ``preview_modes``."""
        return None

    def create_page_preview(self) -> Preview:
        from cms.api.rendering import DocumentRenderer  # Wagtail's API needs all models to be there already

        shown = DocumentRenderer(self.previewed_at).represent(self)["detail"]
        return Preview.objects.make(shown, self.previewed_by, self.pk)

    def get_client_root_url(self, request: HttpRequest) -> str:
        return client_url("pagina")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if settings.FRONTEND_URL:
            return redirect(settings.FRONTEND_URL + self.get_url(request))
        return super().serve(request, *args, **kwargs)


class StructurePermissionTester(PagePermissionTester):
    """Rights on a page that holds the site together: only who may manage the structure can take it away."""

    @property
    def _may_manage(self) -> bool:
        return self.user.is_active and self.user.has_perm(MANAGE_STRUCTURE)

    def can_delete(self, ignore_bulk=False):
        return self._may_manage and not self.page.specific_class.is_fixed and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return self._may_manage and not self.page.specific_class.is_fixed and super().can_unpublish()

    def can_copy(self):
        # Pages that a region gets of its own accord would collide with those that are copied.
        return False


class StructurePage(BasePage):
    """A page that others hang under: it has no date, and its name and address belong to the national editors."""

    is_dated = False
    is_searched = False
    is_fixed = False
    """Whether the site can't do without it: nobody takes it away or offline."""
    # No schedule: it would take the page offline past ``StructurePermissionTester``.
    settings_panels = []
    content_panels = [
        TitleFieldPanel("title", permission=MANAGE_STRUCTURE),
        FieldPanel("summary"),
        FieldPanel("image"),
    ]
    promote_panels = [
        FieldPanel("slug", permission=MANAGE_STRUCTURE),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("show_in_menus", permission=MANAGE_STRUCTURE),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user) -> PagePermissionTester:
        return StructurePermissionTester(user, self)


class SectionPage(StructurePage):
    """The list of one kind of item, nationally or of a region; every region gets one of each.

    ``section_title`` and ``section_slug`` are what a new region's section is called; ``section_order`` is its
    place among the others.
    """

    section_title: str
    section_slug: str
    section_order: int
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        # Editors who can't name a section can still put one back.
        self.title = self.title or str(self.section_title)
        self.slug = self.slug or self.section_slug
        super().full_clean(*args, **kwargs)
