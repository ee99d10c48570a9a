"""The main journey, whole, in both languages."""

import pytest

from e2e.journeys import purchase_to_login
from fixtures.accessibility import Inspector
from fixtures.play import Play


@pytest.mark.plays(purchase_to_login)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_company_subscribes_and_its_employee_reaches_the_workspace(play: Play, inspector: Inspector) -> None:
    play(purchase_to_login, inspector)

    assert inspector.found == []
