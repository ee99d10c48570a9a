"""What a gallery shows: pages in one state, each in several looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from e2e.scenario.labels import Language

Theme = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")

WIDTHS: Final = (360, 768, 1280)
"""Pixels: a phone, a tablet, a desktop."""

HEIGHT: Final = 720
"""Pixels of the window. A picture shows the whole page, however long it is."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    """Pixels of the window."""
    theme: Theme

    @property
    def name(self) -> str:
        """The look in file names."""
        return f"{self.width}-{self.theme}"


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """A page in one state."""

    number: int
    language: Language
    site: str
    """The documented host."""
    address: str
    """Path and query."""
    title: str
    shown_by: str
    """The journey and the step after which it was seen, or the page with the link to it."""
    pictures: dict[Look, str]
    """The files of its pictures, in the folder of the gallery."""
    faults: Mapping[str, Sequence[Look]]
    """What is wrong with it, each with the looks in which it is."""
