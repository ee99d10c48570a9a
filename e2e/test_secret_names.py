"""Names that tell that a value is a secret, in any spelling, and names that only look so."""

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest

from e2e.support.planted import some
from e2e.support.planting import read_zip
from fixtures.traces import OPTIONS, SHOP, Lines, action, asked, seen, write
from mock_sites.redaction.names import kind_of_name
from mock_sites.redaction.redact import redact
from mock_sites.redaction.scan import scan

WORDS: Final = (
    ("api", "token"),
    ("x", "token"),
    ("app", "token"),
    ("user", "token"),
    ("private", "token"),
    ("kit", "key"),
    ("deploy", "token"),
    ("bot", "token"),
    ("webhook", "secret"),
    ("key", "passphrase"),
    ("db", "passwd"),
    ("smtp", "password"),
    ("admin", "pwd"),
    ("service", "api", "key"),
    ("csrf", "token"),
)
ALONE: Final = (
    *("passphrase", "passwd", "password1", "user[password_confirmation]", "passwordConfirm", "MYSQL_PWD", "mailpass"),
    *("user.password", "password_reset_token", "remember_token", "clientToken", "SecretString"),
)


def spellings(words: tuple[str, ...]) -> set[str]:
    titles = [word.title() for word in words]
    glued = {"".join(words), "".join(titles), words[0] + "".join(titles[1:])}
    apart = {"_".join(words), "-".join(words), "_".join(words).upper(), "-".join(titles)}
    return glued | apart | {f"account[{'_'.join(words)}]"}


NAMES: Final = sorted({*ALONE, *(name for words in WORDS for name in spellings(words))})
PLACES: Final = ("member", "body", "sent form", "form", "part", "address", "header", "field")


def planted(name: str, number: int, secrets: dict[str, str]) -> tuple[Lines, dict[str, Any], dict[str, bytes]]:
    """Lines of a trace, a request, and resources with a secret of this name in each place."""
    exchange = asked(number, "POST", f"{SHOP}?a=1&{quote(name)}={secrets['address']}")
    exchange["snapshot"]["request"] |= {
        "headers": [{"name": name, "value": secrets["header"]}],
        "postData": {"params": [{"name": name, "value": secrets["sent form"]}]},
    }
    field = ["INPUT", {"type": "text", "name": name, "__playwright_value_": secrets["field"]}]
    shown = [
        *action(number, number, "evaluate", result={"value": {"deep": [{name: secrets["member"]}]}}),
        *action(number + 1000, number, "fill", params={"selector": "#x", "value": secrets["field"]}),
        seen(number + 1000, number, "after", SHOP, ["HTML", {}, ["BODY", {}, field]]),
    ]
    part = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: text/plain'
    bodies = {
        f"resources/body-{number}.json": json.dumps({"a": [{name: secrets["body"]}]}),
        f"resources/form-{number}.dat": f"a=1&{name}={secrets['form']}",
        f"resources/part-{number}.dat": f"{part}\r\n\r\n{secrets['part']}\r\n--x--\r\n",
    }
    return shown, exchange, {file: text.encode() for file, text in bodies.items()}


def test_what_has_the_name_of_a_secret_is_replaced_in_every_place(tmp_path: Path) -> None:
    secrets = {name: {place: some(24) for place in PLACES} for name in NAMES}
    parts = [planted(name, number, secrets[name]) for number, name in enumerate(NAMES, 1)]
    shown = [OPTIONS, *(line for lines, _exchange, _bodies in parts for line in lines)]
    more = {file: content for _lines, _exchange, bodies in parts for file, content in bodies.items()}
    source = write(tmp_path / "in.zip", shown, [exchange for _lines, exchange, _bodies in parts], more)

    assert len(scan([source], []).found) == len(("trace.trace", "trace.network", *more))
    redact(source, tmp_path / "out.zip")

    said = b"".join(read_zip(tmp_path / "out.zip").values()).decode()
    left = [(name, place) for name, places in secrets.items() for place, secret in places.items() if secret in said]
    assert left == []


@pytest.mark.parametrize(
    "name",
    [
        *("next_page_token", "nextPageToken", "pageToken", "NEXT_PAGE_TOKEN", "sync-token", "continuationToken"),
        *("tokenType", "token_type", "max_tokens", "maxTokens", "tokens", "tokenizer", "secretary", "passwordless"),
        *("shipping", "pinned", "spin", "topping", "mapping", "forgot_password", "resetPassword", "hasPassword"),
        *("has_password", "passwordHint", "password_length", "password-toggle", "PWD", "OLDPWD", "storage_key", "key"),
        *(
            "secretsCount",
            "api_keys_url",
            "color-token",
            "passwordMinLength",
            "is_secret",
            "compass",
            "bypass",
            "cryptocurrency",
            "",
        ),
    ],
)
def test_other_names_tell_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"a": {name: some(24)}, "b": f"/?{name}={some(24)}&c=1"}), encoding="utf-8")

    assert (kind_of_name(name), scan([file], []).found) == (None, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"pin": "4821"}', True),
        ("user=ana&card_pin=48213&a=1", True),
        ('{"userPin": "482134"}', True),
        ('{"pin": "map-marker"}', False),
        ('{"pin": "12"}', False),
        ("spin=4821&pinned=4821", False),
    ],
)
def test_a_pin_is_made_of_a_few_digits(text: str, found: bool, tmp_path: Path) -> None:  # noqa: FBT001
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert bool(scan([tmp_path / "a.txt"], []).found) == found
