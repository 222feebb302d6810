"""What one may ask of lists of pages, and of one page."""

from django.conf import settings
from django.utils.module_loading import import_string

from cms.json_schema import BOOLEAN, STRING, array, one_of
from cms.models import PageDocument

from .contract import Parameter, ordering, paging
from .fields import MAX_DEPTH
from .filters import COMMON, TREE
from .openapi.pages import page_types
from .ordering import COLUMNS
from .selection import MAX_SEARCH

FILTERS = (*TREE, *COMMON, *map(import_string, settings.PAGES_API_FILTERS))

FIELDS = Parameter(
    "fields",
    "Which fields to show, as in Wagtail: `*`, `_,title`, `body`, `-summary`. The answer is then a `PickedPage`, or "
    f"with `*` all that there is. Brackets go at most {MAX_DEPTH} deep.",
)
TYPE = Parameter(
    "type",
    "One type, for its own fields, or several with commas, for cards.",
    array(one_of(model._meta.label for model in page_types())),
)
LIST = (
    TYPE,
    *FILTERS,
    Parameter("slug", "The last part of the address. Any other column of the type goes too.", STRING),
    Parameter("show_in_menus", "Whether the page stands in the menu of the page above it.", BOOLEAN),
    Parameter("search", "Words to search for.", {"type": "string", "maxLength": MAX_SEARCH}),
    Parameter("search_operator", "Whether all words have to be found.", one_of(("and", "or")), default="and"),
    FIELDS,
    ordering(COLUMNS, "path"),
    *paging(settings.WAGTAILAPI_LIMIT_MAX),
)
PATH = Parameter(
    "path",
    "Path on the site, without host.",
    {"type": "string", "maxLength": PageDocument._meta.get_field("html_path").max_length},
    required=True,
)
