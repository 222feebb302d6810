from django.db import migrations

WORDS = """
CREATE INDEX search_words ON wagtailsearch_indexentry USING gin ((body || title))
"""
FACETS = """
CREATE INDEX search_facets ON cms_pagedocument (page_id) INCLUDE (type, region, themes, audiences, date)
"""


def add_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WORDS)
        schema_editor.execute(FACETS)


def remove_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_words")
        schema_editor.execute("DROP INDEX search_facets")


class Migration(migrations.Migration):
    """What PostgreSQL needs so that it finds words in titles and texts together, and counts without reading documents.

    Without the one it reads the texts of whatever holds some of the words, without the other all documents.
    """

    dependencies = [
        ("cms", "0007_document_terms"),
        ("search", "0004_missed_questions"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(add_indexes, remove_indexes)]
