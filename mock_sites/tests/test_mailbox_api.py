import threading
from typing import Any

import pytest

from mock_sites.huawei.domain.jobs import ApproveAuthentication
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.mailbox import MAILBOX, send
from mock_sites.world.mail_reading import read
from mock_sites.world.store import Worlds
from mock_sites.world.world import World


def test_a_mail_is_returned_with_its_codes(browse: Browse, world: World) -> None:
    number = send(world, to="Her@Example.com", subject="验证码", text="您的验证码：654321，五分钟内有效。")

    answer = browse(MAILBOX).get(f"/api/messages/{number}").json()

    assert answer == {
        "number": number,
        "to": "Her@Example.com",
        "from": "Guance <no-reply@guance.com>",
        "subject": "验证码",
        "sent_at": "2026-03-02T01:00:00Z",
        "text": "您的验证码：654321，五分钟内有效。\n",
        "codes": ["654321"],
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("123456", ["123456"]),
        ("验证码123456，请勿泄露", ["123456"]),
        ("first 111111 then 222222, again 111111.", ["111111", "222222"]),
        ("1234567 and A123456 and 123456-7 and 0.123456 and 123456.50", []),
        ("https://mail/messages/123456?order=654321", []),
    ],
)
def test_a_code_is_a_separate_six_digit_number(world: World, text: str, codes: list[str]) -> None:
    send(world, text=text)

    assert read(world.messages()[-1]).codes == codes


def test_mails_are_found_by_recipient_subject_and_number_the_earliest_first(browse: Browse, world: World) -> None:
    first = send(world, subject="Your code")
    send(world, subject="Welcome")
    second = send(world, subject="Your new code")
    send(world, subject="Your code", to="other@example.com")
    mail = browse(MAILBOX)

    def found(**wanted: Any) -> list[int]:
        answer = mail.get("/api/messages", params={"to": "a@example.com", "subject": "code", **wanted}).json()
        return [message["number"] for message in answer["messages"]]

    assert found() == [first, second]
    assert found(after=first) == [second]
    assert found(after=second) == []


def test_waiting_ends_when_the_mail_arrives(browse: Browse, world: World) -> None:
    old = send(world)
    mail, answers = browse(MAILBOX), list[Any]()
    wanted = {"to": "a@example.com", "subject": "Code", "after": old, "seconds": 60}
    waiting = threading.Thread(target=lambda: answers.append(mail.get("/api/messages/wait", params=wanted).json()))
    waiting.start()

    send(world, to="other@example.com")
    number = send(world)
    waiting.join(timeout=30)

    assert [answer["number"] for answer in answers] == [number]


def test_a_world_can_be_saved_and_restored_while_a_client_waits_for_a_mail(
    browse: Browse, world: World, worlds: Worlds
) -> None:
    mail, answers = browse(MAILBOX), list[int]()
    waiting = threading.Thread(target=lambda: answers.append(mail.get("/api/messages/wait?seconds=60").status_code))
    waiting.start()

    worlds.snapshot(world.name, "early")
    worlds.restore(world.name, "early")
    send(worlds.get(world.name))  # ends the wait of a request that arrived later
    waiting.join(timeout=30)

    assert answers in ([409], [200])


def test_waiting_does_the_jobs_that_fall_due_meanwhile(browse: Browse, world: World) -> None:
    world.set_frozen(frozen=False)
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication("nobody"), after=0.05)

    answer = browse(MAILBOX).get("/api/messages/wait?seconds=0.3")

    assert answer.status_code == 404
    assert [event.kind for event in world.journal(kind="huawei.job")] == ["huawei.job.failed"]


def test_a_missing_mail_is_reported_with_the_filter(browse: Browse) -> None:
    answer = browse(MAILBOX).get("/api/messages/wait?to=a@example.com&subject=code&seconds=0")

    assert answer.status_code == 404
    assert answer.json()["message"] == ("No mail to 'a@example.com' with 'code' in its subject came within 0 seconds.")


@pytest.mark.parametrize(
    "wrong",
    ["after=x", "after=-1", "after=9223372036854775808", "after=²", "recipient=a", "to=a&to=b", "subject=" + "x" * 999]
    + [f"seconds={value}" for value in ("x", "-1", "61", "nan", "inf", "")],
)
def test_a_meaningless_parameter_is_refused(browse: Browse, wrong: str) -> None:
    answer = browse(MAILBOX).get(f"/api/messages/wait?{wrong}")

    assert answer.status_code == 422
    assert answer.json()["message"]


def test_an_unknown_mail_is_reported_as_json(browse: Browse) -> None:
    answer = browse(MAILBOX).get("/api/messages/999999999999999999")

    assert answer.status_code == 404
    assert "no mail number" in answer.json()["message"]
