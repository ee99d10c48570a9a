"""The approved baselines are those of the journeys as they are; without a browser."""

from typing import Final

import pytest

from e2e.journeys import JOURNEYS
from e2e.review.command import BASELINES
from mock_sites.review.load import read_baseline

IN_CHINESE_TOO: Final = ("usage-to-bill",)
"""The journeys whose recordings in Chinese are approved too. The others have a baseline in English only."""

APPROVED: Final = [*((name, "en") for name in JOURNEYS), *((name, "zh") for name in IN_CHINESE_TOO)]


@pytest.mark.parametrize(("name", "language"), APPROVED)
def test_the_baseline_of_a_journey_has_its_steps(name: str, language: str) -> None:
    baseline = read_baseline(BASELINES / f"{name}-{language}.yaml")

    assert [(step.name, step.title.en, step.title.zh, step.actor, step.clauses) for step in baseline.steps] == [
        (step.name, step.title.en, step.title.zh, step.actor, step.clauses) for step in JOURNEYS[name].steps
    ]


def test_every_baseline_is_of_a_journey_and_small_enough_for_git() -> None:
    files = {file.name: file.stat().st_size for file in BASELINES.glob("*.yaml")}

    assert files.keys() == {f"{name}-{language}.yaml" for name, language in APPROVED}
    assert sum(files.values()) < 600_000
