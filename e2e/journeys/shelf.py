"""Worlds that outlast a run: what has been played once is loaded until something it is made from changes."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import mkdtemp  # noqa: TID251 - the folder becomes the kept one
from typing import Final

from e2e.journeys.journey import Journey, Step
from e2e.stage.stage import Notes, Stage
from mock_sites import Server

_ROOT: Final = Path(__file__).parents[2]
_MADE_FROM: Final = ("mock_sites", "e2e/journeys", "e2e/pages", "e2e/stage", "e2e/labels.toml", "requirements.lock")
_WORLD, _NOTES = "world", "notes.json"


class Shelf:
    """A folder with a world and notes for each step of a journey that was played, in one language.

    Any number of processes may use one folder: what is found there is whole, and what two of them made is the same.
    """

    def __init__(self, folder: Path, server: Server) -> None:
        """Use ``folder`` for worlds of ``server``; what was made from other sources is removed."""
        self._folder, self._server = folder / made_from(), server
        self._folder.mkdir(parents=True, exist_ok=True)
        for other in folder.iterdir():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def find(self, journey: Journey, step: Step) -> tuple[str, Notes] | None:
        """The name of a new world that is as it was after the step, and the notes; None if nobody has played it."""
        place = self._place(journey, step)
        if not place.exists():
            return None
        world = self._server.worlds.load(place / _WORLD)
        return world.name, Notes(**json.loads((place / _NOTES).read_text(encoding="utf-8")))

    def keeping(self, journey: Journey) -> "Keeping":
        """Listens to a play of ``journey`` in a world that was as the journey expects it, and keeps it step by step."""
        return Keeping(self, journey)

    def put(self, journey: Journey, step: Step, world: str, notes: Notes) -> None:
        """Keep the world called ``world`` and the notes, unless that was done before."""
        place = self._place(journey, step)
        if place.exists():
            return
        draft = Path(mkdtemp(dir=self._folder))
        self._server.worlds.save(world, draft / _WORLD)
        (draft / _NOTES).write_text(json.dumps(asdict(notes)), encoding="utf-8")
        try:
            draft.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(draft)

    def _place(self, journey: Journey, step: Step) -> Path:
        return self._folder / f"{journey.name}.{step.name}"


class Keeping:
    """Puts the world of a play on the shelf whenever a step has ended well."""

    def __init__(self, shelf: Shelf, journey: Journey) -> None:
        """Made by ``Shelf.keeping``."""
        self._shelf, self._journey = shelf, journey

    def on_step_started(self, stage: Stage, step: Step) -> None:
        """Nothing to keep yet."""

    def on_step_finished(self, stage: Stage, step: Step, seconds: float, error: BaseException | None) -> None:
        """Keep the world as it is now."""
        if error is None:
            self._shelf.put(self._journey, step, stage.world.name, stage.notes)


@cache
def made_from() -> str:
    """A fingerprint of all that a prepared world comes from: the sites, the journeys and what they are built on."""
    digest = hashlib.sha256()
    for file in sorted(_sources()):
        digest.update(f"{file.relative_to(_ROOT)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for name in _MADE_FROM:
        found = _ROOT / name
        files = found.rglob("*") if found.is_dir() else (found,)
        for file in files:
            if file.is_file() and not {"tests", "__pycache__"} & set(file.relative_to(_ROOT).parts):
                yield file
