"""The documented clauses, each a sentence of the two documents that a browser can meet."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("clauses.toml")


@dataclass(frozen=True)
class Clause:
    """One entry of ``clauses.toml``; its head says what the fields mean."""

    id: str
    source: str
    kind: str
    says: str


@cache
def all_clauses() -> Mapping[str, Clause]:
    """The clauses by id, in the order of the documents."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["clause"]
    return {entry["id"]: Clause(**entry) for entry in entries}
