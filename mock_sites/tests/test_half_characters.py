"""JSON can name half a character as an escape. It is JSON: the refusal says where the half is, not that it is none."""

import httpx
import pytest

from mock_sites.huawei.seller_gateway import usage_push
from mock_sites.review.any_text import read_json
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.marketplace import Marketplace
from mock_sites.tests.support.sources import PACKAGE, sources
from mock_sites.world.agreement import PRODUCTION_ADDRESS
from mock_sites.world.foreign_text import HalfCharacterError, read_whole_json
from mock_sites.world.world import World

SAID = "The text at {place} has half a character (\\ud83d). Write the whole character."

OWN = {
    "control/codegen/story.py": "what a page of ours has answered a script",
    "environment/browsers.py": "a file of Playwright's",
    "guance/production_api/usage_push.py": "a call of our own",
    "huawei/protocol/signing.py": "it is signed as it is written",
    "pytest_plugin/causes.py": "lines that the plugin has written",
    "world/folders.py": "a state that a world has written",
    "world/foreign_text.py": "the reader of the sites",
    "world/lock.py": "a file that a server has written",
    "world/shared_tables.py": "a column that a world has written",
    "client/connection.py": "an answer of the sites",
}
"""The modules that read JSON in another way than by ``read_json`` and ``read_whole_json``, and what they read."""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": "x\\ud83d"}', "a"),
        ('{"a": [1, {"b": "\\ud83d"}]}', "a.1.b"),
        ('{"a\\ud83d": 1}', "a\\ud83d"),
        ('"\\ud83d"', "-"),
    ],
)
def test_the_place_is_named(text: str, place: str) -> None:
    with pytest.raises(HalfCharacterError) as refused:
        read_whole_json(text)

    assert str(refused.value) == SAID.format(place=place)


def test_a_whole_character_of_two_escapes_is_read() -> None:
    assert read_whole_json('["\\ud83d\\ude00"]') == ["\N{GRINNING FACE}"]


def test_the_apis_say_where_it_is(dispatcher: Dispatcher, browse: Browse) -> None:
    body = b'{"token": "t", "name": "host\\ud83d"}'
    worlds = httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700")
    for client, path in ((browse("https://openapi.guance.com"), "/api/hosts"), (worlds, "/api/worlds")):
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["message"]) == (422, SAID.format(place="name"))


def test_a_seller_says_where_it_is(world: World, browse: Browse) -> None:
    marketplace = Marketplace(world, browse(PRODUCTION_ADDRESS))
    query = {"timestamp": "1", "nonce": "1", "signature": "1"}
    answer = marketplace.client.post(marketplace.address, params=query, content=b'{"activity": "\\ud83d"}').json()
    assert (answer["resultCode"], answer["resultMsg"]) == ("000002", SAID.format(place="activity"))


def test_a_usage_push_is_refused_for_the_member_that_has_it() -> None:
    with pytest.raises(usage_push.PushError) as refused:
        usage_push.read_records(b'{"usage_records": [{"instance_id": "\\ud83d"}]}', older=False)
    assert "usage_records.0.instance_id" in str(vars(refused.value))


def test_a_trace_and_a_recording_may_have_it() -> None:
    assert read_json(b'{"text": "a\\ud83d", "b": [1.5, null]}') == {"text": "a\\ud83d", "b": [1.5, None]}


def test_json_from_others_is_read_by_these_readers() -> None:
    readers = {str(path.relative_to(PACKAGE)) for path in sources() if "json.loads(" in path.read_text("utf-8")}
    assert readers == set(OWN)
