"""Wagtail's serializer of pages, made safe to show to anybody."""

from rest_framework.serializers import CharField
from wagtail.api.v2.serializers import PageAliasOfField, PageParentField, PageSerializer
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.richtext import clean_html


class PublicAliasOfField(PageAliasOfField):
    """Keeps silent about an original that isn't public; Wagtail's own prints its title."""

    def get_attribute(self, instance):
        if instance.alias_of_id is None:
            return None
        return self.context["base_queryset"].filter(pk=instance.alias_of_id).first()


class PublicParentField(PageParentField):
    """The parent in one query, which also says whether it is public."""

    def get_attribute(self, instance):
        return self.context["base_queryset"].filter(path=Page._get_parent_path_from_path(instance.path)).first()


class CleanRichTextField(CharField):
    def to_representation(self, value):
        return clean_html(value)


class CleanPageSerializer(PageSerializer):
    """Wagtail's serializer, whose rich text is clean HTML and which never names a page that isn't public."""

    serializer_field_mapping = PageSerializer.serializer_field_mapping | {RichTextField: CleanRichTextField}
    alias_of = PublicAliasOfField(read_only=True)
    parent = PublicParentField(read_only=True)
