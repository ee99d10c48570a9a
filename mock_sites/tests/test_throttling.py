"""Guessing passwords and codes: after too many wrong tries the client has to wait, whichever account it names."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from wtforms import PasswordField

from mock_sites.control.gate import TokenForm
from mock_sites.guance.auth import forms as auth
from mock_sites.guance.billing_center import forms as boss
from mock_sites.guance.domain import codes, recovery
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.forms import ChangePasswordForm, PasswordsForm
from mock_sites.guance.onboarding.forms import RegisterAndCreateForm
from mock_sites.huawei.buyer_center.forms import InitialPasswordForm, MemberForm
from mock_sites.huawei.console import forms as console
from mock_sites.huawei.console.sign_in import SignInForm
from mock_sites.huawei.domain import accounts
from mock_sites.huawei.seller_center.forms import SettingsForm
from mock_sites.huawei.unified_login import views as unified_login
from mock_sites.tests.support.forms import fields, forms, named
from mock_sites.tests.support.typed import CASES
from mock_sites.tests.support.users import Users
from mock_sites.web.forms import SiteForm
from mock_sites.world import throttle
from mock_sites.world.errors import Refusal
from mock_sites.world.throttle import MOST_FOR_ACCOUNT, MOST_FROM_SOURCE, WINDOW
from mock_sites.world.world import World

RIGHT: Final = "Right-Pass-1"
TOO_MANY: Final = re.compile(r"Too many wrong tries\. Try again at \d\d:\d\d:\d\d \(Beijing time\)\.")

GUESSED: Final[dict[type[SiteForm], tuple[str, str]]] = {
    SignInForm: ("name", "password"),
    unified_login.LoginForm: ("account", "password"),
    auth.SignInForm: ("username", "password"),
    boss.SignInForm: ("username", "password"),
    ChangePasswordForm: ("", "current"),
    console.IamSignInForm: ("name", "password"),
    console.ChangePasswordForm: ("", "current"),
    console.AccessKeyForm: ("", "password"),
    console.LoginProtectionForm: ("", "password"),
}
"""Forms in which a password can be guessed: the fields of the name and of the password."""

SET: Final = {
    *(
        PasswordsForm,
        auth.BasicsForm,
        auth.RepeatedBasicsForm,
        RegisterAndCreateForm,
        boss.ResetForm,
        MemberForm,
        auth.ResetForm,
    ),
    *(InitialPasswordForm, SettingsForm, unified_login.NewPasswordForm, console.NewPasswordForm, console.IamUserForm),
}
"""Forms that set a new password."""


UNGUESSABLE: Final = {TokenForm}
"""Forms whose secret is too long to be guessed."""


@pytest.fixture(autouse=True)
def one_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has the password ``RIGHT``."""

    def verify(_hasher: object, _stored: str, password: str) -> bool:
        if password != RIGHT:
            raise VerifyMismatchError
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)


def guess(users: Users, form: type[SiteForm], password: str, *, name: str = "") -> tuple[int, str]:
    """Send the form. Returns the status and the error on the page."""
    case, (who, field) = CASES[form], GUESSED[form]
    typed = {**case.good, field: password} | ({who: name} if name else {})
    visitor = users.visitor(case.app, case.who, **case.prepare(users))
    answer = visitor.post(case.path.format_map(users.ids), typed, prefix=case.prefix)
    return answer.status_code, " ".join(re.findall(r"[^>]*\.(?=\s*</)", answer.text))


def test_every_form_with_a_password_is_listed() -> None:
    with_password = {form for form in forms() if any(issubclass(kind, PasswordField) for kind in fields(form).values())}

    assert set(map(named, with_password)) == set(map(named, GUESSED.keys() | SET | UNGUESSABLE))


@pytest.mark.parametrize("form", GUESSED, ids=named)
def test_a_password_is_guessed_ten_times_and_then_not_for_a_quarter_of_an_hour(
    users: Users, form: type[SiteForm]
) -> None:
    first, *others = (guess(users, form, f"Wrong-{number}") for number in range(MOST_FOR_ACCOUNT))
    assert first[0] == 422
    assert set(others) == {first}
    assert not TOO_MANY.search(first[1])

    status, said = guess(users, form, RIGHT)
    assert status == 422
    assert TOO_MANY.search(said)
    shown = f"{users.world.clock.now() + WINDOW + timedelta(hours=8):%H:%M:%S}"
    assert shown in said

    users.world.clock.move_to(users.world.clock.now() + WINDOW)
    assert guess(users, form, RIGHT)[0] == 302


@pytest.mark.parametrize("form", [form for form, (name, _password) in GUESSED.items() if name], ids=named)
def test_an_unknown_account_is_answered_as_a_known_one(users: Users, form: type[SiteForm]) -> None:
    tries = [f"Wrong-{number}" for number in range(MOST_FOR_ACCOUNT + 1)]

    known = [guess(users, form, password) for password in tries]
    unknown = [guess(users, form, password, name="nobody@nowhere") for password in tries]

    assert known == unknown
    assert TOO_MANY.search(known[-1][1])


