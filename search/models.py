"""Words that mean the same, questions that found nothing, documents with their entries, pages to tell OpenSearch of."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.admin.panels import FieldPanel
from wagtail.search.models import IndexEntry

from cms.models import BasePage, PageDocument

from . import words


class EntriesOfPage(TextIDGenericRelation):
    """From the document of a page to the entry of the page; the key of the document can be looked up in its index."""

    def get_content_type_lookup(self, alias, remote_alias):
        field = self.remote_field.model._meta.get_field(self.content_type_field_name)
        # Most entries are those of pages: their index is of no use, but PostgreSQL would read it for every question.
        content_type = Cast(field.get_col(remote_alias), models.BigIntegerField())
        return In(content_type, get_descendants_content_types_pks(BasePage))

    def get_object_id_lookup(self, alias, remote_alias):
        remote = self.remote_field.model._meta.get_field(self.object_id_field_name)
        return Exact(self.model._meta.pk.get_col(alias), Cast(remote.get_col(remote_alias), models.BigIntegerField()))


class SearchedDocument(PageDocument):
    """A document with its entries; apart, since a relation would make every deletion of a document ask for them."""

    index_entries = EntriesOfPage(IndexEntry)

    class Meta:
        proxy = True
        default_permissions = ()


def entries_of(pages: Iterable[int]) -> models.QuerySet[IndexEntry]:
    """The entries of the pages with these ids."""
    content_types = get_descendants_content_types_pks(BasePage)
    return IndexEntry.objects.filter(content_type__in=content_types, object_id__in=[str(page) for page in pages])


class ChangedPage(models.Model):
    """A page, perhaps one that is gone, of which OpenSearch doesn't know yet what became of it.

    A row for each change, so that one that comes while the server is told of another isn't taken for it.
    """

    page = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.page)


class Synonym(models.Model):
    """Words and short phrases that mean the same to whoever looks for one of them."""

    phrases = models.CharField(
        _("woorden"),
        max_length=500,
        help_text=_(
            "Met komma's ertussen, bijvoorbeeld: po, primair onderwijs. Wie het ene zoekt, vindt ook het andere."
        ),
    )

    panels = [FieldPanel("phrases")]

    class Meta:
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")
        ordering = ["phrases"]

    def __str__(self):
        return self.phrases

    def clean(self):
        super().clean()
        if len(self.alternatives) < 2:
            raise ValidationError({"phrases": _("Noem er minstens twee, met een komma ertussen.")})

    @property
    def alternatives(self) -> list[tuple[str, ...]]:
        """The phrases, each as the words that are looked for."""
        found = (tuple(words.read(phrase)) for phrase in self.phrases.split(","))
        return list(dict.fromkeys(phrase for phrase in found if phrase))


class MissedQuestion(models.Model):
    """A question that found nothing on one day (see ``search.missed``)."""

    LONGEST = 60

    question = models.CharField(_("vraag"), max_length=LONGEST)
    day = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("vraag zonder resultaat")
        verbose_name_plural = _("vragen zonder resultaat")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "question"], name="search_missed_once_a_day")]

    def __str__(self):
        return self.question
