"""Real-name authentication: by certificate, bank card and bank account; its states, and what a wrong number brings."""

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Final

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.console import real_name
from mock_sites.huawei.domain import certificates, qr_sign_in, real_names
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import Visit, visit, words_of
from mock_sites.tests.support.mailbox import received
from mock_sites.tests.support.numbers import BANK_CARD, CREDIT_CODE, IDENTITY, SCAN
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["visit"]

PAGE: Final = "https://account.huaweicloud.com/usercenter/authentication"
MAIL: Final = "chen.jing@example.com"
WRONG_CODE: Final = "91310000MA1FL00001"
WRONG_IDENTITY: Final = "110101199003077652"
BY_CARD: Final = {"real_name": "Chen Jing", "number": IDENTITY, "card": BANK_CARD, "phone": "13800000002"}
BY_ACCOUNT: Final = {"real_name": "Initech", "number": CREDIT_CODE, "bank": "First", "bank_account": "6222020200012345"}


def state(world: World) -> AuthenticationState:
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(Account).where(Account.name == "hw_chenjing")).one().authentication


def submit(world: World, client: httpx.Client, way: str = "", **fields: str | bytes) -> httpx.Response:
    return post(client, world.local(PAGE + way), agreed="y", **fields)


def submit_certificate(
    world: World, client: httpx.Client, kind: str, number: str, scan: bytes = SCAN
) -> httpx.Response:
    return submit(world, client, kind=kind, real_name="Chen Jing", number=number, scan=scan)


def amount_in_sms(world: World) -> str:
    (sms,) = (mail for mail in world.messages() if mail.recipient == "13800000002@sms.localhost")
    text = message_from_bytes(sms.source, policy=default).get_content()
    found = re.search(r"CNY ([0-9.]+)", text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("kind", "number", "longest"),
    [
        ("enterprise", CREDIT_CODE, timedelta(seconds=real_names.REVIEW_SECONDS[1])),
        ("individual", IDENTITY, timedelta(days=3)),
    ],
)
def test_a_certificate_is_reviewed_by_the_world_clock(
    world: World, visit: Visit, kind: str, number: str, longest: timedelta
) -> None:
    client = visit("hw_chenjing")
    submit_certificate(world, client, kind, number)

    assert state(world) is AuthenticationState.REVIEWING
    jobs.advance(world, longest.total_seconds() / 2 - 1)
    assert state(world) is AuthenticationState.REVIEWING
    jobs.advance(world, longest.total_seconds() / 2 + 1)
    assert state(world) is AuthenticationState.APPROVED
    assert "Verified by Certificate" in words_of(visit("hw_chenjing").get(world.local(PAGE)))
    [(subject, _text)] = received(world, MAIL)
    assert subject == "Your real-name authentication was approved"


def test_mails_are_in_the_language_of_the_last_sign_in(world: World, browse: Browse) -> None:
    client = browse("https://auth.huaweicloud.com")
    client.headers["Accept-Language"] = "zh"
    post(client, "/authui/login", name="hw_chenjing", password=PASSWORD)
    submit_certificate(world, client, "enterprise", CREDIT_CODE)
    jobs.advance(world, real_names.REVIEW_SECONDS[1])
    assert received(world, MAIL) == [("您的实名认证已通过", "账号hw_chenjing已完成实名认证。")]


@pytest.mark.parametrize(
    ("kind", "number", "reason"),
    [("enterprise", WRONG_CODE, "not in the register"), ("individual", WRONG_IDENTITY, "identity card is not valid")],
)
def test_a_certificate_with_a_wrong_number_is_rejected_with_a_reason_and_can_be_submitted_again(
    world: World, visit: Visit, kind: str, number: str, reason: str
) -> None:
    submit_certificate(world, visit("hw_chenjing"), kind, number)
    jobs.advance(world, real_names.LONGEST_REVIEW.total_seconds())
    client = visit("hw_chenjing")
    page = words_of(client.get(world.local(PAGE)))

    assert state(world) is AuthenticationState.REJECTED
    assert reason in page
    [(subject, text)] = received(world, MAIL)
    assert subject.startswith("Your real-name authentication was rejected")
    assert reason in text
    assert "Rejected" in words_of(client.get(world.local("https://account.huaweicloud.com/usercenter/")))
    submit(world, client, "/bank-card", **BY_CARD)
    assert state(world) is AuthenticationState.APPROVED
    again = words_of(client.get(world.local(PAGE)))
    assert "Verified by Bank card ending in 5670" in again
    assert reason in again


