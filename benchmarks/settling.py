"""What the server does of its own accord, in time."""

from django.db import connection


def main() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
