"""What the API says of series."""

from rest_framework.fields import Field

from cms.api.serializers import represent_cards
from cms.json_schema import CARD, array


class PartsField(Field):
    """The live parts of a series as cards, first part first."""

    schema = array(CARD)

    def get_attribute(self, series):
        return series.get_children().live().values_list("pk", flat=True)

    def to_representation(self, part_ids) -> list[dict]:
        return represent_cards(part_ids, self.context)