def test_a_right_password_restarts_the_count(world: World) -> None:
    for _each in range(3):
        for _wrong in range(MOST_FOR_ACCOUNT - 1):
            wrong(world, "hw_liwei", "Wrong")
        with world.uow("huawei", write=True) as uow:
            accounts.authenticate(uow, "hw_liwei", RIGHT)


def wrong(world: World, name: str, password: str, source: str = "") -> str:
    """Try to sign in with a wrong password. Returns the reason."""
    with world.uow("huawei", write=True) as uow:
        uow.source = source
        with pytest.raises(Refusal) as refused:
            accounts.authenticate(uow, name, password)
    return str(refused.value)


def said_to_all(world: World, monkeypatch: pytest.MonkeyPatch, passwords: list[str]) -> Counter[str]:
    """What one account's guesses are answered when all are compared at the same time."""
    everybody, verify = threading.Barrier(len(passwords), timeout=60), PasswordHasher.verify

    def together(hasher: PasswordHasher, stored: str, password: str) -> bool:
        everybody.wait()
        return verify(hasher, stored, password)

    def said_to(password: str) -> str:
        try:
            with world.uow("huawei", write=True) as uow:
                accounts.authenticate(uow, "hw_liwei", password)
        except Refusal as refusal:
            return "too many" if "Too many" in str(refusal) else "wrong"
        return "right"

    monkeypatch.setattr(PasswordHasher, "verify", together)
    monkeypatch.setattr("mock_sites.world.passwords._hashes_at_once", threading.Semaphore(len(passwords)))
    with ThreadPoolExecutor(len(passwords)) as threads:
        return Counter(threads.map(said_to, passwords))


def test_guesses_at_the_same_time_are_no_more_than_one_after_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses = [f"Wrong-{number}" for number in range(MOST_FOR_ACCOUNT + 6)]

    assert said_to_all(world, monkeypatch, guesses) == {"wrong": MOST_FOR_ACCOUNT, "too many": 6}


def test_many_may_sign_in_to_one_account_at_the_same_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = [RIGHT] * (MOST_FOR_ACCOUNT + 6)

    assert said_to_all(world, monkeypatch, passwords) == {"right": len(passwords)}


def test_a_right_password_is_refused_when_the_limit_was_reached_during_its_comparison(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = PasswordHasher.verify

    def after_others(hasher: PasswordHasher, stored: str, password: str) -> bool:
        monkeypatch.setattr(PasswordHasher, "verify", verify)
        for _wrong in range(MOST_FOR_ACCOUNT):
            wrong(world, "hw_liwei", "Wrong")
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", after_others)
    assert TOO_MANY.search(wrong(world, "hw_liwei", RIGHT))


def test_all_names_of_an_account_are_one_account(world: World) -> None:
    names = ("hw_liwei", "LI.WEI@acme.example.com", " 13800000001 ") * 4

    assert TOO_MANY.search([wrong(world, name, "Wrong") for name in names][-1])


def test_a_client_that_tries_many_accounts_is_stopped_and_no_other_is(world: World, users: Users) -> None:
    for number in range(MOST_FROM_SOURCE):
        wrong(world, f"nobody-{number}", "Wrong", "192.0.2.1")

    assert TOO_MANY.search(wrong(world, "hw_liwei", RIGHT, "192.0.2.1"))
    for elsewhere, source in ((world, "192.0.2.2"), (users.world, "192.0.2.1")):
        with elsewhere.uow("huawei", write=True) as uow:
            uow.source = source
            accounts.authenticate(uow, "hw_liwei", RIGHT)


def test_what_is_older_than_a_quarter_of_an_hour_is_not_kept(world: World) -> None:
    for _each in range(3):
        wrong(world, "hw_liwei", "Wrong")
        world.clock.move_to(world.clock.now() + WINDOW)
    with world.uow("huawei") as uow:
        assert uow.session.query(throttle.WrongTry).count() == 1


@pytest.mark.parametrize("name", ["sunli", "nobody"])
def test_new_codes_allow_no_more_guesses(world: World, name: str) -> None:
    said = list[str]()
    for _code in range(3):
        with world.uow("guance", write=True) as uow:
            recovery.ask(uow, name, "en")
        for _try in range(codes.MOST_TRIES):
            with pytest.raises(Refusal) as refused, world.uow("guance", write=True) as uow:
                recovery.reset(uow, name, "000000", "Another-Pass-1")
            said.append(str(refused.value))
        world.clock.move_to(world.clock.now() + codes.PAUSE)

    assert [bool(TOO_MANY.search(one)) for one in said] == [False] * 10 + [True] * 5


def test_a_right_code_restarts_the_count(world: World) -> None:
    digits = list[str]()

    def write(code: str) -> MailText:
        digits.append(code)
        return MailText("Code", code, "Guance")

    for _each in range(4):
        with world.uow("guance", write=True) as uow:
            codes.send(uow, "a@example.com", "test", write)
        for _wrong in range(codes.MOST_TRIES - 1):
            with pytest.raises(Refusal, match="This code is wrong"), world.uow("guance", write=True) as uow:
                codes.redeem(uow, "a@example.com", "test", "x")
        with world.uow("guance", write=True) as uow:
            codes.redeem(uow, "a@example.com", "test", digits[-1])
        world.clock.move_to(world.clock.now() + codes.PAUSE)
