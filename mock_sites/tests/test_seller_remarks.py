"""A refusal whose code or status says nothing is shown with the seller's own words and what to do."""

import json
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest

from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.seller_center import presenting
from mock_sites.huawei.seller_gateway.remarks import LONGEST
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller, silence
from mock_sites.tests.support.subscribing import buy, subscribe
from mock_sites.world import jobs
from mock_sites.world.world import World

DAY = 86_400


def answering(content: Any, status: int = 200) -> Callable[[ReceivedRequest], None]:
    """A seller that answers so, signed."""

    def answer(received: ReceivedRequest) -> None:
        received.status = status
        received.answer = content if isinstance(content, bytes) else json.dumps(content).encode()
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)

    return answer


def advice(world: World, protocol: str, content: Any, status: int = 200) -> list[str]:
    """What is shown about the first call of a purchase that the seller answers so."""
    with seller(answering(content, status)) as address:
        drive(world, address, protocol)
        subscribe(world)
        jobs.advance(world, DAY)
    with world.uow("huawei") as uow:
        return presenting.show(uow, log_of(world)[0], str).advice


@pytest.mark.parametrize(
    ("protocol", "content", "status", "expected"),
    [
        (
            "v2",
            {"statusCode": 400, "message": ["testFlag must be a string"]},
            400,
            ["result code and HTTP 200", "testFlag must be a string", "choose Send testFlag 0 in real calls"],
        ),
        ("v2", {"resultCode": "000005", "resultMsg": "database is down"}, 200, ["000005", "(database is down). See"]),
        (
            "v1",
            {"resultCode": "000104", "resultMsg": "diskSize missing"},
            200,
            ["(diskSize missing)", "--with diskSize"],
        ),
        ("v2", {"resultCode": "000002"}, 200, ["Is newInstance there at all?"]),
        ("v2", {"resultCode": "E17", "resultMsg": "not now"}, 200, ["E17 is not documented", "not now"]),
        ("v2", {"resultCode": "000106", "resultMsg": "sold out"}, 200, ["The service says: sold out"]),
        ("v2", b"Whitelabel Error Page", 500, ["HTTP 500: the program failed", "The service says: Whitelabel"]),
        ("v2", {"resultCode": "000000", "instanceId": "ins-1", "resultMsg": "testFlag"}, 200, []),
    ],
)
def test_a_refusal_is_shown_with_what_the_seller_says_and_what_to_do(
    world: World, protocol: str, content: Any, status: int, expected: list[str]
) -> None:
    shown = advice(world, protocol, content, status)
    assert [words for words in expected if words not in "\n".join(shown)] == []
    assert bool(shown) is bool(expected)


@pytest.mark.parametrize(
    ("application", "advised"), [({}, 0), ({"memo": "hello"}, 1), ({"frontEndUrl": "http://a"}, 0)]
)
@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_a_purchase_without_a_front_end_address_is_accepted_with_advice(
    world: World, protocol: str, application: dict[str, str], advised: int
) -> None:
    content = {"resultCode": "000000", "instanceId": "ins-1", "appInfo": application}
    shown = advice(world, protocol, content)
    assert [text for text in shown if text.startswith("appInfo.frontEndUrl is no http(s) address")] == shown
    assert (len(shown), log_of(world)[0].verdict) == (advised, "accepted")


SAID = "the <b>signature</b> is wrong"
MARKED = '<bdi translate="no">the &lt;b&gt;signature&lt;/b&gt; is wrong</bdi>'


@pytest.mark.parametrize("code", ["000106", "000005"], ids=["in a sentence of its own", "in what to fix"])
def test_on_a_page_the_words_of_a_seller_are_marked_as_not_to_be_translated(
    world: World, browse: Browse, code: str
) -> None:
    shown = advice(world, "v2", {"resultCode": code, "resultMsg": SAID})
    page = browse("https://seller.huaweicloud.com").get("/calls/1", headers={"Accept-Language": "zh"}).text

    assert [SAID in text for text in shown] == [True]
    assert page.count(MARKED) == 1


def test_technical_words_are_on_the_page_of_a_call_alone(world: World, browse: Browse) -> None:
    silence(world, Activity.QUERY_INSTANCE, instance=buy(world))
    silence(world, Activity.NEW_INSTANCE, order=subscribe(world), tries=19)
    center = browse("https://seller.huaweicloud.com")

    for path in ("/", "/messages", "/calls/2"):
        page = center.get(path).text
        assert "There is no answer within the time limit." in page, path
        assert ("no answer within 5 seconds</span>" in page) is (path == "/calls/2"), path


def test_foreign_words_are_bounded_and_on_one_line_and_have_no_key(world: World) -> None:
    said = f"\x1b[31m{KEY}\n<b>{'x' * 1000}"
    (cured,) = advice(world, "v2", {"resultCode": "000005", "resultMsg": said})
    assert cured.isprintable()
    assert KEY not in cured
    assert len(cured) < LONGEST + 100


def test_the_mail_about_an_order_that_failed_says_it_too(world: World) -> None:
    advice(world, "v2", {"resultCode": "000005", "resultMsg": "testFlag is missing"})
    texts = [str(message_from_bytes(mail.source, policy=SMTP).get_content()) for mail in world.messages()]
    (found,) = [text for text in texts if "did not carry out newInstance" in text]
    assert "(testFlag is missing). See the log" in found
    assert "Send testFlag 0 in real calls" in found
