"""The whole life of a subscription, in Chinese and by V1 of the seller protocol.

Its first half is the main journey, which plays in English elsewhere; all other journeys speak V2.
"""

import pytest

from e2e.journeys import whole_life
from e2e.journeys.change_settlement import looks_who_pays
from e2e.scenario.scenario import Scenario
from fixtures.accessibility import Inspector
from fixtures.play import Play
from fixtures.shown import Evidence
from mock_sites.client import World


@pytest.mark.clause("settle-6", "cancel-4", "cancel-5")
@pytest.mark.plays(whole_life)
@pytest.mark.parametrize("language", ["zh"])
def test_a_subscription_is_bought_used_on_two_sites_cancelled_and_unlocked(
    play: Play, inspector: Inspector, world: World
) -> None:
    world.seller_center.use_protocol("v1")

    play(whole_life, inspector)

    assert inspector.found == []
    assert sorted(event.details["site"] for event in world.journal("guance.workspace.locked")) == ["cn1", "cn4"]
    assert {call.protocol for call in world.seller_center.calls()} == {"v1"}


@pytest.mark.plays(whole_life, after=looks_who_pays)
@pytest.mark.usefixtures("buyer")
def test_its_end_is_the_same_in_english(scenario: Scenario, shown: Evidence) -> None:
    whole_life.play(scenario, shown.playing(whole_life), after=looks_who_pays)
