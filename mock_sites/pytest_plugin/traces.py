"""Traces of the browser contexts of each test, for ``--review`` and ``--approve``."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mock_sites.process.temporary import temporary_folder
from mock_sites.process.zips import ForeignZip
from mock_sites.review.folder_names import folder_name

_ON_A_PAGE: Final = re.compile(rb'"class":"(?:Page|Frame|ElementHandle)"')


class Traces:
    """Traces every context of the fixture ``browser``, from its beginning, in a part for each test that it is open in.

    Attributes:
        output: the folder with a folder for each test.
        folder: that of the test that runs; None between tests.
        contexts: those that are open, in the order in which they were made.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder: Path | None = None
        self.saved: list[Path] = []
        self.contexts: list[BrowserContext] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, object]:
        """See each context that the browser makes."""
        result = yield
        if fixturedef.argname == "browser" and isinstance(result, Browser):
            result.new_context = partial(self._new_context, result.new_context)
            result.new_page = partial(self._new_page, result.new_page)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a new part. What contexts of several tests did in between is in none."""
        self.folder = self.output / folder_name(item.nodeid)
        self.saved = []
        for context in self.contexts:
            context.tracing.stop_chunk()
            context.tracing.start_chunk()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """What fixtures do afterwards is not the test's. Its traces have been compared, and may hold secrets."""
        self.folder = None
        for file in self.saved:
            file.unlink()
        for folder in {file.parent for file in self.saved if not any(file.parent.iterdir())}:
            folder.rmdir()
        self.saved = []

    def pytest_recordings_of_test(self) -> Path | None:
        """Save what is open."""
        folder, self.folder = self.folder, None
        if folder is None:
            return None
        for context in self.contexts:
            self._save(context, folder)
            context.tracing.start_chunk()
        return folder if self.saved else None

    def _new_context(self, make: Callable[..., BrowserContext], **options: Any) -> BrowserContext:
        context = make(**options)
        self._begin(context)
        return context

    def _new_page(self, make: Callable[..., Page], **options: Any) -> Page:
        page = make(**options)
        self._begin(page.context)
        page.close = partial(self._close, page.context, page.close)
        return page

    def _begin(self, context: BrowserContext) -> None:
        self.contexts.append(context)
        context.on("close", self._forget)
        context.close = partial(self._close, context, context.close)
        context.tracing.start(screenshots=True, snapshots=True)

    def _close(self, context: BrowserContext, close: Any, **options: Any) -> None:
        """Save a context that the test itself closes, alone or with its only page."""
        if context in self.contexts and self.folder:
            self._save(context, self.folder)
        self._forget(context)
        close(**options)

    def _forget(self, context: BrowserContext) -> None:
        if context in self.contexts:
            self.contexts.remove(context)

    def _save(self, context: BrowserContext, folder: Path) -> None:
        number = len(self.saved) + 1
        file = folder / ("trace.zip" if number == 1 else f"trace-{number}.zip")
        with temporary_folder() as scratch:
            context.tracing.stop_chunk(path=scratch / file.name)
            if _shows_a_page(scratch / file.name):
                folder.mkdir(parents=True, exist_ok=True)
                self.saved.append(Path(shutil.move(scratch / file.name, file)))


def _shows_a_page(trace: Path) -> bool:
    """Whether something was done on a page. A context of several tests may be idle in one of them."""
    with ForeignZip(trace) as archive:
        return bool(_ON_A_PAGE.search(archive.read("trace.trace")))
