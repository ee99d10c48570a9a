"""Jobs as a company declares them: frozen dataclasses, each handled by one function.

A job is stored as its kind and its fields in JSON. A field that has its default value is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pydantic import TypeAdapter

from mock_sites.world.shared_tables import JsonObject

if TYPE_CHECKING:
    from mock_sites.world.transport import Call, CallResult
    from mock_sites.world.unit_of_work import UnitOfWork


class Job:
    """Work to be done later. Subclasses are frozen dataclasses. A company's jobs have a common base without a kind."""

    kind: ClassVar[str]
    """The name in the database, in the journal and on the operator's pages."""

    def __init_subclass__(cls, *, kind: str = "") -> None:
        """Set the kind of a job. A base class of jobs has none."""
        super().__init_subclass__()
        cls.kind = kind


Done = TypeVar("Done", bound=Job)


@dataclass(frozen=True)
class Handler(Generic[Done]):
    """Does jobs of one kind, each inside one transaction."""

    job: type[Done]
    work: Callable[[UnitOfWork, Done], None]


@dataclass(frozen=True)
class CallHandler(Generic[Done]):
    """Runs jobs that call another company. Preparing and storing the result are transactions; the call is in none."""

    job: type[Done]
    prepare: Callable[[UnitOfWork, Done], Call | None]
    """What to send, decided when the job runs. None if there is nothing to send: the job is done."""
    answered: Callable[[UnitOfWork, Done, CallResult], None]
    """Stores the answer, or that there was none."""


AnyHandler = Handler[Any] | CallHandler[Any]


class Jobs(dict[str, AnyHandler]):
    """The handlers of a company's jobs by their kinds."""

    def __init__(self, base: type[Job], *handlers: AnyHandler) -> None:
        """Collect the handlers. Each job that is declared below ``base`` needs one.

        Raises:
            TypeError: a job has no handler, or two, or a kind that another job has too.
        """
        super().__init__((handler.job.kind, handler) for handler in handlers)
        declared = list(_declared(base))
        wrong = {each.__name__ for each in declared if each.kind not in self or self[each.kind].job is not each}
        if wrong or len(self) != len(handlers) or len(declared) != len(handlers):
            names = ", ".join(sorted(wrong)) or base.__name__
            raise TypeError(f"Each job needs one handler and a kind of its own. Look at the handlers of: {names}.")

    def check(self, job: Job) -> None:
        """Refuse to schedule a job that has no handler.

        Raises:
            TypeError: the company has no handler for it.
        """
        if job.kind not in self or self[job.kind].job is not type(job):
            raise TypeError(f"The company has no handler for {job}. Declare it among the company's jobs.")

    def stored_form(self) -> str:
        """The kinds and the JSON schemas of their fields. A world that was made with other schemas cannot be used."""
        return repr([(kind, _adapter(handler.job).json_schema()) for kind, handler in sorted(self.items())])


def as_json(value: object) -> JsonObject:
    """The fields of a dataclass that differ from their defaults."""
    return _adapter(type(value)).dump_python(value, mode="json", exclude_defaults=True)


Read = TypeVar("Read")


def from_json(kind: type[Read], fields: JsonObject) -> Read:
    """The dataclass that was stored as ``fields``."""
    return _adapter(kind).validate_python(fields)


@cache
def _adapter(kind: type[Read]) -> TypeAdapter[Read]:
    return TypeAdapter(kind)


def _declared(base: type[Job]) -> Generator[type[Job]]:
    if base.kind:
        yield base
    for each in base.__subclasses__():
        yield from _declared(each)