@pytest.mark.parametrize(
    ("kind", "number", "complaint"),
    [("enterprise", "1", "18 digits and capital letters"), ("individual", "1", "17 digits, and then a digit or X")],
)
def test_a_number_that_is_none_is_refused_beside_its_field(
    world: World, visit: Visit, kind: str, number: str, complaint: str
) -> None:
    answer = submit_certificate(world, visit("hw_chenjing"), kind, number)

    assert answer.status_code == 422
    assert complaint in answer.text
    assert state(world) is AuthenticationState.NONE
    assert world.journal(kind="huawei.real-name.requested") == []


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("number", WRONG_IDENTITY, "identity card is not valid"),
        ("number", "x", "17 digits, and then a digit or X"),
        ("card", "6222020200012345671", "bank card is not valid"),
        ("card", "622202", "16 to 19 digits"),
        ("phone", "x", "Enter a phone number in digits."),
    ],
)
def test_a_wrong_bank_card_is_refused_at_once(
    world: World, visit: Visit, field: str, value: str, complaint: str
) -> None:
    answer = submit(world, visit("hw_chenjing"), "/bank-card", **BY_CARD | {field: value})

    assert answer.status_code == 422
    assert complaint in answer.text
    assert state(world) is AuthenticationState.NONE


def test_an_enterprise_is_verified_by_the_amount_that_its_bank_account_receives(world: World, visit: Visit) -> None:
    client = visit("hw_chenjing")
    submit(world, client, "/bank-account", **BY_ACCOUNT)

    assert "on its way to the bank account that ends in 2345" in words_of(client.get(world.local(PAGE)))
    early = post(client, world.local(f"{PAGE}/amount"), amount="0.25", agreed="y")
    assert early.status_code == 422
    jobs.advance(world, real_names.TRANSFER_SECONDS[1])
    assert "Enter the amount" in words_of(client.get(world.local(PAGE)))
    answer = post(client, world.local(f"{PAGE}/amount"), amount=amount_in_sms(world))
    assert answer.status_code == 302
    assert state(world) is AuthenticationState.APPROVED
    assert "Verified by Bank account ending in 2345" in words_of(client.get(world.local(PAGE)))


@pytest.mark.parametrize("frozen", [False, True])
def test_a_page_that_waits_says_whether_it_refreshes_itself(world: World, visit: Visit, *, frozen: bool) -> None:
    client = visit("hw_chenjing")
    submit(world, client, "/bank-account", **BY_ACCOUNT)
    if frozen:
        world.clock.freeze()
    else:
        world.clock.run()

    page = client.get(world.local(PAGE)).text
    assert ("This page refreshes itself until it is done." in page, "This page does not refresh itself." in page) == (
        not frozen,
        frozen,
    )
    assert ("data-refresh-seconds" in page) is not frozen


def test_three_wrong_amounts_reject_the_bank_account(world: World, visit: Visit) -> None:
    client = visit("hw_chenjing")
    submit(world, client, "/bank-account", **BY_ACCOUNT)
    jobs.advance(world, real_names.TRANSFER_SECONDS[1])
    wrong = "0.01" if amount_in_sms(world) != "0.01" else "0.02"
    answers = [post(client, world.local(f"{PAGE}/amount"), amount=wrong) for _ in range(2)]

    assert ["Tries that are left: 2." in answers[0].text, "Tries that are left: 1." in answers[1].text] == [True, True]
    assert state(world) is AuthenticationState.TRANSFERRING
    malformed = post(client, world.local(f"{PAGE}/amount"), amount="a quarter")
    assert "Enter the amount with two decimals" in malformed.text
    post(client, world.local(f"{PAGE}/amount"), amount=wrong)
    assert state(world) is AuthenticationState.REJECTED
    assert "A wrong amount was entered three times." in words_of(client.get(world.local(PAGE)))
    assert client.get(world.local(f"{PAGE}/amount")).status_code == 302


