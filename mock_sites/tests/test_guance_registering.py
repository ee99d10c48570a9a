"""Registration at Guance and what it opens (spec guance A; S1, No Fee Center Account)."""

from dataclasses import replace

import pytest

from mock_sites.guance.domain import accounts, billing_accounts, codes, registrations, subscriptions, workspaces
from mock_sites.guance.domain.registrations import Activation, Basics, CompanyDetails
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import SubscriptionState
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, Registration, Subscription, Visit, Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as TAKEN_PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
EMAIL = "fang@acme.example.com"
PASSWORD = "Secret-2026"
BASICS = Basics(site="cn4", username="fang", password=PASSWORD, email=EMAIL, code="", phone="")
COMPANY = CompanyDetails(company="Acme", industry="", region="", description="", contact="")
ACTIVATION = Activation(workspace_name="Acme production", language="en", huawei_account_id=BUYER)


def mailed_code(world: World, email: str = EMAIL) -> str:
    """Send a code and read it in the mail."""
    with world.uow("guance", write=True) as uow:
        codes.send(
            uow, email, registrations.PURPOSE, lambda digits: codes.MailText("Code", f"Hello\n\n{digits}\n", "Guance")
        )
    return world.messages(email)[-1].source.decode().splitlines()[-1].strip()


def basics(world: World, form: Basics = BASICS, visit: Visit | None = None) -> str:
    """Do the first step with a valid code."""
    form = replace(form, code=form.code or mailed_code(world, form.email))
    with world.uow("guance", write=True) as uow:
        return registrations.fill_in_basics(uow, None, form, visit).id


def company(world: World, registration_id: str) -> str:
    """Do the second step."""
    with world.uow("guance", write=True) as uow:
        return registrations.fill_in_company(uow, there(uow, registration_id), COMPANY).id


def activate(world: World, registration_id: str, activation: Activation = ACTIVATION) -> str:
    """Do the third step."""
    with world.uow("guance", write=True) as uow:
        return registrations.activate(uow, there(uow, registration_id), activation).id


def there(uow: UnitOfWork, registration_id: str) -> Registration:
    """The registration, in this unit of work."""
    return uow.session.get_one(Registration, registration_id)


def subscribed(world: World, instance_id: str = "i1") -> None:
    """Let the buyer have an open subscription."""
    with world.uow("guance", write=True) as uow:
        purchase = Purchase(f"order-{instance_id}", "line", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, purchase, instance_id)


def refused_field(world: World, form: Basics) -> str:
    """The field for which the first step is refused."""
    with pytest.raises(Refusal) as refusal:
        basics(world, form)
    return refusal.value.field


def test_a_new_customer_gets_mails_about_bills_in_their_language_without_signing_in(world: World) -> None:
    registration_id = basics(world)
    company(world, registration_id)
    workspace_id = activate(world, registration_id, replace(ACTIVATION, language="zh", huawei_account_id=None))
    with world.uow("guance", write=True) as uow:
        hosts.report(uow, uow.session.get_one(Workspace, workspace_id).token, "web", "linux")
    jobs.advance(world, 33 * 86400)
    (notice,) = world.messages(EMAIL, "账单")
    assert notice.subject.startswith("账单生成通知：2026-03")
    assert notice.sender == "观测云 <no-reply@guance.com>"


def test_registration_opens_a_guance_account_a_workspace_and_a_billing_center_account(world: World) -> None:
    subscribed(world)
    registration_id = basics(world)
    account_id = company(world, registration_id)
    workspace_id = activate(world, registration_id)

    for name in ("fang", EMAIL.upper()):
        with world.uow("guance", write=True) as uow:
            assert accounts.check_password(uow, SITES["cn4"], name, PASSWORD).id == account_id
    with world.uow("guance", write=True) as uow:
        billing_account = billing_accounts.check_password(uow, "fang", PASSWORD)
        workspace = uow.session.get_one(Workspace, workspace_id)
    assert workspace.owner_id == account_id
    assert workspace.billing_account_id == billing_account.id
    assert (workspace.settlement, workspace.cloud_account_id) == ("huawei", BUYER)
    assert workspace_id.startswith("wksp_")
    assert len(workspace_id) == len("wksp_") + 32


