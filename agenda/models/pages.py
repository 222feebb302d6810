"""Events: what, when, where, and with what programme."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from agenda.event_form import EventForm
from agenda.panels import RegisteredNotice
from agenda.registration.protecting import check_kept
from agenda.registration.status import Status, closes_at, status_of
from agenda.serializers import (
    AllDayField,
    ContactField,
    PlaceField,
    ProgrammeField,
    RecordingField,
    RegistrationField,
    SessionsField,
)
from agenda.structured_data import represent_event
from cms.blocks import BodyBlock
from cms.models import BasePage, SectionPage
from cms.moments import first_moment_after
from cms.searched import texts
from cms.video import validate_video_url


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

    class RegistrationMode(models.TextChoices):
        NONE = "none", _("Niet nodig")
        ELSEWHERE = "elsewhere", _("Op een andere site")
        HERE = "here", _("Op deze site")

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
    cancelled = models.BooleanField(_("gaat niet door"), default=False)
    """Changed by ``agenda.registration.telling`` only: whoever registered is to hear of it."""
    online = models.BooleanField(
        _("online"), default=False, help_text=_("Deelnemers volgen de bijeenkomst via internet.")
    )
    venue = models.CharField(_("locatie"), max_length=120, blank=True, help_text=_("Naam van het gebouw of de school."))
    street = models.CharField(_("straat en huisnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    registration_mode = models.CharField(
        _("aanmelden"), max_length=9, choices=RegistrationMode, default=RegistrationMode.NONE
    )
    registration_url = models.URLField(
        _("aanmelden via"), blank=True, help_text=_("Adres van het formulier op een andere site.")
    )
    registration_opens_at = models.DateTimeField(
        _("aanmelden kan vanaf"), null=True, blank=True, help_text=_("Leeg: vanaf het moment van publiceren.")
    )
    registration_closes_at = models.DateTimeField(
        _("aanmelden kan tot"),
        null=True,
        blank=True,
        help_text=_("Na dit moment staat er vanzelf dat aanmelden niet meer kan. Leeg: tot de bijeenkomst begint."),
    )
    capacity = models.PositiveIntegerField(
        _("plaatsen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Hoeveel mensen er kunnen komen. Leeg: geen grens."),
    )
    waiting_list = models.BooleanField(
        _("wachtlijst"),
        default=True,
        help_text=_(
            "Is alles bezet, dan kunnen mensen op een wachtlijst. Komt er een plaats vrij, dan wordt die aangeboden "
            "aan de eerste op de lijst."
        ),
    )
    reserve_choice = models.BooleanField(
        _("reservekeuze"),
        default=False,
        help_text=_("Deelnemers kiezen ook een tweede sessie, voor als de eerste vol is."),
    )
    contact_name = models.CharField(
        _("contact"), max_length=120, blank=True, help_text=_("Wie vragen beantwoordt, bijvoorbeeld ‘Projectbureau’.")
    )
    contact_email = models.EmailField(
        _("e-mailadres voor vragen"), blank=True, help_text=_("Antwoorden op mails over aanmeldingen komen hier aan.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True)
    recording_url = models.URLField(
        _("opname"),
        blank=True,
        validators=[validate_video_url],
        help_text=_("Adres van de opname op YouTube of Vimeo, voor na afloop."),
    )
    recording_title = models.CharField(_("titel van de opname"), max_length=120, blank=True)

    base_form_class = EventForm
    parent_page_types = ["agenda.AgendaIndexPage"]
    subpage_types = []
    page_description = _("Een bijeenkomst of webinar met datum, plaats en programma.")

    when_and_where = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("online"),
            FieldRowPanel([FieldPanel("venue"), FieldPanel("street")]),
            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
        ],
        heading=_("Wanneer en waar"),
    )
    recording_panel = MultiFieldPanel(
        [FieldPanel("recording_url"), FieldPanel("recording_title")], heading=_("Na afloop"), classname="collapsed"
    )
    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("tagline"),
        RegisteredNotice(),
        when_and_where,
        *BasePage.card_panels,
        FieldPanel("body"),
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
    registration_panels = [
        RegisteredNotice(),
        MultiFieldPanel(
            [FieldPanel("registration_mode", widget=RadioSelect), FieldPanel("registration_url")],
            heading=_("Hoe meldt men zich aan?"),
            help_text=_("Het adres vult u alleen in voor een formulier op een andere site."),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")])],
            heading=_("Wanneer kan het?"),
        ),
        MultiFieldPanel(
            [FieldPanel("capacity"), FieldRowPanel([FieldPanel("waiting_list"), FieldPanel("reserve_choice")])],
            heading=_("Plaatsen op deze site"),
            help_text=_("Keuzesessies, elk met een eigen aantal plaatsen, maakt u op het tabblad Programma."),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")])],
            heading=_("Bij wie kan men terecht?"),
        ),
        InlinePanel(
            "questions",
            heading=_("Extra vragen op deze site"),
            label=_("Vraag"),
            help_text=_("Naam, e-mailadres en school of bedrijf staan er altijd. Vraag niet meer dan u nodig hebt."),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Inhoud")),
            ObjectList(programme_panels, heading=_("Programma")),
            ObjectList(registration_panels, heading=_("Aanmelden")),
            ObjectList(BasePage.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(BasePage.settings_panels, heading=_("Instellingen")),
        ]
    )

    card_fields = [*BasePage.card_fields, "start", "end", "all_day", "place", "registration"]
    api_fields = [
        *BasePage.api_fields,
        APIField("tagline"),
        APIField("start"),
        APIField("end"),
        APIField("all_day", serializer=AllDayField()),
        APIField("place", serializer=PlaceField()),
        APIField("registration", serializer=RegistrationField()),
        APIField("contact", serializer=ContactField()),
        APIField("programme", serializer=ProgrammeField()),
        APIField("sessions", serializer=SessionsField()),
        APIField("recording", serializer=RecordingField()),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *texts("tagline", "venue", "street", "postcode", "city", "contact_name", "body", "recording_title"),
        index.FilterField("start"),
        index.FilterField("end"),
        index.RelatedFields("programme", texts("heading", "text", "speakers")),
        index.RelatedFields("sessions", texts("heading", "text", "hall")),
    ]

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        indexes = [models.Index(fields=["start"], name="agenda_event_start")]

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("Het einde moet na het begin liggen.")})
        if self.registration_mode == self.RegistrationMode.ELSEWHERE and not self.registration_url:
            raise ValidationError({"registration_url": _("Geef het adres waar mensen zich aanmelden.")})
        opens_at, ends_at = self.registration_opens_at, closes_at(self)
        if opens_at and ends_at and ends_at <= opens_at:
            raise ValidationError(
                {
                    "registration_opens_at": _(
                        "Aanmelden moet beginnen voordat het sluit, of voordat de bijeenkomst begint."
                    )
                }
            )

        if self.registers_here and self.expire_at and self.ends_at and self.expire_at < self.ends_at:
            raise ValidationError(
                {
                    "expire_at": _(
                        "De bijeenkomst is dan nog niet voorbij. Wie zich aanmeldt, zoekt haar tot die tijd op."
                    )
                }
            )

    def check_going_online(self):
        super().check_going_online()
        check_kept(self)

    @property
    def starts_at(self) -> datetime.datetime | None:
        return self.start

    @property
    def ends_at(self) -> datetime.datetime | None:
        """An event with an open end is over at the end of its day in Europe/Amsterdam."""
        return self.end or (self.start and first_moment_after(timezone.localdate(self.start)))

    @property
    def all_day(self) -> bool:
        """Whether it lasts whole days: from midnight to midnight in Europe/Amsterdam, or with an open end."""
        moments = [timezone.localtime(moment).time() for moment in (self.start, self.end) if moment]
        return bool(moments) and set(moments) == {datetime.time()}

    @property
    def shown_until(self) -> datetime.datetime | None:
        """The next moment at which ``registration_state`` changes of its own accord."""
        if self.cancelled:
            return None
        moments = (self.registration_opens_at, self.registration_closes_at, self.start, self.ends_at)
        return min((moment for moment in moments if moment and moment > timezone.now()), default=None)

    def json_ld(self) -> dict:
        return represent_event(self)

    @property
    def registers_here(self) -> bool:
        """Whether visitors register on our own site, for this event itself."""
        return self.registration_mode == self.RegistrationMode.HERE and not self.alias_of_id

    @property
    def original(self) -> "EventPage":
        """The event that this one follows as a copy (Wagtail's alias), or this one: there one registers."""
        return self.alias_of.specific if self.alias_of_id else self

    @property
    def registration_status(self) -> Status:
        """Whether one can register now, and why not."""
        return status_of(self.original, timezone.now())
