"""The texts of a recorded step as lines by field, read and written without knowing the fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel

Lines = dict[str, list[str]]
"""The lines of a step by its field, in the order in which they stand in it."""


def read_lines(model: BaseModel) -> Lines:
    """The lines of all texts in a model, also of texts in its parts. Fields without a text are left out."""
    found = {name: list(lines_of(value)) for name, value in model}
    return {name: lines for name, lines in found.items() if lines}


def write_lines(model: BaseModel, lines: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The values of fields with other ``lines``: as many as they have, and in their order."""
    return {name: _with_lines(getattr(model, name), iter(new)) for name, new in lines.items()}


def lines_of(value: object) -> Iterator[str]:
    """The lines of a text, or of all texts in a value."""
    if isinstance(value, str):
        yield from value.split("\n")
    else:
        for part in _parts(value):
            yield from lines_of(part)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, BaseModel):
        yield from (part for _name, part in value)
    elif isinstance(value, Mapping):
        yield from cast("Mapping[str, object]", value).values()
    elif isinstance(value, tuple | list):
        yield from cast("Sequence[object]", value)


def _with_lines(value: Any, lines: Iterator[str]) -> Any:
    if isinstance(value, str):
        return "\n".join(next(lines) for _line in value.split("\n"))
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _with_lines(part, lines) for name, part in value})
    if isinstance(value, dict):
        held = cast("dict[str, Any]", value)
        return {name: _with_lines(part, lines) for name, part in held.items()}
    if isinstance(value, tuple | list):
        items = cast("Sequence[Any]", value)
        parts = [_with_lines(part, lines) for part in items]
        if isinstance(value, list):
            return parts
        return type(items)(*parts) if hasattr(items, "_fields") else tuple(parts)
    return value
