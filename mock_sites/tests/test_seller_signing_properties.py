"""For any parameters, the signature verifies, and any single change makes it invalid (spec huawei 2 and 4.1)."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.world.sensitive_fields import decrypt, encrypt

FEW = settings(max_examples=25)

names = st.text("abcdefghijklmnopqrstuvwxyzABCDEF", min_size=1, max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
fields = st.dictionaries(names, texts, min_size=1, max_size=5)
keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=16)
moments = st.integers(min_value=10**12, max_value=10**13 - 1).map(str)
nonces = st.text("0123456789abcdef", min_size=32, max_size=32)
ivs = st.text("ABCxyz0189", min_size=16, max_size=16)

Sign = Callable[[str, str, str, bytes], str]


def other(text: str) -> str:
    """A text with another last character."""
    return text[:-1] + ("a" if text[-1:] != "a" else "b")


@FEW
@given(keys, fields, moments, st.data())
def test_a_token_of_v1_holds_as_the_query_is_read_and_no_change_goes_unnoticed(
    key: str, sent: dict[str, str], moment: str, data: st.DataObject
) -> None:
    call = sent | {"timeStamp": moment}
    token = signing_v1.sign_call(key, call)
    read = dict(parse_qsl(urlencode(call | {"authToken": token}), keep_blank_values=True))
    assert signing_v1.sign_call(key, read) == read["authToken"] == token

    name = data.draw(st.sampled_from(sorted(call)))
    assert signing_v1.sign_call(key, call | {name: other(call[name])}) != token
    assert signing_v1.sign_call(other(key), call) != token
    assert signing_v1.sign_call(key, call | {name + "X": ""}) != token


@FEW
@given(keys, st.binary(min_size=1, max_size=40), st.data())
def test_a_body_sign_is_valid_for_the_exact_bytes_only(key: str, body: bytes, data: st.DataObject) -> None:
    signature = signing_v1.answer_signature(key, body)
    headers = [("Body-Sign", signing_v1.sign_answer(key, body))]
    assert body_sign.find_fault(headers, body, key=key) is None

    place = data.draw(st.integers(0, len(body) - 1))
    changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
    for text in (changed, body + b"\n", body[:-1]):
        assert signing_v1.answer_signature(key, text) != signature
    assert signing_v1.answer_signature(other(key), body) != signature


@pytest.mark.parametrize("sign", [signing.sign_call, signing.sign_sync], ids=["production", "kit"])
@FEW
@given(key=keys, nonce=nonces, moment=moments, sent=fields, data=st.data())
def test_a_signature_of_v2_holds_for_one_call_only(
    sign: Sign, key: str, nonce: str, moment: str, sent: dict[str, str], data: st.DataObject
) -> None:
    body = signing.payload(sent)
    signature = sign(key, nonce, moment, body)
    received: dict[str, Any] = json.loads(body)
    assert sign(key, nonce, moment, signing.payload(dict(reversed(received.items())))) == signature

    name = data.draw(st.sampled_from(sorted(sent)))
    changes = [
        (other(key), nonce, moment, body),
        (key, other(nonce), moment, body),
        (key, nonce, other(moment), body),
        (key, nonce, moment, signing.payload(sent | {name: other(sent[name])})),
        (key, nonce, moment, signing.payload(sent | {name + "X": ""})),
    ]
    assert signature not in {sign(*changed) for changed in changes}


@FEW
@given(keys, fields, names)
def test_a_signature_of_the_order_query_holds_for_one_query_only(key: str, query: dict[str, str], path: str) -> None:
    date = "20260302T010000Z"

    def sign(used: str = key, path: str = path, query: dict[str, str] = query, date: str = date) -> str:
        return signing.sign_query(used, method="GET", path=f"/{path}", query=query, date=date)

    read = dict(parse_qsl(urlencode(query), keep_blank_values=True))
    assert sign(query=read) == sign()
    name = next(iter(query))
    changed = [sign(other(key)), sign(path=other(path)), sign(query=query | {name: other(query[name])})]
    assert sign() not in {*changed, sign(date="20260302T010001Z"), sign(query=query | {name + "X": ""})}


@FEW
@given(keys, texts, ivs, st.sampled_from(["1", "2"]))
def test_a_sensitive_field_comes_back_with_its_key_only(key: str, text: str, iv: str, encrypt_type: str) -> None:
    value = encrypt(key, text, iv, encrypt_type)
    assert decrypt(key, value, encrypt_type) == text
    try:
        read = decrypt(other(key), value, encrypt_type)
    except ValueError:
        return
    assert read != text
