"""Search with facets against stock Wagtail's ``?search=`` on the same rows, and as the number of pages grows.

``python -m benchmarks.search`` measures 1,000 and 10,000 pages on SQLite, and 100,000 as well on PostgreSQL.
"""

import argparse
import signal
import sys

from . import servers, tables
from .api import DATABASES, Bench, build, progress
from .questions import questions

PAGES = {"sqlite": [1_000, 10_000], "postgresql": [1_000, 10_000, 100_000]}
MOST_COMPARED = 10_000
"""Of more pages stock isn't asked, and only those are rendered that are shown."""
INDEXERS = 2


def main() -> None:
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # leaves through all that cleans up
    for name in arguments.databases:
        with DATABASES[name]() as database, servers.surroundings(database) as environment:
            results = {}
            for pages in sorted(arguments.pages or PAGES[name]):
                title = f"{database.name}, {pages:,} pages"
                progress(f"{title}: building")
                fill(environment, pages)
                progress(f"{title}: searching")
                bench = Bench(database, environment, clients=1)
                results[pages] = bench.measure(questions(stock=pages <= MOST_COMPARED))
                tables.print_search(title, results[pages])
            if len(results) > 1:
                tables.print_growth(f"{database.name}, what ours takes as the number of pages grows", results)


def fill(environment: dict[str, str], pages: int) -> None:
    """Let the site and Wagtail's index of it grow to so many pages."""
    if pages <= MOST_COMPARED:
        build(environment, pages)
    else:
        servers.run(environment, "rows", str(pages))
    servers.run_parts(environment, INDEXERS, "indexing")
    servers.run(environment, "settling")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", metavar="NUMBER")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    return parser.parse_args()


if __name__ == "__main__":
    main()
