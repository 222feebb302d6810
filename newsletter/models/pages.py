"""Newsletters: a list one can subscribe to, and its issues."""

import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PagePermissionTester

from cms.models import BasePage, StructurePage
from cms.models.pages import MANAGE_STRUCTURE
from cms.searched import texts
from home.lists import next_change_of_events
from newsletter import previews
from newsletter.blocks import AutomaticBlock, IssueBodyBlock
from newsletter.content import IssueContent, IssueField
from newsletter.forms import IssueForm
from newsletter.panels import FrozenNotice

from .issues import FrozenIssue


class NewsletterIndexPage(StructurePage):
    """A newsletter, national or of a region; its issues lie below it. It is also the list that one subscribes to."""

    sender_name = models.CharField(
        _("naam van de afzender"), max_length=80, blank=True, help_text=_("Leeg: de titel van de nieuwsbrief.")
    )
    sender_email = models.EmailField(
        _("adres van de afzender"),
        blank=True,
        help_text=_("Een adres van een domein waarvoor de mailserver mag versturen. Leeg: dat van de site."),
    )
    reply_to = models.EmailField(_("antwoorden naar"), blank=True, help_text=_("Leeg: naar de afzender."))
    questions_title = models.CharField(
        _("kop van de vragen"),
        max_length=80,
        blank=True,
        default=_("Een vraag over Sterk Techniekonderwijs?"),
        help_text=_("Leeg: geen verwijzing naar de veelgestelde vragen."),
    )
    questions_text = models.CharField(
        _("tekst bij de vragen"),
        max_length=200,
        blank=True,
        default=_("Grote kans dat het antwoord al bij de veelgestelde vragen staat."),
    )
    questions_link_text = models.CharField(
        _("tekst op de knop"), max_length=60, blank=True, default=_("Bekijk de veelgestelde vragen")
    )
    contact_title = models.CharField(_("kop van contact"), max_length=80, default=_("Contact"), blank=True)
    contact_text = RichTextField(_("contact"), features=["bold", "link"], blank=True)

    parent_page_types = ["home.HomePage", "regions.RegionPage"]
    subpage_types = ["newsletter.NewsletterPage"]
    max_count_per_parent = 1
    page_description = _("Een nieuwsbrief, met de verschenen nummers eronder.")

    content_panels = [
        TitleFieldPanel("title"),
        *StructurePage.content_panels[1:],
        FieldPanel("audiences"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sender_name"), FieldPanel("reply_to")]),
                FieldPanel("sender_email", permission=MANAGE_STRUCTURE),
            ],
            heading=_("Afzender"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("questions_title"),
                FieldPanel("questions_text"),
                FieldPanel("questions_link_text"),
                FieldPanel("contact_title"),
                FieldPanel("contact_text"),
            ],
            heading=_("Onder elk nummer"),
        ),
    ]
    promote_panels = BasePage.promote_panels

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")

    @property
    def sender(self) -> str:
        """Who its mail comes from, for editors to read: ``name <address>``."""
        return f"{self.sender_title} <{self.sender_address}>"

    @property
    def sender_title(self) -> str:
        return self.sender_name or self.title

    @property
    def sender_address(self) -> str:
        return self.sender_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


class IssuePermissionTester(PagePermissionTester):
    """An issue that was frozen stays as it is: what is wrong with it on the site is corrected, with a note.

    Whoever may publish it may send it, also after it was frozen.
    """

    def can_publish(self):
        return not self.page.frozen_at and super().can_publish()

    def can_correct(self):
        return bool(self.page.frozen_and_online) and super().can_publish()

    def can_send(self):
        return super().can_publish()

    def can_unpublish(self):
        return not self.page.frozen_at and super().can_unpublish()

    def can_delete(self, ignore_bulk=False):
        return not self.page.frozen_at and super().can_delete(ignore_bulk)


