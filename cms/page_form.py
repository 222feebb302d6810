"""The form of every page: it refers to nothing of another region than its own."""

from collections.abc import Iterator

from wagtail.admin.forms import WagtailAdminPageForm

from .isolation.boundary import Reference, foreign_references, label_of, references_of, refusal

BOOKKEEPING = ("-count", "-deleted", "-id", "-order", "-type")
"""How the fields end in which the form of a block says something of the block itself."""


class PageForm(WagtailAdminPageForm):
    def is_valid(self):
        # Not in ``clean``: what is in the inline forms is known after it.
        valid = super().is_valid()
        return self.is_bound and self._stays_within_its_region() and valid

    def _stays_within_its_region(self) -> bool:
        foreign = foreign_references(self._references(), self.instance.path or self.parent_page.path)
        for name in dict.fromkeys(reference.field for reference in foreign):
            self.add_error(name if name in self.fields else None, refusal(label_of(self.instance, name)))
            self._forget(name, {reference.pk for reference in foreign if reference.field == name})
        return not foreign

    def _references(self) -> Iterator[Reference]:
        """Of the fields as they were filled in; the children that the page had may be about to go."""
        yield from (one for one in references_of(self.instance) if one.field not in self.formsets)
        for name, formset in self.formsets.items():
            for form in formset.forms:
                if form not in formset.deleted_forms:
                    yield from (one._replace(field=name) for one in references_of(form.instance))

    def _forget(self, name: str, pks: set[str]) -> None:
        """Take ``pks`` out of what was filled in: shown again, it would say what they are called."""
        data = self.data.copy()
        for key, value in data.items():
            if key.startswith(name) and value in pks and not key.endswith(BOOKKEEPING):
                data[key] = ""
        formsets = self.formsets.values()
        for bound in (self, *formsets, *(form for formset in formsets for form in formset.forms)):
            bound.data = data
