"""A film of a demo: the pages of the person who acts, each shown as long as it was seen."""

import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, ScreencastFrame

from e2e.demo.encoding import HEIGHT, WIDTH, FilmFile, FilmPicture
from e2e.demo.subtitles import Cue, SubtitlesFile


class Reel:
    """Pictures in the order in which they were shown, each with its duration. Pauses do not count."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds that never go back."""
        self._folder, self._clock = folder, clock
        self._shots: list[FilmPicture] = []
        self._shown: Path | None = None
        self._since: float | None = None

    def show(self, picture: bytes) -> None:
        """From now on the film shows ``picture``."""
        self._end_shot()
        self._shown = self._folder / f"{len(self._shots):06}.jpeg"
        self._shown.write_bytes(picture)

    def stop(self) -> None:
        """Leave the time from now on out of the film."""
        self._end_shot()
        self._since = None

    def go_on(self) -> None:
        """Let it be part of the film again, from the next picture on."""
        if self._since is None:
            self._shown, self._since = None, self._clock()

    def length(self) -> float:
        """The length of the film until now, in seconds."""
        return sum(shot.seconds for shot in self.shots())

    def shots(self) -> list[FilmPicture]:
        """The pictures of the film until now."""
        self._end_shot()
        return self._shots.copy()

    def _end_shot(self) -> None:
        if self._since is None:
            return
        now = self._clock()
        if self._shown and now > self._since:
            self._shots.append(FilmPicture(self._shown, now - self._since))
        self._since = now


class Film:
    """Shows the last opened tab of the person who acts. It is written at the end, also after a failure.

    Until ``go_on`` nothing is part of the film.
    """

    def __init__(
        self, file: FilmFile, folder: Path, clock: Callable[[], float], *, subtitles: SubtitlesFile | None = None
    ) -> None:
        """A film for ``file``, whose pictures are kept in ``folder`` until it is written."""
        self.path = file.path
        self._file = file
        self._subtitles = subtitles
        self._cues: list[Cue] = []
        self._reel = Reel(folder, clock)
        self._latest: dict[Page, bytes] = {}
        self._tabs: defaultdict[BrowserContext, list[Page]] = defaultdict(list)
        self._followed: BrowserContext | None = None
        self._began: float | None = None

    def __enter__(self) -> Self:
        """Begin with an empty film."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the film, if there is anything in it."""
        self.stop()
        if shots := self._reel.shots():
            self._file.write(shots)
            if self._subtitles:
                self._subtitles.write(self._cues, self._reel.length())

    def watch(self, context: BrowserContext) -> None:
        """Look at the pages of ``context`` from now on."""
        context.on("page", self._watch_page)

    def stop(self) -> None:
        """Leave the time from now on out of the film."""
        self._began = None
        self._reel.stop()

    def go_on(self) -> None:
        """Let it be part of the film."""
        self._began = self._began or 1000 * time.time()
        self._reel.go_on()

    def add_subtitle(self, text: str, speaker: str = "") -> None:
        """From now on the subtitles show ``text``, about what ``speaker`` does."""
        self._cues.append(Cue(self._reel.length(), text, speaker))

    def follow(self, context: BrowserContext) -> None:
        """Show what the person in front of ``context`` sees."""
        self._followed = context
        self._show_tab()

    def _watch_page(self, page: Page) -> None:
        def on_frame(frame: ScreencastFrame) -> None:
            if _is_empty(frame["data"]):  # before the first page of a tab, or between two
                return
            self._latest[page] = frame["data"]
            # What was drawn before the film goes on can arrive late.
            if self._tab() is page and self._began and frame["timestamp"] >= self._began:
                self._reel.show(frame["data"])

        def on_close(_page: Page) -> None:
            self._tabs[page.context].remove(page)
            self._latest.pop(page, None)
            self._show_tab()

        self._tabs[page.context].append(page)
        page.on("close", on_close)
        with suppress(Error):  # a page can be closed before it is looked at
            page.screencast.start(on_frame=on_frame, size={"width": WIDTH, "height": HEIGHT}, quality=90)

    def _tab(self) -> Page | None:
        tabs = self._tabs[self._followed] if self._followed else []
        return tabs[-1] if tabs else None

    def _show_tab(self) -> None:
        tab = self._tab()
        if tab in self._latest:
            self._reel.show(self._latest[tab])


def _is_empty(picture: bytes) -> bool:
    """Whether the upper half of a picture has one colour. Captions are in the lower one."""
    with Image.open(BytesIO(picture)) as opened:
        opened.draft("RGB", (opened.width // 8, opened.height // 8))
        return opened.crop((0, 0, opened.width, opened.height // 2)).getcolors(1) is not None
