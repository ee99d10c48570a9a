"""The shapes of what players of demos and the control API send each other."""

from typing import Annotated

from pydantic import BaseModel, Field

from mock_sites.web.json_api import Body, WholeNumber

Title = Annotated[str, Field(min_length=1, max_length=200)]


class PlayableJourney(Body):
    """A journey that a player has."""

    name: str = Field(min_length=1, max_length=60, examples=["purchase-to-login"])
    en: Title
    zh: Title
    after_en: str = Field("", max_length=500, description="After what it begins, if a new world is not enough.")
    after_zh: str = Field("", max_length=500)


class WaitForDemo(Body):
    """What a player can play in a world as it is."""

    journeys: list[PlayableJourney] = Field(min_length=1, max_length=100)


class Demo(BaseModel):
    """A journey that somebody wants to see in a world."""

    number: int
    world: str
    journey: str = Field(description="Its name, one of those that a player has sent.")
    language: str = Field(description="Of the pages: en or zh.")
    speed: float = Field(description="How fast to go. 0: as the player was started.")


class NextDemo(BaseModel):
    """What to play."""

    demo: Demo | None = Field(description="Null if nobody has asked for one in the meantime: ask again.")


class WatchedDemo(BaseModel):
    """Whether a demo goes on."""

    stopped: bool = Field(description="Whether somebody has stopped it: end it then, else ask again.")


class DemoStep(Body):
    """A step that begins."""

    title: Title = Field(description="In the language of the demo.")
    actor: str = Field(min_length=1, max_length=40)
    number: WholeNumber = Field(ge=1, le=1000)
    steps: WholeNumber = Field(ge=1, le=1000, description="How many there are.")


class DemoEnd(Body):
    """How a demo ended."""

    failure: str = Field("", max_length=500, description="Why it failed. Empty if it did not.")
    stopped: bool = Field(default=False, description="Whether it ended early, as somebody has stopped it.")
