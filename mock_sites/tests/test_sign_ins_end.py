"""What leads into Huawei Cloud without a password ends with the sign-ins of an IAM user, however it was begun."""

from collections.abc import Callable
from typing import Final

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.console import qr_sign_in as qr_views
from mock_sites.huawei.domain import accounts, iam_users, qr_sign_in, second_verification
from mock_sites.huawei.domain.second_verification import Channel, Holder
from mock_sites.huawei.domain.tables import IamUser, SignInCode
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs, sign_ins
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

ORDERS: Final = f"{MARKETPLACE}/buyer/orders"
CODE_PAGE: Final = "/authui/verification"

Finish = Callable[[], httpx.Response]
"""The last step of a sign-in that was begun."""


def chen_tao(uow: UnitOfWork) -> IamUser:
    return uow.session.scalars(select(IamUser).where(IamUser.name == "chen.tao")).one()


def by_code(world: World, client: httpx.Client, _monkeypatch: pytest.MonkeyPatch) -> Finish:
    """After the password, with the code that was sent."""
    with world.uow("huawei", write=True) as uow:
        second_verification.protect(uow, Holder(chen_tao(uow).account, chen_tao(uow)), Channel.EMAIL)
    post(client, "/authui/iam-login", account="hw_liwei", name="chen.tao", password=PASSWORD)
    form = token(client.get(CODE_PAGE))
    with world.uow("huawei") as uow:
        digits = uow.session.scalars(select(SignInCode.digits)).one()
    return lambda: client.post(CODE_PAGE, data={"csrf_token": form, "code": digits})


def by_another_code(world: World, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Finish:
    """After the password, with a further code, which is asked for on the page that is still open."""
    by_code(world, client, monkeypatch)
    form = token(client.get(CODE_PAGE))

    def finish() -> httpx.Response:
        jobs.advance(world, second_verification.PAUSE.total_seconds())
        client.post(f"{CODE_PAGE}/code", data={"csrf_token": form})
        with world.uow("huawei") as uow:
            digits = uow.session.scalar(select(SignInCode.digits)) or ""
        return client.post(CODE_PAGE, data={"csrf_token": form, "code": digits})

    return finish


def by_qr_code(world: World, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Finish:
    """With a QR code that was confirmed on another device."""
    shown = list[str]()
    monkeypatch.setattr(qr_views, "qr", shown.append)
    client.get("/authui/qr-login")
    with world.uow("huawei", write=True) as uow:
        qr_sign_in.confirm(uow, shown[0].rpartition("/")[2], chen_tao(uow).subject)
    return lambda: client.get("/authui/qr-login")


def by_pass(world: World, client: httpx.Client, _monkeypatch: pytest.MonkeyPatch) -> Finish:
    """With a pass of the operator."""
    with world.uow("huawei", write=True) as uow:
        given = sign_ins.issue_pass(uow, accounts.REALM, chen_tao(uow).subject)
    return lambda: client.post("/operator-pass", data={"pass": given})


WAYS: Final = (by_code, by_another_code, by_qr_code, by_pass)

ENDS: Final[dict[str, Callable[[UnitOfWork], None]]] = {
    "disabled": lambda uow: iam_users.enable(uow, chen_tao(uow), enabled=False),
    "deleted": lambda uow: iam_users.delete(uow, chen_tao(uow)),
    "given another password": lambda uow: iam_users.reset_password(uow, chen_tao(uow), "Changed-2026"),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("begin", WAYS)
def test_no_way_in_outlives_the_user(
    world: World,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[World, httpx.Client, pytest.MonkeyPatch], Finish],
    end: str,
) -> None:
    client = browse(AUTH)
    finish = begin(world, client, monkeypatch)
    with world.uow("huawei", write=True) as uow:
        ENDS[end](uow)

    answer = finish()

    assert answer.status_code in {200, 302, 401}
    assert client.get(world.local(ORDERS)).status_code == 302
    assert client.get(CODE_PAGE).status_code == 401


@pytest.mark.parametrize("begin", WAYS)
def test_each_way_leads_in(
    world: World,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[World, httpx.Client, pytest.MonkeyPatch], Finish],
) -> None:
    client = browse(AUTH)
    begin(world, client, monkeypatch)()

    assert client.get(world.local(ORDERS)).status_code == 200


def test_the_operator_signs_no_disabled_user_in(world: World, dispatcher: Dispatcher) -> None:
    with world.uow("huawei", write=True) as uow:
        iam_users.enable(uow, chen_tao(uow), enabled=False)
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as control:
        page = control.get(f"/worlds/{world.name}").text

    assert "people/iam-user/" not in page
    assert "people/verified-buyer/" in page
