"""What blocks look like in the API: by what they say themselves, or by what Wagtail's own blocks are."""

from collections.abc import Callable

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.json_schema import (
    BOOLEAN,
    DATE,
    INTEGER,
    MOMENT,
    NUMBER,
    STRING,
    Named,
    Schema,
    array,
    literal,
    nullable,
    one_of,
    reference,
    shape,
)

from .undescribed import Undescribed


def schema_of_block(block: blocks.Block) -> Schema:
    """The schema of what ``get_api_representation`` gives.

    The nearest class that says how a block is represented has to say what that looks like, in ``get_api_schema``;
    raises ``Undescribed`` when it doesn't.
    """
    for cls in type(block).__mro__:
        if "get_api_schema" in vars(cls):
            return block.get_api_schema()
        if cls in WAGTAILS:
            return WAGTAILS[cls](block)
        if "get_api_representation" in vars(cls):
            break
    raise Undescribed(f"{type(block).__module__}.{type(block).__qualname__} has no get_api_schema")


def _plain(schema: Schema) -> Callable[[blocks.Block], Schema]:
    """Text that is left out is empty; any other value is then ``null``."""
    return lambda block: schema if block.required or schema is STRING else nullable(schema)


def _choice(block: blocks.ChoiceBlock) -> Schema:
    return one_of(value for value, _ in block.field.choices)


def _list(block: blocks.ListBlock) -> Schema:
    return array(schema_of_block(block.child_block))


def _struct(block: blocks.StructBlock) -> Schema:
    return shape(**{name: schema_of_block(child) for name, child in block.child_blocks.items()})


def schema_of_stream(block: blocks.StreamBlock) -> Schema:
    """A list of ``{type, value, id}``, each with the type as a literal; named after a class that isn't Wagtail's."""
    cls = type(block)
    own = cls is not blocks.StreamBlock
    name = cls.__name__.removesuffix("Block")
    members = {
        child_name: shape(type=literal(child_name), value=schema_of_block(child), id=nullable(STRING))
        for child_name, child in block.child_blocks.items()
    }
    if not own:
        return array({"oneOf": list(members.values())})
    names = {child_name: name + child_name.title().replace("_", "") for child_name in members}
    mapping = {child_name: reference(names[child_name])["$ref"] for child_name in members}
    items = {
        "oneOf": [Named(names[child_name], member) for child_name, member in members.items()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return Named(name, array(items), cls.__doc__ or "")


def _typed_table(block: TypedTableBlock) -> Schema:
    cells = [schema_of_block(child) for child in block.child_blocks.values()]
    column = shape(type=one_of(block.child_blocks), heading=STRING)
    return shape(columns=array(column), rows=array(shape(values=array({"anyOf": cells}))), caption=STRING)


WAGTAILS: dict[type[blocks.Block], Callable[..., Schema]] = {
    blocks.CharBlock: _plain(STRING),
    blocks.TextBlock: _plain(STRING),
    blocks.URLBlock: _plain(STRING),
    blocks.EmailBlock: _plain(STRING),
    blocks.IntegerBlock: _plain(INTEGER),
    blocks.FloatBlock: _plain(NUMBER),
    blocks.BooleanBlock: lambda block: BOOLEAN,
    blocks.DateBlock: _plain(DATE),
    blocks.DateTimeBlock: _plain(MOMENT),
    blocks.ChoiceBlock: _choice,
    blocks.ListBlock: _list,
    blocks.StructBlock: _struct,
    blocks.StreamBlock: schema_of_stream,
    TypedTableBlock: _typed_table,
}
