"""The shapes of the control API's requests and answers. Moments are ISO 8601 in UTC."""

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from mock_sites.control.recorded_tests import WORLD_FILE
from mock_sites.web.json_api import Body
from mock_sites.world.clock import LATEST, LONGEST_STEP
from mock_sites.world.database import LARGEST_NUMBER
from mock_sites.world.opened import NAME
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.translations import Language

MOST_EVENTS: Final = 1000
"""Events in one answer."""

MOST_WORLDS: Final = 1000
"""Worlds in one answer."""

STORED_AT: Final = "When it was made or its clock was last set, by the clock of the server's machine."

NAME_PATTERN: Final = f"^{NAME.pattern}$"
"""What worlds and snapshots can be called."""

WorldName = Annotated[
    str,
    Field(
        description="1 to 40 lower-case letters, digits and hyphens.",
        examples=["w42"],
        # Told only: the sentence of the refusal is that of the pages.
        json_schema_extra={"pattern": NAME_PATTERN},
    ),
]


class MakeNamedWorld(Body):
    """A world to make, whose name is in the address."""

    seed: str | None = Field(
        None,
        description="Ids, codes, secrets and delays come from it. 1 to 100 characters, printable. Without one it is "
        f"{DEFAULT_SEED}, or random where other machines reach the server.",
        json_schema_extra={"minLength": 1, "maxLength": 100},
    )
    running: bool = Field(
        default=True, description="Whether its clock follows real time; false freezes it from the start."
    )
    language: Language = Field(
        default="en",
        description="That of mails to people who have not signed in, until somebody signs in.",
    )


class MakeWorld(MakeNamedWorld):
    """A world to make."""

    name: WorldName | None = Field(None, description="Without a name it gets the next free of w1, w2, ...")


class ForkWorld(Body):
    """A copy of a world to make."""

    name: WorldName | None = Field(None, description="Without a name it gets the next free of w1, w2, ...")


class ChangeClock(Body):
    """What a clock is to do."""

    frozen: bool = Field(description="True stops it at its present moment, false lets it follow real time from there.")


class AdvanceClock(Body):
    """How far a clock is to go."""

    seconds: float = Field(
        ge=0,
        allow_inf_nan=False,
        description=(
            f"At most {LONGEST_STEP.days} days at once, up to the beginning of the year {LATEST.year};"
            " jobs on the way are done at their time."
        ),
    )


class TurnSwitch(Body):
    """A switch to turn for a customer."""

    name: str = Field(max_length=100, description="In English.", examples=["Arbitrary Selection of Settlement Method"])
    customer: str = Field(max_length=100, description="As the page of the world names the customer.")
    on: bool


class JournalQuery(BaseModel):
    """Which events to tell."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, le=LARGEST_NUMBER, description="Only events numbered above this.")
    kind: str = Field(
        "", max_length=100, description='Only events of kinds that begin so, such as "huawei." or "mail.sent".'
    )
    limit: int = Field(MOST_EVENTS, ge=1, le=MOST_EVENTS, description="At most so many, the earliest first.")


class JobQuery(BaseModel):
    """Which jobs to tell."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(100, ge=1, le=MOST_EVENTS, description="At most so many, the earliest first.")


class Clock(BaseModel):
    """A world's clock."""

    now: datetime
    frozen: bool


class AdvancedClock(Clock):
    """A world's clock after its step."""

    jobs_done: int = Field(description="Jobs that fell due on the way.")


class World(BaseModel):
    """A world."""

    name: str
    seed: str
    clock: Clock
    snapshots: list[str]
    suffix: str = Field(
        description="Stands behind a documented host name in this world.", examples=[".w42.localhost:8700"]
    )
    url: str = Field(description="Its start page.")
    stored_at: datetime = Field(description=STORED_AT)
    mailbox: str = Field(description="Its web mail, where the mail API is.")


