from django.db import migrations

DUTCH = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'unaccent') THEN
        BEGIN
            CREATE EXTENSION IF NOT EXISTS unaccent;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'unaccent is left out: this user may not create extensions';
        END;
    END IF;
    CREATE TEXT SEARCH CONFIGURATION cms_dutch (COPY = pg_catalog.dutch);
    IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'unaccent') THEN
        ALTER TEXT SEARCH CONFIGURATION cms_dutch
            ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
    END IF;
END
$$
"""


def make_configuration(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DUTCH)


def drop_configuration(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION cms_dutch")


class Migration(migrations.Migration):
    """The configuration of PostgreSQL by which texts are indexed and looked for: its Dutch, without accents."""

    operations = [migrations.RunPython(make_configuration, drop_configuration)]
