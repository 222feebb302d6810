"""What isn't a page refers to other regions too, past the boundary: so editors of regions may change none of that.

Snippets, settings, and whatever else has screens of its own in the admin.
"""

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Field, Model
from modelcluster.models import get_all_child_relations
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.coreutils import resolve_model_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from home.models import SiteSettings

OF_REGIONS = (Page, get_image_model(), get_document_model())
CHANGES = ["add", "change", "delete", "publish"]


@pytest.fixture
def editor(noord, django_user_model):
    return django_user_model.objects.get(email="noord@example.org")


def edited_models() -> set[type[Model]]:
    shown = {resolve_model_string(viewset.model) for viewset in viewsets.viewsets if getattr(viewset, "model", None)}
    edited = shown.union(get_snippet_models(), settings_registry)
    return {model for model in edited if not issubclass(model, OF_REGIONS)}


def refers_to_regions(model: type[Model]) -> bool:
    """Whether something in it is what ``ReferenceIndex`` finds references to pages, pictures or documents by."""
    inline = [relation.related_model for relation in get_all_child_relations(model)]
    fields = [field for one in (model, *inline) for field in one._meta.get_fields() if isinstance(field, Field)]
    return ReferenceIndex.model_is_indexable(model) and any(map(leads_to_regions, fields))


def leads_to_regions(field: Field) -> bool:
    is_foreign_key = field.is_relation and field.related_model is not None
    return hasattr(field, "extract_references") or (is_foreign_key and issubclass(field.related_model, OF_REGIONS))


def past_the_boundary(editor) -> set[type[Model]]:
    """The models by which ``editor`` could refer to another region."""
    refer = filter(refers_to_regions, edited_models())
    return {model for model in refer if policy_registry.get_by_type(model).user_has_any_permission(editor, CHANGES)}


def test_editor_of_a_region_changes_nothing_that_refers_past_the_boundary(editor):
    assert past_the_boundary(editor) == set()


def test_national_settings_refer_to_pages_and_would_be_found(editor, noord):
    assert SiteSettings in filter(refers_to_regions, edited_models())
    noord.access.group.permissions.add(Permission.objects.get(codename="change_sitesettings"))

    assert past_the_boundary(editor) == {SiteSettings}
