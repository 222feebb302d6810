"""Registering for an event: how many a second, with places left, at the last place and for the waiting line.

``python -m benchmarks.registering`` measures on a site of 1,000 pages, in SQLite and in PostgreSQL, one registration
after the other. The ratio is that to the bare insert of a row in the same run.
"""

import argparse
import json

from . import servers, tables
from .api import DATABASES, progress

PAGES = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registering", description=__doc__.splitlines()[0])
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=[*DATABASES])
    for name in parser.parse_args().databases:
        with DATABASES[name]() as database, servers.surroundings(database) as environment:
            progress(f"{database.name}: building")
            servers.run(environment, "rows", str(PAGES))
            progress(f"{database.name}: registering")
            registrations = json.loads(servers.run(environment, "registrations"))
            tables.print_registrations(f"{database.name}, registering for an event", registrations)


if __name__ == "__main__":
    main()
