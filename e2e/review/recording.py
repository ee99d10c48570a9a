"""A recorded journey in memory: what was seen and what happened in each of its steps.

A baseline holds the same, save for what does not belong into git or differs by machine: images, boxes and durations.
"""

from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from e2e.stage.words import Language

FORMAT: Final = 1
"""The version of recordings and baselines that is written, and the only one that is read."""


class Request(NamedTuple):
    """A document or a form that the browser asked for."""

    method: str
    url: str
    status: int


class Box(NamedTuple):
    """Where a named element stands on a page; a mapping in a recording, a list in a baseline."""

    role: str
    name: str
    x: float
    y: float
    width: float
    height: float


class Part(BaseModel):
    """A part of a recording; what a later version adds to it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Title(Part):
    """What a journey or a step is called in both languages."""

    en: str
    zh: str


class Event(Part):
    """An entry of the world's journal."""

    kind: str
    facts: dict[str, Any] = {}


class Mail(Part):
    """A mail that a site sent."""

    to: str
    subject: str
    text: str = ""


class Call(Part):
    """A call from one company to the other."""

    sender: str = Field(alias="from")
    receiver: str = Field(alias="to")
    method: str
    path: str
    status: int | None = None


class Step(Part):
    """A step: the page at its end, and what happened meanwhile.

    Attributes:
        tree: the accessibility tree of the page as Playwright writes it.
        boxes: where the named elements stand; None in a baseline, or if that was not recorded.
        seconds: how long it took; None in a baseline.
        image: a picture of the page; None in a baseline.
        varying: where in the picture the world's name or port stands: left, top, width and height.
        actions: what was done, in words; of traces that others made.
        visit: which of the steps of this name it is.
    """

    number: int
    name: str
    title: Title
    actor: str
    clauses: tuple[str, ...] = ()
    url: str
    tree: str = ""
    boxes: tuple[Box, ...] | None = None
    requests: tuple[Request, ...] = ()
    console: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    mails: tuple[Mail, ...] = ()
    calls: tuple[Call, ...] = ()
    error: str | None = None
    seconds: float | None = None
    image: Path | None = None
    varying: tuple[tuple[float, float, float, float], ...] = ()
    actions: tuple[str, ...] = ()
    visit: int = 1

    @property
    def id(self) -> str:
        """The same for the same step of a journey, and for no other."""
        return self.name if self.visit == 1 else f"{self.name}-{self.visit}"


class Recording(Part):
    """A journey in one language, played once; or a trace that others made, which tells of no seed."""

    format: Literal[1] = FORMAT
    journey: str
    title: Title
    language: Language
    seed: str
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """What its folder and its baseline are called."""
        return f"{self.journey}-{self.language}" if self.seed else self.journey
