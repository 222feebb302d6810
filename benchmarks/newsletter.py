"""Rendering an issue of a newsletter: CPU and queries for 20 and for 40 items, and against mrml alone.

``python -m benchmarks.newsletter`` builds 1,000 pages, in SQLite and in PostgreSQL.
"""

import argparse
import json

from . import servers, tables
from .api import DATABASES, build, progress

PAGES = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newsletter", description=__doc__.splitlines()[0])
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    for name in parser.parse_args().databases:
        with DATABASES[name]() as database, servers.surroundings(database) as environment:
            progress(f"{database.name}: building")
            build(environment, PAGES)
            tables.print_mails(f"{database.name}, rendering an issue", json.loads(servers.run(environment, "mails")))


if __name__ == "__main__":
    main()
