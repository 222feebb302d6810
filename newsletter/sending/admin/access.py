"""Who may send, and see what was sent: whoever may publish the issues of that newsletter."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cms.isolation.visible import sees_all
from newsletter.models import SendRun
from newsletter.subscribing.admin.access import HOME, Guarded, lists_of

TO_RUNS = {"url": reverse_lazy("runs:index"), "label": _("Verzendingen")}


def runs_of(user) -> QuerySet[SendRun]:
    """Those to the lists of ``user``; of national editors also those to a newsletter that is gone."""
    runs = SendRun.objects.select_related("frozen", "newsletter", "created_by", "approved_by")
    return runs if sees_all(user) else runs.filter(newsletter__in=lists_of(user).values("pk"))


class AboutRun(Guarded):
    """For views about one run; to be named before the view that it guards."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.run = get_object_or_404(runs_of(request.user), pk=kwargs["run_pk"])

    def get_breadcrumbs_items(self):
        return [*HOME, TO_RUNS, {"url": "", "label": self.get_page_title()}]
