"""Events: what, when, where, and with what programme."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import BasePage, SectionPage
from cms.moments import first_moment_after
from cms.richtext import PLAIN_FEATURES
from cms.video import validate_video_url

from .blocks import SpeakerBlock
from .serializers import PlaceField, ProgrammeField, RecordingField, RegistrationField, SessionsField
from .structured_data import represent_event


class AgendaIndexPage(SectionPage):
    section_title = _("Agenda")
    section_slug = "agenda"
    section_order = 2

    parent_page_types = ["home.HomePage", "regions.RegionPage"]
    subpage_types = ["agenda.EventPage"]
    page_description = _("Het overzicht van bijeenkomsten.")

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agenda's")


class EventPage(BasePage):
    """Something to go to or to follow online. All moments are aware; readers see them in Europe/Amsterdam."""

    tagline = models.CharField(
        _("motto"),
        max_length=150,
        blank=True,
        help_text=_("Eén regel onder de titel, bijvoorbeeld het thema van de dag."),
    )
    start = models.DateTimeField(_("begin"), null=True)
    end = models.DateTimeField(
        _("einde"), null=True, blank=True, help_text=_("Mag leeg blijven als het einde open is.")
    )
    cancelled = models.BooleanField(
        _("gaat niet door"),
        default=False,
        help_text=_(
            "Vink dit aan en laat de bijeenkomst online staan. Dan zien ook mensen die de bijeenkomst al in hun eigen "
            "agenda hebben dat die niet doorgaat."
        ),
    )
    online = models.BooleanField(
        _("online"), default=False, help_text=_("Deelnemers volgen de bijeenkomst via internet.")
    )
    venue = models.CharField(_("locatie"), max_length=120, blank=True, help_text=_("Naam van het gebouw of de school."))
    street = models.CharField(_("straat en huisnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    registration_url = models.URLField(
        _("aanmelden via"), blank=True, help_text=_("Adres van het aanmeldformulier. Leeg: aanmelden is niet nodig.")
    )
    registration_closes_at = models.DateTimeField(
        _("aanmelden kan tot"),
        null=True,
        blank=True,
        help_text=_("Na dit moment staat er vanzelf dat aanmelden niet meer kan. Leeg: tot de bijeenkomst begint."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True)
    recording_url = models.URLField(
        _("opname"),
        blank=True,
        validators=[validate_video_url],
        help_text=_("Adres van de opname op YouTube of Vimeo, voor na afloop."),
    )
    recording_title = models.CharField(_("titel van de opname"), max_length=120, blank=True)

    parent_page_types = ["agenda.AgendaIndexPage"]
    subpage_types = []
    page_description = _("Een bijeenkomst of webinar met datum, plaats en programma.")

    when_and_where = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("cancelled"),
            FieldPanel("online"),
            FieldRowPanel([FieldPanel("venue"), FieldPanel("street")]),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
        ],
        heading=_("Wanneer en waar"),
    )
    registration_panel = MultiFieldPanel(
        [FieldPanel("registration_url"), FieldPanel("registration_closes_at")],
        heading=_("Aanmelden"),
    )
    recording_panel = MultiFieldPanel(
        [FieldPanel("recording_url"), FieldPanel("recording_title")], heading=_("Na afloop"), classname="collapsed"
    )
    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("tagline"),
        when_and_where,
        *BasePage.card_panels,
        FieldPanel("body"),
        registration_panel,
        recording_panel,
        BasePage.filing_panel,
    ]
    programme_panels = [
        InlinePanel("programme", heading=_("Programma"), label=_("Onderdeel")),
        InlinePanel(
            "sessions",
            heading=_("Keuzesessies"),
            label=_("Sessie"),
            help_text=_("Waaruit deelnemers kiezen. De nummers volgen de volgorde."),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Inhoud")),
            ObjectList(programme_panels, heading=_("Programma")),
            ObjectList(BasePage.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(BasePage.settings_panels, heading=_("Instellingen")),
        ]
    )

    card_fields = [*BasePage.card_fields, "start", "end", "place", "registration"]
    api_fields = [
        *BasePage.api_fields,
        APIField("tagline"),
        APIField("start"),
        APIField("end"),
        APIField("place", serializer=PlaceField()),
        APIField("registration", serializer=RegistrationField()),
        APIField("programme", serializer=ProgrammeField()),
        APIField("sessions", serializer=SessionsField()),
        APIField("recording", serializer=RecordingField()),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("tagline"),
        index.SearchField("venue"),
        index.SearchField("city"),
        index.SearchField("body"),
        index.FilterField("start"),
        index.FilterField("end"),
        index.RelatedFields("programme", [index.SearchField("title")]),
        index.RelatedFields("sessions", [index.SearchField("title")]),
    ]

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        indexes = [models.Index(fields=["start"], name="agenda_event_start")]

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("Het einde moet na het begin liggen.")})

    @property
    def starts_at(self) -> datetime.datetime | None:
        return self.start

    @property
    def ends_at(self) -> datetime.datetime | None:
        """An event with an open end is over at the end of its day in Europe/Amsterdam."""
        return self.end or (self.start and first_moment_after(timezone.localdate(self.start)))

    @property
    def shown_until(self) -> datetime.datetime | None:
        """The next moment at which ``registration_state`` changes."""
        if self.cancelled:
            return None
        moments = (self.registration_closes_at, self.start, self.ends_at)
        return min((moment for moment in moments if moment and moment > timezone.now()), default=None)

    def json_ld(self) -> dict:
        return represent_event(self)

    @property
    def registration_state(self) -> str:
        """What ``registration_state_at`` says of now."""
        return self.registration_state_at(timezone.now())

    def registration_state_at(self, moment: datetime.datetime) -> str:
        """``cancelled``, ``past``, ``none`` (no need to register), ``open`` or ``closed``; computed, never typed."""
        if self.cancelled:
            return "cancelled"
        if self.ends_at and self.ends_at <= moment:
            return "past"
        if not self.registration_url:
            return "none"
        closes_at = self.registration_closes_at or self.start
        return "closed" if closes_at and closes_at <= moment else "open"


class ProgrammeRow(Orderable):
    """One line of an event's programme."""

    class Kind(models.TextChoices):
        WELCOME = "ontvangst", _("Ontvangst")
        EXHIBITION = "expositie", _("Expositie")
        PLENARY = "plenair", _("Plenair")
        KEYNOTE = "keynote", _("Keynote")
        WORK_SESSION = "werksessie", _("Werksessie")
        BREAK = "pauze", _("Pauze")
        CLOSING = "afsluiting", _("Afsluiting")
        DRINKS = "borrel", _("Borrel")

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="programme")
    start = models.DateTimeField(_("van"), null=True)
    end = models.DateTimeField(_("tot"), null=True, blank=True, help_text=_("Leeg bij een open einde."))
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    title = models.CharField(_("titel"), max_length=150)
    text = RichTextField(_("toelichting"), blank=True, features=PLAIN_FEATURES)
    speakers = StreamField([("speaker", SpeakerBlock())], verbose_name=_("sprekers"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("kind")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("speakers"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("programmaonderdeel")
        verbose_name_plural = _("programmaonderdelen")

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("Het einde van dit onderdeel moet na het begin liggen.")})


class EventSession(Orderable):
    """One of the sessions that a visitor chooses from; its number is its place in the order."""

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("titel"), max_length=150)
    text = RichTextField(_("toelichting"), blank=True, features=PLAIN_FEATURES)
    theme = models.ForeignKey(
        "cms.Theme", verbose_name=_("thema"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("title"), FieldPanel("theme"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("keuzesessie")
        verbose_name_plural = _("keuzesessies")
