"""What the API says of questions."""

from rest_framework.fields import Field


class CategoryField(Field):
    """The subject of a question as ``{id, slug, title}``."""

    def to_representation(self, category) -> dict:
        return {"id": category.pk, "slug": category.slug, "title": category.title}