def test_each_step_done_again_opens_nothing_twice(world: World) -> None:
    subscribed(world)
    registration_id = basics(world)
    assert company(world, registration_id) == company(world, registration_id)
    assert activate(world, registration_id) == activate(world, registration_id)
    for kind in ("account", "billing-account"):
        created = world.journal(kind=f"guance.{kind}.created")
        assert len([event for event in created if event.details["username"] == "fang"]) == 1
    with world.uow("guance") as uow:
        assert len(uow.session.scalars(workspaces.owned_by(there(uow, registration_id).account_id or "")).all()) == 1


@pytest.mark.parametrize("wrong", ["f" * 32, "", "not an id", BUYER.upper() + "0"])
def test_an_account_id_without_an_open_subscription_creates_nothing(world: World, wrong: str) -> None:
    registration_id = basics(world)
    company(world, registration_id)
    with pytest.raises(Refusal) as refusal:
        activate(world, registration_id, replace(ACTIVATION, huawei_account_id=wrong))
    assert refusal.value.field == "huawei_account_id"
    assert not [event for event in world.journal(kind="guance.") if event.details.get("name") == "Acme production"]
    with world.uow("guance") as uow:
        assert not billing_accounts.is_username_taken(uow, "fang")


@pytest.mark.parametrize(("state", "reason"), [("closed", "no open subscription"), ("suspended", "is suspended")])
def test_a_subscription_that_is_not_open_pays_for_nothing(world: World, state: str, reason: str) -> None:
    subscribed(world)
    with world.uow("guance", write=True) as uow:
        uow.session.get_one(Subscription, "i1").state = SubscriptionState(state)
    registration_id = basics(world)
    company(world, registration_id)
    with pytest.raises(Refusal, match=reason):
        activate(world, registration_id)


def test_a_huawei_account_of_another_billing_account_is_refused(world: World) -> None:
    subscribed(world)
    first = basics(world)
    company(world, first)
    activate(world, first)
    second = basics(world, replace(BASICS, username="wei", email="wei@acme.example.com"))
    company(world, second)
    with pytest.raises(Refusal, match="another Billing Center account"):
        activate(world, second)
    with world.uow("guance") as uow:
        assert not billing_accounts.is_username_taken(uow, "wei")


def test_a_site_without_huawei_cloud_cannot_be_settled_by_it(world: World) -> None:
    subscribed(world)
    registration_id = basics(world, replace(BASICS, site="cn1"))
    company(world, registration_id)
    with pytest.raises(Refusal, match="cannot be settled"):
        activate(world, registration_id)


def test_the_second_step_alone_gives_an_account_that_can_go_on_later(world: World) -> None:
    registration_id = basics(world)
    company(world, registration_id)
    with world.uow("guance", write=True) as uow:
        account = accounts.check_password(uow, SITES["cn4"], "fang", PASSWORD)
        unfinished = registrations.unfinished(uow, account)
    assert unfinished is not None
    assert unfinished.id == registration_id


def test_a_change_on_one_side_leaves_the_other_password_alone(world: World) -> None:
    subscribed(world)
    registration_id = basics(world)
    account_id = company(world, registration_id)
    activate(world, registration_id)
    with world.uow("guance", write=True) as uow:
        uow.session.get_one(Account, account_id).password_hash = "changed"
    with world.uow("guance", write=True) as uow:
        assert billing_accounts.check_password(uow, "fang", PASSWORD)


def test_a_billing_center_username_is_unique_over_all_sites(world: World) -> None:
    assert refused_field(world, replace(BASICS, username="SunLi")) == "username"


@pytest.mark.parametrize("username", ["ab", "x" * 33, "with space", "me@example.com", "-dash", "名字名字"])
def test_a_username_is_short_and_plain(world: World, username: str) -> None:
    assert refused_field(world, replace(BASICS, username=username)) == "username"


@pytest.mark.parametrize("password", ["", "short1", "onlyletters", "12345678", "Secrettt-1"])
def test_a_weak_password_is_refused(world: World, password: str) -> None:
    assert refused_field(world, replace(BASICS, password=password)) == "password"


def test_an_email_has_one_account_a_site(world: World) -> None:
    assert refused_field(world, replace(BASICS, email="zhao.min@northwind.example.com")) == "email"
    assert basics(world, replace(BASICS, site="za1", email="Zhou.Hao@riverbank.example.com"))


