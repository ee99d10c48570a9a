"""A recorded journey in memory: what was seen and what happened in each of its steps.

A baseline has the same content without the parts that are too large for git or differ by machine or run: images,
boxes, times, traces.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from mock_sites.review.assertions import in_python
from mock_sites.review.page_content import (
    Dialog,
    Look,
    Passing,
    Picture,
    SentForm,
    SocketMessage,
    StoredItem,
    StyleSheet,
    TransferredFile,
)

TEST_ENDS: Final = "test ends"
"""The action at which a test of Playwright Test failed that no action of the page failed in."""

FORMAT: Final = 1
"""The version of recordings and baselines that is written, and the only one that is read."""


class Request(NamedTuple):
    """A document that the browser requested, or a form that it sent, or anything else that it asked for.

    Attributes:
        status: of the answer; 0 if it failed, -1 if it was cut off before it came, or the recording ended before.
    """

    method: str
    url: str
    status: int


class Box(NamedTuple):
    """The place of a named element on a page. A mapping in a recording, a list in a baseline."""

    role: str
    name: str
    x: float
    y: float
    width: float
    height: float


class RecordingPart(BaseModel):
    """A part of a recording. Fields that a later version adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Happening(RecordingPart):
    """Something that happened in the world.

    Attributes:
        number: its place in the order of all that happened; None in a baseline.
        at: when it happened by the world's clock; None in a baseline.
    """

    number: int | None = Field(default=None, exclude=True)
    at: datetime | None = Field(default=None, exclude=True)


class Title(RecordingPart):
    """The title of a journey or a step in both languages."""

    en: str
    zh: str


class RecordedEvent(Happening):
    """An entry of the world's journal."""

    kind: str
    facts: dict[str, Any] = {}


class RecordedMail(Happening):
    """A mail that a site sent."""

    to: str
    subject: str
    text: str = ""


class RecordedCall(Happening):
    """A call from one company to the other."""

    sender: str = Field(alias="from")
    receiver: str = Field(alias="to")
    method: str
    path: str
    status: int | None = None


class RecordedState(RecordingPart):
    """A page as it was at a moment of a step. Its other attributes are those of a step.

    Attributes:
        inputs: how many inputs of the step had been made when it was first seen.
        whole: whether everything on the page is known. If not, it is not compared.
    """

    inputs: int
    tab: int = 1
    url: str
    tree: str
    boxes: tuple[Box, ...] | None = Field(default=None, exclude=True)
    texts: tuple[Box, ...] = Field(default=(), exclude=True)
    image: Path | None = Field(default=None, exclude=True)
    whole: bool = True


