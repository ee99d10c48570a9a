"""Each deliberate change is found where it was made, as what it is, and nothing else is."""

from pathlib import Path

import pytest

from e2e.support.deliberate import Deliberate, find
from e2e.support.deliberate_changes import CATALOGUE
from e2e.support.sample import make_sample, write_sample


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample recording, unchanged."""
    return write_sample(make_sample(), tmp_path_factory.mktemp("baseline") / "purchase-en")


@pytest.mark.parametrize("deliberate", CATALOGUE, ids=lambda deliberate: deliberate.name)
def test_a_deliberate_change_is_found_and_nothing_else(deliberate: Deliberate, baseline: Path) -> None:
    findings = find(deliberate, baseline)

    assert deliberate.is_met_by(findings), [
        (finding.kind, finding.what, [place.step.number for place in finding.places]) for finding in findings
    ]
