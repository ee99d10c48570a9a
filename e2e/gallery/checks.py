"""What is wrong with the pages of a gallery."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Final, cast

from playwright.sync_api import Page, StorageState, StorageStateCookie
from rich.console import Console

from e2e.gallery.links import SeenKinds, links_of, may_be_opened
from e2e.gallery.shown import Look, ShownPage
from e2e.inspection import Kind, foreign_texts, misfits, misplaced_errors, seen_on, violations
from mock_sites.client import DocumentedAddresses

_SAY_WHY: Final = {HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT}


class Checks:
    """Checks pages while they are looked at."""

    def __init__(self, looks: Sequence[Look], console: Console) -> None:
        """Each page is looked at in these looks. What is wrong is printed as soon as it is found."""
        self._console = console
        self._theme = looks[0].theme
        self._widest = max(look.width for look in looks)
        self._tried = SeenKinds()
        self._found: dict[str, list[str]] = {}

    def begin(self) -> None:
        """Try all links again: the pages are those of another world, or of another person."""
        self._tried = self._tried.anew()

    def faults(self, page: Page, look: Look) -> Iterator[str]:
        """What is wrong with a page in the look that it has now: for axe, by its width, its language and its errors.

        To run all of axe takes longer than the picture. So the colours are checked in each theme at the largest width,
        sizes at each width in one theme, and everything else there only where other elements can be seen.
        """
        kinds = list[Kind]()
        if look.width == self._widest:
            kinds.append("of colours")
        if look.theme == self._theme:
            kinds.append("of sizes")
            if (seen := seen_on(page)) not in self._found:
                self._found[seen] = violations(page, ["others"])
            yield from self._found[seen]
        if kinds:
            yield from violations(page, kinds)
        yield from misfits(page, look.width)
        yield from foreign_texts(page)
        yield from misplaced_errors(page)

    def dead_links(self, page: Page, world: DocumentedAddresses) -> Iterator[str]:
        """The links of a page that lead nowhere, of those of kinds that were not tried yet.

        Somebody else with the same cookies opens them, so that the page and its session stay as they are. A page that
        says why one may not go on (403), or why what was begun is over (409), is a page.
        """
        links = [url for url in links_of(page) if may_be_opened(url, world) and self._tried.add(url)]
        if links and (browser := page.context.browser):
            cookies = cast("list[StorageStateCookie]", page.context.cookies())
            with browser.new_context(storage_state=StorageState(cookies=cookies)) as reader:
                for url in links:
                    if (status := reader.request.get(url).status) >= 400 and status not in _SAY_WHY:
                        yield f"dead link: {world.document(url)} answers {status}"

    def report(self, page: ShownPage) -> None:
        """Print what is wrong with a page."""
        if page.faults:
            state = f"{page.language} {page.number:03} {page.site}{page.address} ({page.shown_by})"
            faults = [f"  {fault} [{', '.join(look.name for look in looks)}]" for fault, looks in page.faults.items()]
            self._console.print("\n".join([state, *faults]), markup=False)
