"""Every form that needs a mailed code: wrong, expired, another person's and used codes, and too many requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from mock_sites.guance.auth import forgotten
from mock_sites.guance.billing_center import sign_in
from mock_sites.guance.domain import codes
from mock_sites.guance.domain.tables import VerificationCode, Visit
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.ready import EMAIL, Prepare, every, nothing, proved, verifying
from mock_sites.tests.support.typed.guance import BASICS, CREATE
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, methods, rules
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal

BOSS: Final = "guance.billing_center"
OWNER: Final = "zhao.min@northwind.example.com"
NEW_PASSWORD: Final = {"password": "Another-2026", "confirm": "Another-2026"}


@dataclass(frozen=True)
class Asked:
    """A form with a code: where and how the code is requested, and another person who can get one there."""

    app: str
    path: str
    send: str
    to: Mapping[str, str]
    another: Mapping[str, str] = field(default_factory=dict[str, str])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    who: str = "owner"
    prepare: Prepare = nothing
    prepare_another: Prepare | None = None
    """Where the session decides who gets the code: what that of the other person needs."""

    def visitor(self, users: Users, who: str = "") -> Visitor:
        """A user at the form."""
        prepare = self.prepare_another if who and self.prepare_another else self.prepare
        return users.visitor(self.app, who or self.who, **prepare(users))

    def ask(self, users: Users, *, another: bool = False) -> TestResponse:
        """Ask for a code. ``another`` means for another address, or by another user if the address is the
        user's own.
        """
        by = self.visitor(users, "stranger") if another and not self.another else self.visitor(users)
        return by.post(self.send, self.another if another and self.another else self.to)

    def redeem(self, users: Users, digits: str) -> TestResponse:
        """Send the form with a code."""
        return self.visitor(users).post(self.path, {**self.fields, **self.to, "code": digits})


BIND: Final = "/huaweicloud/bind"
FORMS: Final = {
    "registration": Asked(
        "guance.auth",
        "/businessRegister",
        "/businessRegister/code",
        {"email": EMAIL},
        {"email": OWNER},
        BASICS,
        "nobody",
    ),
    "fee center account": Asked(
        "guance.auth",
        BIND,
        f"{BIND}/code",
        {"username": "zhaomin"},
        {"username": "sunli"},
        prepare=every(Visit, billing_account_id=None),
    ),
    "workspace of an account": Asked(
        "guance.auth",
        f"{BIND}/create/have-account",
        f"{BIND}/create/have-account/code",
        {"email": OWNER},
        {"email": EMAIL},
        CREATE,
    ),
    "workspace of a newcomer": Asked(
        "guance.auth",
        f"{BIND}/create/no-account",
        f"{BIND}/create/no-account/code",
        {"email": EMAIL},
        {"email": OWNER},
        BASICS | CREATE,
    ),
    "present email": Asked(BOSS, "/account/email", "/account/email/code", {}),
    "present phone": Asked(BOSS, "/account/phone", "/account/phone/code", {}),
    "new email": Asked(
        BOSS,
        "/account/email/new",
        "/account/email/new/code",
        {"new": EMAIL},
        {"new": "other@example.com"},
        prepare=proved("email"),
    ),
    "new phone": Asked(
        BOSS,
        "/account/phone/new",
        "/account/phone/new/code",
        {"new": "13800000000"},
        {"new": "13900000000"},
        prepare=proved("phone"),
    ),
    "app to bind": Asked("guance.console", "/account/mfa", "/account/mfa/code", {}),
    "app to unbind": Asked(
        "guance.auth",
        "/login/mfa/unbind",
        "/login/mfa/unbind/code",
        {},
        {},
        {"description": "D"},
        "nobody",
        verifying(),
        verifying("stranger"),
    ),
    "forgotten password of a site": Asked(
        "guance.auth",
        "/login/forgot/password",
        "/login/forgot",
        {"username": "zhaomin"},
        {"username": "stranger"},
        NEW_PASSWORD,
        "nobody",
        lambda _users: {forgotten.FORGOTTEN: "zhaomin"},
    ),
    "forgotten password": Asked(
        BOSS,
        "/forgot/password",
        "/forgot",
        {"username": "zhaomin"},
        {"username": "sunli"},
        NEW_PASSWORD,
        "nobody",
        lambda _users: {sign_in.FORGOTTEN: "zhaomin"},
    ),
}


@pytest.fixture
def users(users: Users) -> Users:
    """They came by a visit to the site that the forms name."""
    with users.world.uow("guance", write=True) as uow:
        uow.session.execute(update(Visit).values(site="cn4"))
    return users


@pytest.fixture(params=FORMS)
def asked(request: pytest.FixtureRequest) -> Asked:
    """Every form."""
    return FORMS[request.param]


def latest(users: Users) -> VerificationCode:
    """The latest code."""
    with users.world.uow("guance") as uow:
        return uow.session.scalars(select(VerificationCode).order_by(VerificationCode.sent_at.desc())).first() or (
            pytest.fail("No code was sent.")
        )


def other_than(digits: str) -> str:
    """A wrong code."""
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_every_form_with_a_code_is_listed_here(dispatcher: Dispatcher) -> None:
    there_are = {
        rule.rule.replace("<any('have-account', 'no-account'):branch>", branch).replace(
            "<any('email', 'phone'):kind>", kind
        )
        for _, rule in rules(dispatcher)
        for branch, kind in (("have-account", "email"), ("no-account", "phone"))
        if rule.rule.endswith("/code") and "POST" in methods(rule)
    }
    of_huawei_cloud = {"/authui/verification/code"}  # in test_second_verification.py
    assert {asked.send for asked in FORMS.values()} | of_huawei_cloud == there_are | {"/forgot", "/login/forgot"}


def test_a_code_is_asked_for_again_after_a_minute_only(users: Users, asked: Asked) -> None:
    asked.ask(users)
    first, mails = latest(users).digits, len(users.world.messages())
    again = asked.ask(users)
    assert again.status_code == 422
    assert "A code was sent just now. You can get a new one in 60 seconds." in again.text
    assert (latest(users).digits, len(users.world.messages())) == (first, mails)
    jobs.advance(users.world, 60)
    assert asked.ask(users).status_code in {200, 302}
    assert len(users.world.messages()) == mails + 1
    assert asked.redeem(users, first).status_code == 422
    assert asked.redeem(users, latest(users).digits).status_code == 302


def test_five_wrong_codes_end_the_right_one(users: Users, asked: Asked) -> None:
    asked.ask(users)
    right = latest(users).digits
    answers = [asked.redeem(users, other_than(right)) for _ in range(codes.MOST_TRIES)]
    assert {answer.status_code for answer in answers} == {422}
    assert ["This code is wrong." in answer.text for answer in answers] == [True] * 4 + [False]
    assert "The code was wrong five times. Get a new one." in answers[-1].text
    assert "This code is not valid any more." in asked.redeem(users, right).text


def test_a_code_is_valid_for_less_than_five_minutes(users: Users, asked: Asked) -> None:
    asked.ask(users)
    jobs.advance(users.world, 299)
    assert "This code is wrong." in asked.redeem(users, other_than(latest(users).digits)).text
    jobs.advance(users.world, 1)
    answer = asked.redeem(users, latest(users).digits)
    assert answer.status_code == 422
    assert "This code is not valid any more." in answer.text


def test_the_code_of_another_person_is_wrong(users: Users, asked: Asked) -> None:
    asked.ask(users)
    jobs.advance(users.world, 1)
    asked.ask(users, another=True)
    answer = asked.redeem(users, latest(users).digits)
    assert answer.status_code == 422
    assert "This code is wrong." in answer.text


def test_a_code_works_once(users: Users, asked: Asked) -> None:
    asked.ask(users)
    code = latest(users)
    assert asked.redeem(users, f" {code.digits} ").status_code == 302
    with users.world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="not valid any more"):
        codes.redeem(uow, code.email, code.purpose, code.digits)
