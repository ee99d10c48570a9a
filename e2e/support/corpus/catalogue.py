"""All sites of the corpus, and the table of what a review finds of each pair of visits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error

from e2e.support.corpus.check import CorpusError, Found, find, meets, record
from e2e.support.corpus.site import SingleChange, Site
from e2e.support.corpus.sites import (
    board,
    chat,
    dashboard,
    dialogs,
    downloads,
    feed,
    frames,
    jobs,
    languages,
    oauth,
    offline,
    popups,
    routing,
    shadow,
    tickets,
    upload,
)

SITES: Final = tuple(
    module.SITE
    for module in (
        oauth,
        popups,
        frames,
        shadow,
        routing,
        feed,
        dashboard,
        jobs,
        downloads,
        dialogs,
        board,
        upload,
        chat,
        offline,
        languages,
        tickets,
    )
)


@dataclass(frozen=True)
class Row:
    """A pair of visits, what a review found, and whether that is right.

    Attributes:
        change: how the later visit's site differs; None if it does not.
        fault: why the pair could not be made or compared.
    """

    site: Site
    change: SingleChange | None
    found: Sequence[Found] = ()
    fault: str = ""

    @property
    def met(self) -> bool:
        """Whether the change was found, and nothing else."""
        return not self.fault and meets(self.change, self.found)

    @property
    def expected(self) -> str:
        """What should be found."""
        if self.change is None:
            return "nothing"
        return f"{self.change.kind} in {self.change.step}: {self.change.words}"


def check_site(
    browser: Browser, site: Site, changes: Sequence[SingleChange | None], folder: Path, *, film: bool = True
) -> Iterator[Row]:
    """Compare the site as it is with each of its ``changes``; None stands for another visit without a change.

    The traces stay in ``folder``, with a ``film`` as most traces have.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = record(browser, site, folder / f"{site.name}.zip", film=film)
    for number, change in enumerate(changes, 1):
        try:
            after = record(browser, site, folder / f"{site.name}-{number}.zip", change, film=film)
            found = find(before, after, folder / "pictures" / f"{site.name}-{number}")
        except (CorpusError, Error, AssertionError) as error:
            yield Row(site, change, fault=str(error).partition("\n")[0])
        else:
            yield Row(site, change, found)
