"""How the pages API selects events."""

from cms.api.filters import ParameterFilter, read_moment

from .models import EventPage


class StartFilter(ParameterFilter):
    """``starts_from=`` and ``starts_to=``: events that begin at or after, or before, a moment.

    ``starts_to`` with a date alone means up to and including that day.
    """

    parameters = ("starts_from", "starts_to")

    def narrow(self, queryset, parameter, value):
        moment = read_moment(parameter, value, end_of_day=parameter == "starts_to")
        lookup = "start__lt" if parameter == "starts_to" else "start__gte"
        return queryset.filter(pk__in=EventPage.objects.filter(**{lookup: moment}).order_by().values("pk"))
