"""The form of an event: it loses nobody who is registered."""

from agenda.registration.protecting import Loss, keep_visitors_out, losses
from cms.page_form import PageForm


class EventForm(PageForm):
    def is_valid(self):
        # Not in ``clean``: what is in the inline forms is known after it.
        valid = super().is_valid()
        return self.is_bound and self._keeps_its_people() and valid

    def _keeps_its_people(self) -> bool:
        if self.instance.pk and "action-publish" in self.data:
            keep_visitors_out(self.instance)
        found = losses(self.instance, self._kept("sessions"), self._kept("questions"))
        for loss in found:
            self._refuse(loss)
        return not found

    def _kept(self, name: str) -> set[int]:
        formset = self.formsets[name]
        return {form.instance.pk for form in formset.forms if form not in formset.deleted_forms}

    def _refuse(self, loss: Loss) -> None:
        """Tell it beside the field; what was to be deleted is shown again."""
        if loss.pk is None:
            self.add_error(loss.field, loss.message)
            return
        for form in self.formsets[loss.field].forms:
            if form.instance.pk == loss.pk:
                form.data = {**form.data.dict(), form.add_prefix("DELETE"): ""}
                form.cleaned_data["DELETE"] = False
                form.add_error("title" if "title" in form.fields else "label", loss.message)
                return
        self.add_error(None, loss.message)
