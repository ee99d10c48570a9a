"""The tours of this project's tools, which demos show."""

import pytest

from e2e.demo.tours import TOURS
from e2e.scenario.scenario import Scenario
from fixtures.accessibility import Inspector


@pytest.mark.parametrize("name", TOURS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_tour_is_played_in_both_languages(scenario: Scenario, inspector: Inspector, name: str) -> None:
    TOURS[name].play(scenario, inspector)

    assert inspector.found == []