def test_only_the_reader_of_the_mail_learns_that_the_email_is_taken(world: World) -> None:
    assert refused_field(world, replace(BASICS, email="zhao.min@northwind.example.com", code="000000")) == "code"


def test_coming_back_unchanged_needs_neither_password_nor_code(world: World) -> None:
    registration_id = basics(world)
    with world.uow("guance", write=True) as uow:
        again = replace(BASICS, password="", phone="13800000000")
        registrations.fill_in_basics(uow, there(uow, registration_id), again, None)
    company(world, registration_id)
    with world.uow("guance", write=True) as uow:
        assert accounts.check_password(uow, SITES["cn4"], "fang", PASSWORD).phone == "13800000000"


def test_coming_back_with_another_email_needs_a_code_for_it(world: World) -> None:
    registration_id = basics(world)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
        registrations.fill_in_basics(uow, there(uow, registration_id), replace(BASICS, email="x@example.com"), None)
    assert refusal.value.field == "code"


def test_a_username_taken_between_the_steps_is_refused(world: World) -> None:
    first, second = basics(world), basics(world, replace(BASICS, site="za1", email="wei@example.com"))
    company(world, first)
    with pytest.raises(Refusal) as refusal:
        company(world, second)
    assert refusal.value.field == "username"


def test_an_unknown_account_and_a_wrong_password_read_the_same(world: World) -> None:
    reasons: set[str] = set()
    attempts: list[tuple[str, str, str]] = [
        ("cn4", "zhaomin", "Wrong-2026"),
        ("cn4", "nobody", TAKEN_PASSWORD),
        ("za1", "zhaomin", TAKEN_PASSWORD),
    ]
    for site, name, password in attempts:
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
            accounts.check_password(uow, SITES[site], name, password)
        reasons.add(refusal.value.reason)
    for name, password in (("zhaomin", "Wrong-2026"), ("nobody", TAKEN_PASSWORD)):
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
            billing_accounts.check_password(uow, name, password)
        reasons.add(refusal.value.reason)
    assert len(reasons) == 1


def test_the_billing_center_opens_by_username_and_by_email(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        by_name = billing_accounts.check_password(uow, "sunli", TAKEN_PASSWORD)
        assert isinstance(by_name, BillingAccount)
    with world.uow("guance", write=True) as uow:
        assert billing_accounts.check_password(uow, "Sun.Li@lakeside.example.com", TAKEN_PASSWORD).id == by_name.id


def redeem(world: World, digits: str) -> str:
    """Why a code is refused. Empty if it is not."""
    with world.uow("guance", write=True) as uow:
        try:
            codes.redeem(uow, EMAIL, registrations.PURPOSE, digits)
        except Refusal as refusal:
            return refusal.reason
    return ""


def other_than(digits: str) -> str:
    """Another code of six digits."""
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_a_code_works_once(world: World) -> None:
    digits = mailed_code(world)
    assert not redeem(world, digits)
    assert "not valid any more" in redeem(world, digits)


def test_a_code_is_valid_for_five_minutes(world: World) -> None:
    digits = mailed_code(world)
    jobs.advance(world, 300)
    assert "not valid any more" in redeem(world, digits)


def test_a_code_is_valid_after_four_wrong_tries_but_not_after_five(world: World) -> None:
    digits = mailed_code(world)
    for _ in range(4):
        assert "wrong" in redeem(world, other_than(digits))
    assert not redeem(world, digits)
    jobs.advance(world, 60)

    digits = mailed_code(world)
    for _ in range(5):
        assert "wrong" in redeem(world, other_than(digits))
    assert "not valid any more" in redeem(world, digits)


def test_a_new_code_comes_after_sixty_seconds_and_ends_the_old_one(world: World) -> None:
    old = mailed_code(world)
    jobs.advance(world, 59)
    with pytest.raises(Refusal) as refusal:
        mailed_code(world)
    assert refusal.value.details == {"seconds": 1}
    jobs.advance(world, 1)
    new = mailed_code(world)
    assert "wrong" in redeem(world, old)
    assert not redeem(world, new)


def test_a_code_for_one_email_or_purpose_is_not_valid_for_another(world: World) -> None:
    digits = mailed_code(world)
    for email, purpose in (("other@example.com", registrations.PURPOSE), (EMAIL, "bind")):
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal):
            codes.redeem(uow, email, purpose, digits)
