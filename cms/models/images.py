"""Pictures: always with a description, a credit and a note on consent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition


class Image(AbstractImage):
    """A picture in the library.

    ``description`` is Wagtail's own field for the alternative text; here it is required (WCAG 1.1.1).
    """

    # Wagtail's own image model stays installed beside ours under the same name: our reverse names must differ.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("geplaatst door"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_images",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True
    tags = TaggableManager(blank=True, related_name="cms_images")
    description = models.CharField(
        _("alternatieve tekst"),
        max_length=255,
        help_text=_(
            "Wat is er te zien? Deze tekst wordt voorgelezen aan wie de foto niet kan zien. Noem wat ertoe doet, "
            "zonder ‘foto van’."
        ),
    )
    credit = models.CharField(
        _("maker"), max_length=200, blank=True, help_text=_("Naam van de fotograaf of bron; komt bij de foto te staan.")
    )
    consent_note = models.CharField(
        _("toestemming"),
        max_length=255,
        blank=True,
        help_text=_(
            "Wie gaf toestemming en wanneer? Nodig bij herkenbare leerlingen; onder de 16 geven ouders toestemming. "
            "Deze notitie is alleen in het CMS te zien."
        ),
    )

    admin_form_fields = [
        "title",
        "file",
        "description",
        "credit",
        "consent_note",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="cms_rendition_unique_per_filter"
            )
        ]
