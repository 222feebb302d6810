"""The schemas that have a name, gathered from wherever they are used."""

from typing import Any

from cms.json_schema import Named, Schema, reference


class Components:
    """Everything under ``components.schemas``."""

    def __init__(self):
        self.schemas: dict[str, Schema] = {}

    def take(self, schema: Any) -> Any:
        """``schema`` with a reference in each place of one that has a name.

        Raises ``ValueError`` when two that differ have the same name.
        """
        if isinstance(schema, Named):
            self.add(schema.name, dict(schema))
            return reference(schema.name)
        if isinstance(schema, dict):
            return {name: self.take(value) for name, value in schema.items()}
        if isinstance(schema, list):
            return [self.take(value) for value in schema]
        return schema

    def add(self, name: str, schema: Schema) -> None:
        taken = self.take(schema)
        if self.schemas.setdefault(name, taken) != taken:
            raise ValueError(f"there are two schemas with the name {name}")
