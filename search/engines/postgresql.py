"""Full text of PostgreSQL: Dutch stems, by the index on titles and the rest of the texts together."""

from modelsearch.backends.database.postgres.weights import get_sql_weights

from search import hits, words
from search.entries import with_entries
from search.hits import Hit
from search.query import Wanted
from search.selection import NEWEST, Selection

from . import expressions

TEXT = "body_text"
RANKED = 500
"""Of more pages only those so many that are newest are ranked by their texts, all of them by their titles.

Reading a text takes longer than all else that is done for a page.
"""
IS_RANKED = f"row_number() OVER (ORDER BY {NEWEST}) <= {RANKED}"
# By stems, by the configuration that a migration made, and by what words begin with. With stems words don't begin: that
# of "boor" is "bor", as "Borne" begins.
PART = "to_tsquery('cms_dutch', %s) || to_tsquery('simple', %s)"


def match(documents: Selection, wanted: Wanted) -> list[Hit]:
    names = [f"part_{number}" for number in range(len(wanted.parts))]
    texts = [expressions.write_part(part, "&", "|", form) for part in wanted.parts for form in (_stem, _form)]
    asked = f"(SELECT {', '.join(f'{PART} AS {name}' for name in names)}) AS asked"
    whole = (" || " if wanted.any_part else " && ").join(names)
    # In this order, which is that of the index (search/migrations/0005).
    found = with_entries(documents).beside(asked, *texts).where(f"(entry.body || entry.title) @@ ({whole})")
    columns = f"{hits.columns()}, {_relevance(whole)}"
    if not wanted.any_part:
        return [*map(Hit._make, found.newest(columns, hits.MOST))]
    # Ranks of PostgreSQL don't know that some words are rarer than others.
    holds = (f"entry.title @@ {name} OR ({IS_RANKED} AND entry.body @@ {name})" for name in names)
    rows = found.newest(", ".join([columns, *holds]), hits.MOST)
    return hits.weigh_parts((Hit(*row[: -len(names)]), row[-len(names) :]) for row in rows)


def begin_with(documents: Selection, beginnings: list[str]) -> Selection:
    query = " & ".join(f"'{word}':*" for word in beginnings)
    return with_entries(documents).where("entry.autocomplete @@ to_tsquery('simple', %s)", query)


def _relevance(whole: str) -> str:
    """Words of a short title weigh more; of a long one they are words of a title still."""
    of_title, of_text = (f"ts_rank('{get_sql_weights()}', entry.{name}, {whole})" for name in ("title", "body"))
    return f"{of_title} * greatest(entry.title_norm, 1.0) + CASE WHEN {IS_RANKED} THEN {of_text} ELSE 0.0 END"


def _stem(form: str) -> str:
    return f"'{form}'"


def _form(form: str) -> str:
    return f"'{form}':*" if words.is_beginning(form) else _stem(form)