class RecordedStep(RecordingPart):
    """A step: the page at its end, and what happened meanwhile.

    Attributes:
        tab: the number of the tab it ends in, from 1 in the order in which tabs were seen.
        tree: the accessibility tree of the page as Playwright writes it.
        boxes: the places of named elements; None in a baseline, or if they were not recorded.
        texts: the places of unnamed elements with a text, which is their name here; none in a baseline.
        request_times: when each request began and was answered, in seconds since the journey began; none in a baseline.
        began: when it began, likewise.
        seconds: how long it took; None in a baseline.
        clock: what the world's clock showed at its end; None in a baseline.
        image: a picture of the page; None in a baseline.
        varying: where the picture shows what differs from run to run, such as the world's name: left, top, width and
            height.
        unsteady: where pictures of its end differ within the run, although nothing changed on the page; likewise.
        drawn_by: the browser, the system and the version of Playwright of a trace of another program.
        actions: what was done, as texts; only from traces of other programs.
        inputs: the places in ``actions`` of those that can change a page, such as a click. The others wait or read.
        states: the states of its page in order, without repetitions of the one before; the last one is its end. None
            in recordings of journeys, of which only the end is known.
        visit: its number among the steps of the same name.
        document_title: the title of the page; None if it was not recorded.
        document_language: its ``lang``, likewise.
        speculative: the places in ``requests`` of those that were made ahead of need, or of the browser's memory.
        sockets: the messages of the WebSockets that were opened in the step.
        storage: cookies that were set or sent, and entries of the local storage, as far as a trace has them.
        forms: what requests sent.
        sheets: the style sheets that were loaded, and the styles on the page at its end; only from traces of other
            programs, likewise ``pictures`` and ``looks``.
        looks: what gives elements of the page their look at its end.
        passing: what its page showed shortly before its end; likewise.
        whole: whether everything on the page at its end is known. If not, the end is not compared.
        unseen: whether its recording ends before the page is seen after the last action.
        late: whether its page came to its end by itself, and only the last action saw that.
    """

    number: int
    name: str
    title: Title
    actor: str
    tab: int = 1
    clauses: tuple[str, ...] = ()
    url: str
    tree: str = ""
    boxes: tuple[Box, ...] | None = Field(default=None, exclude=True)
    requests: tuple[Request, ...] = ()
    console: tuple[str, ...] = ()
    events: tuple[RecordedEvent, ...] = ()
    mails: tuple[RecordedMail, ...] = ()
    calls: tuple[RecordedCall, ...] = ()
    error: str | None = Field(default=None, exclude=True)
    texts: tuple[Box, ...] = Field(default=(), exclude=True)
    request_times: tuple[tuple[float, ...], ...] = Field(default=(), exclude=True)
    began: float | None = Field(default=None, exclude=True)
    seconds: float | None = Field(default=None, exclude=True)
    clock: datetime | None = Field(default=None, exclude=True)
    image: Path | None = Field(default=None, exclude=True)
    varying: tuple[tuple[float, float, float, float], ...] = Field(default=(), exclude=True)
    unsteady: tuple[tuple[float, float, float, float], ...] = Field(default=(), exclude=True)
    drawn_by: str = Field(default="", exclude=True)
    actions: Annotated[tuple[str, ...], AfterValidator(in_python)] = ()
    inputs: tuple[int, ...] = ()
    states: tuple[RecordedState, ...] = ()
    visit: int = 1
    speculative: tuple[int, ...] = ()
    document_title: str | None = None
    document_language: str | None = None
    dialogs: tuple[Dialog, ...] = ()
    downloads: tuple[TransferredFile, ...] = ()
    uploads: tuple[TransferredFile, ...] = ()
    sockets: tuple[SocketMessage, ...] = ()
    storage: tuple[StoredItem, ...] = ()
    forms: tuple[SentForm, ...] = ()
    sheets: tuple[StyleSheet, ...] = Field(default=(), exclude=True)
    pictures: tuple[Picture, ...] = Field(default=(), exclude=True)
    looks: tuple[Look, ...] = Field(default=(), exclude=True)
    passing: Passing = Field(default=Passing(), exclude=True)
    whole: bool = True
    unseen: bool = Field(default=False, exclude=True)
    late: bool = False

    @property
    def id(self) -> str:
        """A key of the step within its journey."""
        return self.name if self.visit == 1 else f"{self.name}--{self.visit}"


class Recording(RecordingPart):
    """A journey that was played once in one language, or a trace of another program, which has no seed.

    Attributes:
        recorded: when it began, in seconds since 1970; None in a baseline of a journey, or if that is not known.
        actors: the trace of each actor; none in a baseline.
        folder: where it is; None for a baseline.
        test: the folder of the test that played it, as seen from the run; empty if no test did.
        unknown: the attributes of its steps that it cannot tell.
    """

    format: Literal[1] = FORMAT
    journey: str
    title: Title
    language: Literal["en", "zh"]
    seed: str
    steps: tuple[RecordedStep, ...]
    recorded: float | None = None
    actors: dict[str, str] = Field(default={}, exclude=True)
    folder: Path | None = Field(default=None, exclude=True)
    test: str = Field(default="", exclude=True)
    unknown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its folder in the run."""
        own = f"{self.journey}-{self.language}" if self.seed else self.journey
        return f"{self.test}/{own}" if self.test else own
