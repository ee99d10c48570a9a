"""The journeys of binding and of registration at Guance, whole, in both languages."""

import pytest

from e2e.journeys import (
    existing_account_to_login,
    new_workspace_with_account,
    new_workspace_without_account,
    register_at_guance,
)
from fixtures.accessibility import Inspector
from fixtures.play import Play

pytestmark = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.mark.clause("start-1")
@pytest.mark.plays(existing_account_to_login)
def test_an_employee_binds_a_workspace_and_signs_in(play: Play, inspector: Inspector) -> None:
    play(existing_account_to_login, inspector)

    assert inspector.found == []


@pytest.mark.clause("ws-9")
@pytest.mark.plays(new_workspace_with_account)
def test_an_employee_creates_a_workspace_for_a_guance_account(play: Play, inspector: Inspector) -> None:
    play(new_workspace_with_account, inspector)

    assert inspector.found == []


@pytest.mark.clause("link-2", "ws-8")
@pytest.mark.plays(new_workspace_without_account)
def test_an_employee_registers_for_guance_with_a_workspace(play: Play, inspector: Inspector) -> None:
    play(new_workspace_without_account, inspector)

    assert inspector.found == []


@pytest.mark.clause("settle-11")
@pytest.mark.plays(register_at_guance)
def test_a_user_registers_at_guance_and_a_huawei_cloud_account_pays(play: Play, inspector: Inspector) -> None:
    play(register_at_guance, inspector)

    assert inspector.found == []
