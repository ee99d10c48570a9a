"""Columns whose values are members of a ``StrEnum``, and states, which change in allowed ways only."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum, nonmember
from typing import Any, ClassVar, Self, cast

from sqlalchemy import Enum, event
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute


class State(StrEnum):
    """What a row is at present. ``after`` names, for each state that is not the last one, those that may follow it."""

    after: "ClassVar[nonmember[Mapping[str, AbstractSet[str]]]]"

    @property
    def followers(self) -> AbstractSet[Self]:
        """The states that may follow this one."""
        after = cast("Mapping[str, AbstractSet[str]]", self.after)
        return {type(self)(value) for value in after.get(self, ())}

    def check_follows(self, before: Self) -> None:
        """Refuse a change that the rules do not know; to stay what it is is none.

        Raises:
            ForbiddenTransitionError: this state cannot follow ``before``.
        """
        if self is not before and self not in before.followers:
            raise ForbiddenTransitionError(f"{type(self).__name__}: {self} cannot follow {before}.")


class ForbiddenTransitionError(RuntimeError):
    """A rule has a row change its state in a way that is not allowed: a defect of the program."""


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


ENUM_COLUMN = Enum(StrEnum, native_enum=False, values_callable=_values)
"""Keeps the values of a ``StrEnum`` as text."""


def guard(base: type[DeclarativeBase]) -> None:
    """Let rows of the tables below ``base`` take only members of their enums, and only states that may follow."""
    event.listen(base, "attribute_instrument", _guard_attribute, propagate=True)


def _guard_attribute(_table: type[Any], _name: str, attribute: InstrumentedAttribute[Any]) -> None:
    column = getattr(attribute.property, "columns", [None])[0]
    kind = getattr(column, "type", None)
    if not isinstance(kind, Enum):
        return
    members = cast("type[StrEnum]", kind.enum_class)

    def check(_row: object, value: str, before: object, _event: object) -> StrEnum:
        member = members(value)
        if isinstance(member, State) and isinstance(before, State):
            member.check_follows(before)
        return member

    event.listen(attribute, "set", check, retval=True, active_history=issubclass(members, State))
