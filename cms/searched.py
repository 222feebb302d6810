"""What pages are found by: the texts that readers see, and nothing else.

A test (``tests/search/test_indexed.py``) holds every field of every type of page against what the API shows.
"""

from wagtail.search import index


def texts(*names: str) -> list[index.SearchField]:
    """The fields ``names`` of a page, or of rows that belong to it: they weigh less than its title and its summary.

    Rows mustn't call theirs ``title``: by that name Wagtail takes them for the title of the page.
    """
    return [index.SearchField(name, boost=2) for name in names]