@pytest.mark.parametrize("way", ["", "/bank-card", "/bank-account"])
def test_a_verified_account_submits_nothing_more(world: World, visit: Visit, way: str) -> None:
    client, fields = visit("hw_liwei"), BY_CARD | BY_ACCOUNT | {"kind": "individual", "agreed": "y"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(world.local(PAGE)).text)
    number = CREDIT_CODE if way == "/bank-account" else IDENTITY
    answer = client.post(world.local(PAGE + way), data=fields | {"csrf_token": token and token[1], "number": number})

    assert answer.status_code == 302
    assert "This account has been verified" in words_of(client.get(world.local(PAGE)))
    assert world.journal(kind="huawei.real-name.requested") == []


@pytest.mark.parametrize(
    ("is_right", "number", "right"),
    [
        (certificates.is_identity_number, IDENTITY, True),
        (certificates.is_identity_number, WRONG_IDENTITY, False),
        (certificates.is_identity_number, "11010519491231002X", True),  # the example of GB 11643-1999
        (certificates.is_identity_number, "110105194913310020", False),
        (certificates.is_credit_code, CREDIT_CODE, True),
        (certificates.is_credit_code, WRONG_CODE, False),
        (certificates.is_card_number, BANK_CARD, True),
        (certificates.is_card_number, "6222020200012345671", False),
        (certificates.is_card_number, "4111111111111111", True),
    ],
)
def test_check_digits(is_right: Callable[[str], bool], number: str, *, right: bool) -> None:
    assert is_right(number) is right


@pytest.mark.parametrize("scan", [b"\xff\xd8\xff\xe0", SCAN + bytes(2**21), b"%PDF-1.7"], ids=["jpg", "png", "pdf"])
def test_a_picture_or_a_pdf_of_the_certificate_is_taken_and_not_stored(world: World, visit: Visit, scan: bytes) -> None:
    submit_certificate(world, visit("hw_chenjing"), "enterprise", CREDIT_CODE, scan)

    assert state(world) is AuthenticationState.REVIEWING
    assert scan not in world.file("huawei").read_bytes()


@pytest.mark.parametrize(
    ("scan", "complaint"),
    [
        (b"MZ\x90\x00", "Upload a picture (JPG or PNG) or a PDF."),
        (b"<svg/>", "Upload a picture (JPG or PNG) or a PDF."),
        (b"", "Upload a picture (JPG or PNG) or a PDF."),
        (SCAN + bytes(certificates.LARGEST_SCAN + 70_000), "The file is larger than 5 MiB."),
        (SCAN + bytes(certificates.LARGEST_SCAN + 1 - len(SCAN)), "The file is larger than 5 MiB."),
    ],
    ids=["program", "drawing", "empty", "large", "a byte too large"],
)
def test_a_file_of_another_kind_or_size_is_refused_beside_its_field(
    world: World, visit: Visit, scan: bytes, complaint: str
) -> None:
    answer = submit_certificate(world, visit("hw_chenjing"), "enterprise", CREDIT_CODE, scan)

    assert answer.status_code == 422
    assert f'id="scan-error">{complaint}' in answer.text
    assert state(world) is AuthenticationState.NONE


def test_who_is_under_review_and_submits_again_reads_why_that_is_refused(world: World, visit: Visit) -> None:
    client = visit("hw_chenjing")
    tokens = {way: token(client.get(world.local(PAGE + way))) for way in ("", "/qr-code", "/bank-card")}
    submit_certificate(world, client, "individual", IDENTITY)
    for way, known in tokens.items():
        answer = client.post(world.local(PAGE + way), data={"csrf_token": known}, follow_redirects=True)
        assert "This account has been verified, or is being reviewed, already." in answer.text, way


def test_a_certificate_needs_a_file(world: World, visit: Visit) -> None:
    fields = {"kind": "enterprise", "real_name": "N", "number": CREDIT_CODE}
    answer = submit(world, visit("hw_chenjing"), **fields)

    assert (answer.status_code, 'id="scan-error">Choose a file.' in answer.text) == (422, True)


def test_a_name_is_shown_once_it_is_verified(world: World, visit: Visit) -> None:
    client = visit("hw_chenjing")
    submit_certificate(world, client, "individual", IDENTITY)
    assert "Welcome, hw_chenjing." in client.get(world.local("https://console.huaweicloud.com/")).text

    jobs.advance(world, real_names.LONGEST_REVIEW.total_seconds())
    assert "Welcome, Chen Jing." in visit("hw_chenjing").get(world.local("https://console.huaweicloud.com/")).text


