"""Parts of pages that are the same again, such as a menu. A baseline has each once, and then the step that has it.

So a new entry in a menu changes one place of a baseline, and not each page that has the menu.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import RecordedStep, Recording

FORMAT: Final = 2
"""The version of baselines. In version 1 each part was written again."""

LARGEST: Final = 200_000_000
"""The most characters of all pages of a baseline: what ten of the largest files would have in full."""

_SAME = re.compile(r"- same as in step (\d+): (.*)\n?")
"""What replaces a part: the number of the step, and the first line of the part."""


def shorten(recording: Recording) -> Recording:
    """The recording with each repeated part of its pages replaced by where it is."""
    known: dict[str, str] = {}

    def replace(step: RecordedStep, tree: str) -> str:
        parts = _parts(tree)
        firsts = Counter(map(_first_line, parts))
        shortened = "".join(known.get(part, part) for part in parts)
        for part in parts:
            same = f"- same as in step {step.number}: {_first_line(part)}\n"
            if tree == step.tree and len(part) > 2 * len(same) and firsts[_first_line(part)] == 1:
                known.setdefault(part, same)
        return shortened

    return _with_trees(recording, replace)


def restore(recording: Recording, where: Path) -> Recording:
    """The recording that was shortened. ``where`` is its file.

    Raises:
        ReviewError: a part is not there, or its pages have more than ``LARGEST`` characters.
    """
    known: dict[tuple[int, str], str] = {}
    left = LARGEST

    def replace(step: RecordedStep, tree: str) -> str:
        nonlocal left
        parts = _parts(tree)
        for number, part in enumerate(parts):
            if same := _SAME.fullmatch(part):
                parts[number] = known.get((int(same[1]), same[2]), "")
                if not parts[number]:
                    raise ReviewError(f"{where}: step {step.number}: step {same[1]} before it has no part “{same[2]}”")
            else:
                known.setdefault((step.number, _first_line(part)), part)
            left -= len(parts[number])
            if left < 0:
                raise ReviewError(f"{where}: its pages have more than {LARGEST // 1_000_000} million characters")
        return "".join(parts)

    return _with_trees(recording, replace)


def _with_trees(recording: Recording, replace: Callable[[RecordedStep, str], str]) -> Recording:
    """The recording with other trees. The page at the end of a step comes before its states."""
    steps: list[RecordedStep] = []
    for step in recording.steps:
        tree = replace(step, step.tree)
        states = tuple(state.model_copy(update={"tree": replace(step, state.tree)}) for state in step.states)
        steps.append(step.model_copy(update={"tree": tree, "states": states}))
    return recording.model_copy(update={"steps": tuple(steps)})


def _parts(tree: str) -> list[str]:
    """The elements at the top of a page, each with the lines of those inside it."""
    return re.split(r"(?<=\n)(?=- )", tree)


def _first_line(part: str) -> str:
    return part.partition("\n")[0]
