"""The screens of the admin on a large site: CPU and queries of each, and against Wagtail's own list of pages.

``python -m benchmarks.admin`` builds 10,000 pages in 78 regions, with editors, drafts and nominations, in SQLite and in
PostgreSQL.
"""

import argparse
import json

from . import servers, tables
from .api import DATABASES, build, progress

PAGES = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.admin", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=PAGES, metavar="NUMBER")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    arguments = parser.parse_args()
    for name in arguments.databases:
        with DATABASES[name]() as database, servers.surroundings(database) as environment:
            title = f"{database.name}, {arguments.pages:,} pages, screens of the admin"
            progress(f"{title}: building")
            build(environment, arguments.pages)
            progress(f"{title}: opening")
            watched = str(database.pid or "")
            tables.print_screens(title, json.loads(servers.run(environment, "screens", watched)))


if __name__ == "__main__":
    main()
