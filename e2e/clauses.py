"""The documented clauses: sentences of the two documents that can be seen in a browser, and what proves each."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from e2e.scenario.labels import Language

FILE: Final = Path(__file__).with_name("clauses.toml")


@dataclass(frozen=True)
class Clause:
    """One entry of ``clauses.toml``, which explains the fields."""

    id: str
    source: str
    kind: Literal["flow", "rule", "note"]
    says: str
    proof: Sequence[str] = ()
    reads: Mapping[Language, Sequence[str]] = field(default_factory=dict[Language, Sequence[str]])


@cache
def all_clauses() -> Mapping[str, Clause]:
    """The clauses by id, in the order of the documents."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["clause"]
    return {entry["id"]: Clause(**entry) for entry in entries}
