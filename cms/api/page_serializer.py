"""Wagtail's serializer of pages, made safe to show to anybody."""

from rest_framework.relations import RelatedField
from rest_framework.serializers import CharField
from wagtail.api.v2.serializers import DetailUrlField, PageSerializer, get_serializer_class
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.json_schema import ADDRESS, HTML, ID, STRING, Named, nullable, shape
from cms.richtext import clean_html

PAGE_REFERENCE = Named(
    "PageReference",
    shape(id=ID, meta=shape(type=STRING, detail_url=ADDRESS, html_url=ADDRESS), title=STRING),
    "Another page, by its name and address.",
)

NAME_META = ["type", "detail_url", "html_url"]
NameSerializer = get_serializer_class(Page, ["id", *NAME_META, "title"], meta_fields=NAME_META, base=PageSerializer)


class NamedPageField(RelatedField):
    """Another page, by its name and address: what Wagtail's own fields say, which make a serializer for each page."""

    schema = nullable(PAGE_REFERENCE)

    def to_representation(self, value):
        return self.context["view"].name_serializer.to_representation(value)


class PublicAliasOfField(NamedPageField):
    """Keeps silent about an original that isn't public; Wagtail's own prints its title."""

    def get_attribute(self, instance):
        if instance.alias_of_id is None:
            return None
        return self.context["base_queryset"].filter(pk=instance.alias_of_id).first()


class PublicParentField(NamedPageField):
    """Keeps silent about a parent that isn't public, as Wagtail's own does; looks it up with the others above it."""

    def get_attribute(self, instance):
        above = self.context["view"].above.of(instance)
        parent_path = Page._get_parent_path_from_path(instance.path)
        return above[-1] if above and above[-1].path == parent_path else None


class SavedDetailUrlField(DetailUrlField):
    """Empty in the preview of a page that was never saved: the API can't be asked for it."""

    schema = ADDRESS

    def get_attribute(self, instance):
        return super().get_attribute(instance) if instance.pk else None


class CleanRichTextField(CharField):
    schema = HTML

    def to_representation(self, value):
        return clean_html(value)


class CleanPageSerializer(PageSerializer):
    """Wagtail's serializer, whose rich text is clean HTML and which never names a page that isn't public.

    ``type`` stands beside ``meta`` too: TypeScript tells types of pages apart by a literal there, not by one within.
    """

    serializer_field_mapping = PageSerializer.serializer_field_mapping | {RichTextField: CleanRichTextField}
    detail_url = SavedDetailUrlField(read_only=True)
    alias_of = PublicAliasOfField(read_only=True)
    parent = PublicParentField(read_only=True)

    def to_representation(self, instance):
        data = super().to_representation(instance)
        meta = data.get("meta", {})
        if "type" not in meta:
            return data
        first = {"id": data.pop("id")} if "id" in data else {}
        return {**first, "type": meta["type"], **data}
