"""A region's own site inside the national one."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Collection, Orderable
from wagtail.search import index

from cms.api.serializers import ChildrenField, PageCardField
from cms.blocks import BodyBlock, SeenBlock
from cms.models import StructurePage
from cms.models.pages import MANAGE_STRUCTURE
from cms.searched import texts
from regions.serializers import ContactField, PointField, ProvincesField, RegistrationsField
from regions.signals import region_closing


class RegionIndexPage(StructurePage):
    """The list of all regions; there is one, at a fixed place in the tree (see ``cms.region``)."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["regions.RegionPage"]
    max_count = 1
    is_fixed = True
    page_description = _("Het overzicht van alle regio's.")
    admin_default_ordering = "title"

    class Meta:
        verbose_name = _("regio-overzicht")
        verbose_name_plural = _("regio-overzichten")


class Province(models.TextChoices):
    DRENTHE = "Drenthe"
    FLEVOLAND = "Flevoland"
    FRYSLAN = "Fryslân"
    GELDERLAND = "Gelderland"
    GRONINGEN = "Groningen"
    LIMBURG = "Limburg"
    NOORD_BRABANT = "Noord-Brabant"
    NOORD_HOLLAND = "Noord-Holland"
    OVERIJSSEL = "Overijssel"
    UTRECHT = "Utrecht"
    ZEELAND = "Zeeland"
    ZUID_HOLLAND = "Zuid-Holland"
    CARIBISCH_NEDERLAND = "Caribisch Nederland"


class RegistrationBlock(SeenBlock):
    """A number under which DUS-I knows the region; there is one for each subsidy period."""

    number = blocks.CharBlock(label=_("Nummer"), max_length=20, help_text=_("Bijvoorbeeld STO19072."))
    period = blocks.CharBlock(label=_("Periode"), required=False, max_length=20, help_text=_("Bijvoorbeeld 2020-2023."))

    class Meta:
        icon = "tag"
        label = _("Registratienummer")
        description = _("Het nummer van de aanvraag bij DUS-I")
        preview_value = {"number": "STO19072", "period": "2020-2023"}


