"""The domain defines the allowed values of a field. Forms read them from there."""

import ast
from pathlib import Path

import pytest

from mock_sites.guance.domain import accounts, contacts
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.huawei.domain import members
from mock_sites.huawei.domain.states import EnterpriseState
from mock_sites.huawei.domain.tables import Enterprise
from mock_sites.world.errors import Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.passwords import WELL_KNOWN
from mock_sites.world.world import World

FORMS = [path for path in Path(__file__).parents[1].rglob("*forms.py") if path.parent.name not in {"tests", "web"}]


def test_forms_have_no_rules_of_their_own() -> None:
    """No form defines a pattern or a length."""
    wrong: list[str] = []
    for path in FORMS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword):
                own = node.arg in {"longest", "max", "min"} and isinstance(node.value, ast.Constant)
            else:
                stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and "LONGEST" in node.id
                own = stored or (isinstance(node, ast.Name) and node.id == "Regexp")
            if own:
                wrong.append(f"{path.parent.name}/{path.name}: {ast.unparse(node)}")
    assert len(FORMS) > 8
    assert wrong == []


def test_a_rule_is_about_the_whole_text() -> None:
    rule = FieldRule("[0-9]{2}", "Enter two digits.")
    rule.check("12", "number")
    for wrong in ("", "1", "123", "12\n", "x12"):
        with pytest.raises(Refusal, match="Enter two digits"):
            rule.check(wrong, "number")


@pytest.mark.parametrize("rule", [accounts.PHONE, members.PHONE])
def test_a_phone_number_has_digits(rule: FieldRule) -> None:
    assert all(map(rule.allows, ("13800000001", "+86 138-0000-0001")))
    assert not any(map(rule.allows, ("", "1", "phone", "1" * 30, "+86 138 x")))


def test_the_domain_refuses_a_wrong_phone_number_by_itself(world: World) -> None:
    details = members.Details(name="Li", department="IT", phone="none", email="", account="li")
    with world.uow("huawei", write=True) as uow, pytest.raises(Refusal, match="phone number in digits"):
        members.add(uow, Enterprise(domain="acme", state=EnterpriseState.READY), details, password=WELL_KNOWN)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="5 to 20 digits") as refusal:
        contacts.send_to_new(uow, BillingAccount(id="b", phone="13800000001"), "phone", "none", "en")
    assert refusal.value.field == "new"