def test_the_operator_has_a_review_reject_and_then_approve(world: World, visit: Visit, browse: Browse) -> None:
    client, control = visit("hw_chenjing"), browse("http://localhost:8700")
    submit_certificate(world, client, "individual", IDENTITY)
    with world.uow("huawei") as uow:
        key = uow.session.scalars(select(Account.id).where(Account.name == "hw_chenjing")).one()
    turn = f"/worlds/{world.name}/switches/huawei/{key}"

    assert post_to(control, world, turn, on="no").status_code == 302
    said = "Reviews of certificates recognize the uploaded file: off for hw_chenjing."
    assert said in words_of(control.get(f"/worlds/{world.name}"))
    jobs.advance(world, real_names.LONGEST_REVIEW.total_seconds())
    assert state(world) is AuthenticationState.REJECTED
    assert "cannot be recognized in the file" in words_of(visit("hw_chenjing").get(world.local(PAGE)))
    assert post_to(control, world, turn, on="yes").status_code == 302
    submit_certificate(world, visit("hw_chenjing"), "individual", IDENTITY)
    jobs.advance(world, real_names.LONGEST_REVIEW.total_seconds())
    assert state(world) is AuthenticationState.APPROVED
    post_to(control, world, f"/worlds/{world.name}/switches/huawei/nobody", on="no")
    assert "There is no such switch." in control.get(f"/worlds/{world.name}").text


def post_to(control: httpx.Client, world: World, address: str, **fields: str) -> httpx.Response:
    """Send a form of the page of the world."""
    return control.post(address, data={"csrf_token": token(control.get(f"/worlds/{world.name}")), **fields})


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses in the QR codes that are shown."""
    shown = list[str]()

    def draw(address: str) -> str:
        shown.append(address)
        return ""

    monkeypatch.setattr(real_name, "qr", draw)
    return shown


def test_a_qr_code_is_confirmed_on_a_phone_where_nobody_is_signed_in(
    world: World, visit: Visit, browse: Browse, codes: list[str]
) -> None:
    client, phone = visit("hw_chenjing"), browse("https://account.huaweicloud.com")
    answer = submit(world, client, "/qr-code", real_name="Chen Jing", number=IDENTITY)
    waiting = world.local(f"https://account.huaweicloud.com{answer.headers['location']}")
    client.get(waiting)

    assert "hw_chenjing is being verified in the name of Chen Jing" in words_of(phone.get(codes[0]))
    assert state(world) is AuthenticationState.NONE
    confirmed = post(phone, codes[0])
    assert "You have been verified." in words_of(phone.get(confirmed.headers["location"]))
    assert state(world) is AuthenticationState.APPROVED
    assert client.get(waiting).headers["location"] == "/usercenter/authentication"
    assert "Verified by QR code" in words_of(client.get(world.local(PAGE)))
    assert "This QR code has expired" in words_of(phone.get(codes[0]))


def test_an_old_or_replaced_qr_code_verifies_nobody(
    world: World, visit: Visit, browse: Browse, codes: list[str]
) -> None:
    client, phone = visit("hw_chenjing"), browse("https://account.huaweicloud.com")
    for name in ("First", "Second"):
        submit(world, client, "/qr-code", real_name=name, number=IDENTITY)
        client.get(world.local(f"{PAGE}/qr-code/shown"))
    assert "This QR code has expired" in words_of(phone.get(codes[0]))
    page = phone.get(codes[1])
    jobs.advance(world, qr_sign_in.LIFETIME.total_seconds())
    refused = phone.post(codes[1], data={"csrf_token": token(page)})
    assert (refused.status_code, "This QR code has expired" in refused.text) == (422, True)
    assert client.get(world.local(f"{PAGE}/qr-code/shown")).headers["location"] == "/usercenter/authentication/qr-code"
    assert phone.get(f"{codes[1]}0").status_code == 404
    assert state(world) is AuthenticationState.NONE


@pytest.mark.parametrize(("number", "complaint"), [(WRONG_IDENTITY, "identity card is not valid"), ("x", "17 digits")])
def test_a_wrong_number_gets_no_qr_code(world: World, visit: Visit, number: str, complaint: str) -> None:
    answer = submit(world, visit("hw_chenjing"), "/qr-code", real_name="Chen Jing", number=number)

    assert answer.status_code == 422
    assert complaint in answer.text