class RegionPage(StructurePage):
    """The front page of a region; everything that its editors may touch lies below it.

    A new one comes with its sections, group and collection (``regions.rights``).
    """

    is_searched = True

    class Status(models.TextChoices):
        ACTIVE = "actief", _("Actief")
        MERGED = "samengevoegd", _("Samengevoegd met een andere regio")
        CLOSED = "gesloten", _("Gesloten")

    brand = models.CharField(
        _("merknaam"),
        max_length=120,
        blank=True,
        help_text=_("De naam waaronder de regio zich laat zien, als die anders is."),
    )
    external_site = models.URLField(
        _("eigen website"), blank=True, help_text=_("Adres van een website van de regio buiten deze landelijke site.")
    )
    province = models.CharField(_("provincie"), max_length=24, choices=Province, blank=True)
    second_province = models.CharField(
        _("tweede provincie"),
        max_length=24,
        choices=Province,
        blank=True,
        help_text=_("Voor een regio die in twee provincies ligt."),
    )
    places = models.CharField(
        _("plaatsen"), max_length=200, blank=True, help_text=_("Bijvoorbeeld ‘Wieringerwerf / Schagen’.")
    )
    latitude = models.DecimalField(
        _("breedtegraad"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Van het punt op de kaart, bijvoorbeeld 52.0907."),
    )
    longitude = models.DecimalField(
        _("lengtegraad"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Van het punt op de kaart, bijvoorbeeld 5.1214."),
    )
    closed = models.Q(status=Status.CLOSED)
    """Of these regions readers see the front page only (see ``cms.region``)."""
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("samengevoegd met"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_regions",
        help_text=_("Alleen invullen als de regio is opgegaan in een andere."),
    )
    registration_numbers = StreamField(
        [("registration", RegistrationBlock())], verbose_name=_("registratienummers"), blank=True
    )
    contact_name = models.CharField(_("contactpersoon"), max_length=120, blank=True)
    contact_role = models.CharField(_("functie"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)
    contact_phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("over de regio"), blank=True)

    leads_to_regions = ("merged_into",)
    parent_page_types = ["regions.RegionIndexPage"]
    subpage_types = [
        "regions.NewsIndexPage",
        "agenda.AgendaIndexPage",
        "inspiration.InspirationIndexPage",
        "newsletter.NewsletterIndexPage",
        "home.ContentPage",
    ]
    page_description = _(
        "De voorpagina van een regio. Nieuws, agenda, inspiratie en de redactiegroep komen er vanzelf bij."
    )

    content_panels = [
        *StructurePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_role")]),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            heading=_("Contact"),
            help_text=_("Staat op de site. Gebruik liefst een adres dat blijft als er iemand anders komt."),
        ),
        InlinePanel("schools", heading=_("Betrokken scholen"), label=_("School")),
        FieldPanel("external_site"),
        MultiFieldPanel(
            [
                FieldPanel("brand", permission=MANAGE_STRUCTURE),
                FieldRowPanel(
                    [
                        FieldPanel("province", permission=MANAGE_STRUCTURE),
                        FieldPanel("second_province", permission=MANAGE_STRUCTURE),
                    ]
                ),
                FieldPanel("places", permission=MANAGE_STRUCTURE),
                FieldRowPanel(
                    [
                        FieldPanel("latitude", permission=MANAGE_STRUCTURE),
                        FieldPanel("longitude", permission=MANAGE_STRUCTURE),
                    ]
                ),
                FieldPanel("registration_numbers", permission=MANAGE_STRUCTURE),
                FieldPanel("status", permission=MANAGE_STRUCTURE),
                FieldPanel("merged_into", permission=MANAGE_STRUCTURE),
            ],
            heading=_("Alleen voor de landelijke redactie"),
            permission=MANAGE_STRUCTURE,
        ),
    ]

    card_fields = [*StructurePage.card_fields, "status", "brand", "provinces", "point", "schools"]
    api_fields = [
        *StructurePage.api_fields,
        APIField("status"),
        APIField("merged_into", serializer=PageCardField()),
        APIField("brand"),
        APIField("external_site"),
        APIField("places"),
        APIField("provinces", serializer=ProvincesField()),
        APIField("point", serializer=PointField()),
        APIField("contact", serializer=ContactField()),
        APIField("schools", serializer=ChildrenField("name", "place")),
        APIField("registration_numbers", serializer=RegistrationsField()),
        APIField("body"),
    ]
    search_fields = [
        *StructurePage.search_fields,
        *texts("brand", "places", "province", "second_province", "contact_name", "contact_role", "body"),
        *texts("registration_numbers"),
        index.RelatedFields("schools", texts("name", "place")),
    ]

    class Meta:
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")

    def clean(self):
        super().clean()
        if (self.status == self.Status.MERGED) != bool(self.merged_into_id):
            message = _("Kies bij ‘samengevoegd’ de andere regio, en alleen dan.")
            raise ValidationError({"merged_into": message})
        if self.pk and self.merged_into_id == self.pk:
            raise ValidationError({"merged_into": _("Een regio kan niet opgaan in zichzelf.")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Vul breedtegraad en lengtegraad allebei in, of geen van beide.")})
        closed = self.Status.CLOSED
        if self.pk and self.status == closed and not RegionPage.objects.filter(pk=self.pk, status=closed).exists():
            region_closing.send(RegionPage, region=self)


class School(Orderable):
    region = ParentalKey(RegionPage, on_delete=models.CASCADE, related_name="schools")
    name = models.CharField(_("naam"), max_length=120)
    place = models.CharField(_("plaats"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("school")
        verbose_name_plural = _("scholen")


class RegionAccess(models.Model):
    """What the editors of a region work with: the group that carries their rights, the collection of their files.

    A table of its own, because a page's own fields are copied and put back with its revisions.
    """

    region = models.OneToOneField(RegionPage, on_delete=models.CASCADE, related_name="access")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="region_access")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="region_access")

    def __str__(self):
        return str(self.group)
