"""The values that people copy, pass on and pay are on the pages where they are needed."""

import re

import pytest

from mock_sites.guance.domain.tables import Registration
from mock_sites.huawei.domain import members
from mock_sites.huawei.domain.tables import Account, Member
from mock_sites.tests.support.users import CN4, Users
from mock_sites.web.markup import Element, elements
from mock_sites.web.paging import SIZE

SHOP = "huawei.marketplace"
TOP_UP = "/usercenter/top-up"


def page(users: Users, app: str, path: str) -> list[Element]:
    """A page as its owner sees it."""
    return elements(users.visitor(app, "owner").get(path).text)


def test_the_account_id_is_read_from_a_field(users: Users) -> None:
    found = page(users, "huawei.console", "/iam/apiCredential")
    [field] = [one for one in found if one.attributes.get("aria-labelledby") == "account-id"]
    assert (field.tag, field.attributes["value"], "readonly" in field.attributes) == (
        "input",
        users.ids["account"],
        True,
    )


def test_login_information_is_copied_in_one_piece_for_each_member_and_for_all(users: Users) -> None:
    with users.world.uow("huawei") as uow:
        wendy = uow.session.get_one(Member, users.ids["member"]).login_name
    found = page(users, SHOP, "/buyer/partner-services/hand-over")
    texts = ["".join(one.words) for one in found if one.tag == "textarea"]
    copied = [one.attributes["data-copy"] for one in found if "data-copy" in one.attributes]
    [address] = [one.text for one in found if one.tag == "a" and "/unified-login/#/portal-login" in one.text]
    assert len(texts) == 2
    assert copied == [address, *texts]
    for text in texts:
        assert {f"Login URL: {address}", "Enterprise account name: acme"} < set(text.splitlines())
        assert wendy in text
        assert "Password: the administrator tells you in person." in text
        assert "This text has" not in text


def test_login_information_for_all_says_how_many_it_leaves_out(users: Users) -> None:
    with users.world.uow("huawei", write=True) as uow:
        wendy = uow.session.get_one(Member, users.ids["member"])
        columns = {column.key: getattr(wendy, column.key) for column in Member.__table__.columns}
        for number in range(SIZE + 10):
            uow.session.add(
                Member(**columns | {"id": f"m{number}", "account": f"m{number}", "email": f"m{number}@x.example"})
            )
        uow.session.flush()
        total = len(uow.session.scalars(members.authorized_of(wendy.enterprise)).all())
    for number, shown in ((1, SIZE), (2, total - SIZE)):
        found = page(users, SHOP, f"/buyer/partner-services/hand-over?page={number}")
        [text] = ["".join(one.words) for one in found if one.attributes.get("id") == "pass-on-all"]
        assert len(re.findall("@acme$", text, re.MULTILINE)) == shown
        assert f"This text has {shown} of {total} members." in text
        assert any(one.text.startswith(f"This text has {shown} of {total} members.") for one in found if one.tag == "p")


@pytest.mark.parametrize("who", ["owner", None])
def test_the_end_of_registration_mentions_the_member_only_to_a_member(users: Users, who: str | None) -> None:
    with users.world.uow("guance", write=True) as uow:
        details = {"username": "u", "email": "u@example.com", "phone": "", "password_hash": "-", "site": CN4.code}
        done = {"workspace_id": users.ids["free"], "began_at": uow.now}
        visit = {"visit_id": users.ids[f"{who}'s visit"] if who else None}
        uow.session.add(Registration(id="r", **details, **done, **visit))
    last = users.visitor("guance.auth", registration="r").get("/businessRegister/success").text
    assert "Sign in with the username and password that you set in the first step" in last
    assert ("the Huawei Cloud member" in last) == bool(who)


def test_the_site_is_picked_in_the_corner_of_the_page(users: Users) -> None:
    [picker] = [one for one in page(users, "guance.auth", "/huaweicloud/bind") if "in-corner" in str(one.attributes)]
    assert [one.tag for one in picker.around()] == ["details", "div", "header", "body", "html"]


def test_an_account_that_pays_by_huawei_cloud_finds_where_to_top_up(users: Users) -> None:
    address = users.world.local(f"https://account.huaweicloud.com{TOP_UP}")
    paid, free = (f"/workspace/{users.ids[name]}/billing" for name in ("workspace_id", "free"))
    for app, path, there in (
        ("guance.billing_center", "/account/cloud-accounts", True),
        ("guance.console", paid, True),
        ("guance.console", free, False),
    ):
        assert (address in {one.attributes.get("href") for one in page(users, app, path)}) == there
    buyer = users.visitor("huawei.account", "owner")
    for amount, status in (("0", 422), ("1000001", 422), ("1.5", 422), ("250", 302)):
        before = balance(users)
        assert buyer.post(TOP_UP, {"amount": amount, "attempt": "1"}).status_code == status
        assert balance(users) - before == (250 if status == 302 else 0)


def balance(users: Users) -> int:
    """The balance of the buyer's account, in CNY."""
    with users.world.uow("huawei") as uow:
        return uow.session.get_one(Account, users.ids["account"]).balance
