"""Lists of one type of page under names of their own: the same documents, with the filters that each type needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest

from cms.models import PageDocument
from cms.moments import this_minute

from .contract import Parameter, ordering, paging
from .filters import Filter
from .listing import Listed, allow_parameters, list_documents, narrow, read_order, read_part


@dataclass(frozen=True)
class Items:
    """A list of pages of the type ``label``, such as ``agenda.EventPage``."""

    label: str
    filters: tuple[Filter, ...]
    order: str
    columns: frozenset[str] = frozenset({"id", "title", "slug", "date", "first_published_at"})
    """What it can be ordered by."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Filters that hold unless the reader gives other values."""
    max_limit: int = settings.WAGTAILAPI_LIMIT_MAX

    @property
    def parameters(self) -> set[str]:
        return {"limit", "offset", "after", "order", *(filter.name for filter in self.filters)}

    @property
    def described(self) -> tuple[Parameter, ...]:
        """The parameters, for the contract."""
        filters = (
            Parameter(filter.name, filter.description, filter.schema, default=self.defaults.get(filter.name))
            for filter in self.filters
        )
        return (*filters, ordering(self.columns, self.order), *paging(self.max_limit))

    def list(self, request: HttpRequest, order: str = "") -> Listed:
        """The part that ``request`` asks for, in ``order`` unless it names another.

        Raises ``BadRequestError`` for parameters and values that aren't known.
        """
        allow_parameters(request.GET, *self.parameters)
        parameters = request.GET.copy()
        for name, value in self.defaults.items():
            parameters.setdefault(name, value)
        minute = (
            this_minute()
        )  # before anything is selected by it: at worst what comes is newer than what it is kept as
        rows = narrow(PageDocument.objects.filter(type=self.label), parameters, self.filters)
        chosen = sorted((filter.name, parameters[filter.name]) for filter in self.filters if filter.name in parameters)
        part = read_part(parameters, self.max_limit)
        key = (self.label, minute, chosen)
        return list_documents(
            rows, read_order(parameters, order or self.order, self.columns), part, "item", key, request.token
        )