class NewsletterPage(BasePage):
    """One issue; its title is the headline."""

    number = models.PositiveIntegerField(_("nummer"), null=True, blank=True)
    subject = models.CharField(
        _("onderwerp"), max_length=120, blank=True, help_text=_("De onderwerpregel van de mail. Leeg: de titel.")
    )
    preheader = models.CharField(
        _("voorproefje"),
        max_length=150,
        blank=True,
        help_text=_("Staat in de inbox achter het onderwerp. Leeg: de trefwoorden van de blokken."),
    )
    salutation = models.CharField(_("aanhef"), max_length=80, blank=True, default=_("Beste lezer,"))
    body = StreamField(IssueBodyBlock(), verbose_name=_("inhoud"), blank=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    """When ``newsletter.freezing`` made its ``FrozenIssue``, which the site shows once sending has begun; publishing
    doesn't change it."""

    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types = []
    page_description = _("Eén nummer van de nieuwsbrief.")
    base_form_class = IssueForm
    exclude_fields_in_copy = ["frozen_at"]
    preview_modes = previews.PREVIEW_MODES
    default_preview_size = "desktop"
    # Without a schedule: an issue is published at the latest when it is sent.
    settings_panels = []
    shows_draft = False
    """Whether what was frozen is left aside, because somebody is writing a correction."""

    content_panels = [
        FrozenNotice(),
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("number")]),
        MultiFieldPanel(
            [FieldPanel("subject"), FieldPanel("preheader"), FieldPanel("salutation")], heading=_("In de mail")
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("summary"), FieldPanel("image")], heading=_("In overzichten"), classname="collapsed"
        ),
        BasePage.filing_panel,
    ]
    card_fields = [*BasePage.card_fields, "number"]
    api_fields = [
        *BasePage.api_fields,
        APIField("number"),
        APIField("subject"),
        APIField("preheader"),
        APIField("salutation"),
        *(APIField(name, serializer=IssueField(name)) for name in ("topics", "body", "footer", "corrections")),
    ]
    search_fields = [*BasePage.search_fields, *texts("body")]

    class Meta:
        verbose_name = _("nieuwsbriefnummer")
        verbose_name_plural = _("nieuwsbriefnummers")

    @property
    def day(self) -> datetime.date:
        """The day of the issue; today while nobody said which."""
        return self.date or timezone.localdate()

    @property
    def description(self) -> str:
        return super().description or self.preheader

    @property
    def frozen_and_online(self) -> FrozenIssue | None:
        """What was frozen of it, if that is what the site shows."""
        frozen = getattr(self, "frozen", None) if self.frozen_at else None
        return frozen if frozen and frozen.published_at else None

    @property
    def lists_others(self) -> bool:
        return not self.frozen_and_online and any(isinstance(block.block, AutomaticBlock) for block in self.body)

    @property
    def shown_until(self) -> datetime.datetime | None:
        return None if self.frozen_and_online else next_change_of_events(timezone.now())

    def with_content_json(self, content):
        # A revision from before the issue was frozen doesn't know that it is.
        page = super().with_content_json(content)
        page.frozen_at = self.frozen_at
        return page

    def permissions_for_user(self, user) -> IssuePermissionTester:
        return IssuePermissionTester(user, self)

    def shown_on_site(self, context: dict) -> dict[str, Any]:
        """``topics``, ``body``, ``footer`` and ``corrections``; ``context`` is the one of the pages API."""
        if not hasattr(self, "_shown"):
            self._shown = self._frozen() or IssueContent(self, context).web | {"corrections": []}
        return self._shown

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from cms.api.rendering import DocumentRenderer  # Wagtail's API needs all models to be there already

        shown = self.shown_on_site(DocumentRenderer().view.get_serializer_context())
        return super().get_context(request) | {"shown": shown}

    def _frozen(self) -> dict[str, Any] | None:
        frozen = None if self.shows_draft else self.frozen_and_online
        return frozen.shown_on_site if frozen else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        self.shows_draft = True
        if mode_name == previews.WEB:
            return super().serve_preview(request, mode_name)
        return previews.preview_of_mail(self, request, mode_name)