class WorldQuery(BaseModel):
    """Which worlds to tell."""

    model_config = ConfigDict(extra="forbid")

    after: str = Field("", max_length=40, description="Only worlds that are listed after the one called so.")
    limit: int = Field(MOST_WORLDS, ge=1, le=MOST_WORLDS, description="At most so many.")


class UnusableWorld(BaseModel):
    """A world that another version of the mock sites made, or whose files are damaged. It can be dropped."""

    name: str
    reason: str
    stored_at: datetime = Field(description=STORED_AT)


class WorldList(BaseModel):
    """Worlds, main first, the others by name."""

    worlds: list[World]
    unusable: list[UnusableWorld]
    next: str | None = Field(description="If there are more, ask again with this as `after`; else null.")


class Snapshot(BaseModel):
    """A kept state of a world."""

    world: str
    label: str
    clock: Clock | None = Field(description="The world's clock in it; null if its files are damaged.")


class SnapshotList(BaseModel):
    """A world's snapshots, the one that was taken last first."""

    snapshots: list[Snapshot]


class Event(BaseModel):
    """Something that happened. Numbers order the events and mails of a whole world."""

    number: int
    at: datetime
    kind: str
    facts: dict[str, Any]


class Journal(BaseModel):
    """Events in order."""

    events: list[Event]
    more: bool = Field(description="Whether there are later ones that fit; ask again with the last number as `after`.")


class Job(BaseModel):
    """Work that waits for its time."""

    due: datetime
    company: str
    kind: str


class JobList(BaseModel):
    """Waiting jobs, earliest first."""

    jobs: list[Job]
    more: bool = Field(description="Whether later ones wait as well.")


class Person(BaseModel):
    """Somebody who is in every new world."""

    company: str
    key: str
    name: str
    names: dict[str, str] = Field(description="The name in each language, by its code.")
    role: str
    sign_in: str = Field(description="The page to sign in on, in this world.")
    username: str
    password: str
    email: str


class PersonList(BaseModel):
    """The ready-made people."""

    people: list[Person]


class Site(BaseModel):
    """A site of a world."""

    name: str = Field(description="Its documented host name.")
    url: str
    title: str
    company: str
    for_people: bool = Field(description="False for interfaces that only machines call.")


class SiteList(BaseModel):
    """The sites of a world."""

    sites: list[Site]


class Recording(BaseModel):
    """What people do in a world while it is recorded."""

    running: bool = Field(description="Whether it goes on.")
    began: datetime = Field(description="The world's time at which it began.")
    visits: int = Field(description="How many pages were opened and forms sent.")
    has_world_file: bool = Field(description="Whether the world was not new, so that a test begins with its file.")
    people: list[str] = Field(description="The keys of the ready-made people who acted.")


class RecordedTestQuery(BaseModel):
    """Which test to write."""

    model_config = ConfigDict(extra="forbid")

    person: str = Field(
        "", max_length=100, description="Only what was done in the browsers of the person with this key."
    )
    world_file: str = Field(
        WORLD_FILE,
        pattern=r"^[0-9A-Za-z_.-]{1,100}$",
        description="What the file of the world beside the test is called.",
    )


class RecordedLine(BaseModel):
    """A line of a test, and what it finds on which page, if it finds something."""

    text: str
    variable: str = Field(description="The variable of the tab.")
    page: str = Field(description="The documented address of the page.")
    heading: str = Field(description="The heading of the page.")
    locator: str = Field(description="The expression that finds an element.")
    role: str = Field(description="The role of the element. Empty: it is found by its label.")
    name: str = Field(description="The name of the element, or its label.")
    in_dialog: bool
    alone: bool = Field(description="Whether no other element has this name.")


class RecordedTest(BaseModel):
    """A test."""

    source: str = Field(description="Python, for pytest with the fixtures of `mock_sites.pytest_plugin`.")
    lines: list[RecordedLine] = Field(description="The lines of its function, to be written in another style.")
    language: str = Field(description="The language of its first page, such as zh-CN.")
    seed: str = Field(description="The seed of its world.")
    file: str = Field(description="The name of the world's file beside it. Empty if its world is new.")
