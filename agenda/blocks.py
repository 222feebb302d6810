"""Building blocks of a programme."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import SeenBlock


class SpeakerBlock(SeenBlock):
    name = blocks.CharBlock(label=_("Naam"), max_length=120)
    role = blocks.CharBlock(
        label=_("Wie is dat?"), required=False, max_length=150, help_text=_("Functie, school of bedrijf.")
    )

    class Meta:
        icon = "user"
        label = _("Spreker")
        description = _("Wie aan dit onderdeel bijdraagt")
        preview_value = {"name": "Naam van de spreker", "role": "Programmaleider"}
