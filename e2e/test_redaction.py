"""What is taken for a secret, how it is replaced, and what a scan finds; without a browser."""

import base64
import gzip
import html
import json
import re
import zipfile
from pathlib import Path
from typing import Final
from urllib.parse import quote, quote_plus

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.support.planting import write_zip
from mock_sites.redaction.redactor import Redactor
from mock_sites.redaction.scan import ScanError, look_for, scan
from mock_sites.redaction.secrets import Secret, in_text, of_address
from mock_sites.redaction.traces import Trace

PASSWORD = 'Pa"ss <1&é+/ö'
CSRF = "Ijc4MjgzZjg4MTY2ZDg2YjQ3YTQwNDhmMGY3ZWZlYWFkYTg0N2ExMjgi.awSryA.vRFJNXIwkynIbmyuK539l0YSlHw"
AGAIN = "Ijc4MjgzZjg4MTY2ZDg2YjQ3YTQwNDhmMGY3ZWZlYWFkYTg0N2ExMjgi.awSr1A.8kHaN6N84tjA1eb7rDKdws76NLAx"[:-1]


@pytest.mark.parametrize(
    "written",
    [
        PASSWORD,
        quote(PASSWORD, safe=""),
        quote_plus(PASSWORD),
        html.escape(PASSWORD),
        json.dumps(PASSWORD)[1:-1],
        json.dumps(PASSWORD, ensure_ascii=False)[1:-1],
        quote(json.dumps(PASSWORD)[1:-1]),
        json.dumps(PASSWORD)[1:-1].replace("/", "\\/"),
        json.dumps(PASSWORD)[1:-1].replace("<", "\\u003c").replace("&", "\\u0026"),
        re.escape(PASSWORD),
        json.dumps(re.escape(PASSWORD).replace("/", "\\/"))[1:-1],
    ],
)
def test_a_secret_is_replaced_however_it_is_written(written: str) -> None:
    assert Redactor([Secret("password", PASSWORD)]).text(f" {written} ") == " «password-1» "


@pytest.mark.parametrize(("before", "left"), [("", ""), ("a", "Y"), ("ab", "YW")])
def test_a_secret_is_replaced_wherever_it_begins_in_base64(before: str, left: str) -> None:
    encoded = base64.b64encode(f"{before}{PASSWORD}".encode()).decode()

    assert Redactor([Secret("password", PASSWORD)]).text(encoded) == f"{left}«password-1»"


@pytest.mark.parametrize("encoded", ["Pj4+Pz8/Pj4+", "Pj4-Pz8_Pj4-", "Pj4%2BPz8%2FPj4%2B"])
def test_base64_is_known_in_addresses(encoded: str) -> None:
    assert Redactor([Secret("password", ">>>???>>>")]).text(encoded) == "«password-1»"


def test_placeholders_are_numbered_by_first_appearance_and_stay() -> None:
    redactor = Redactor([Secret("password", "Never-used-1"), Secret("password", "Second-2"), Secret("code", "123456")])

    assert redactor.text("Second-2 123456") == "«password-1» «code-1»"
    redactor.end_file()
    assert redactor.text("Never-used-1 Second-2 Second-2") == "«password-2» «password-1» «password-1»"
    redactor.end_file()
    assert redactor.files == {"«password-1»": 2, "«code-1»": 1, "«password-2»": 1}


def test_a_code_is_no_part_of_a_number_a_word_or_a_colour() -> None:
    others = "1234567 0.123456 #123456 a123456 123456_ 123456.5"

    assert Redactor([Secret("code", "123456")]).text(f"{others} code=123456&") == f"{others} code=«code-1»&"


def test_json_stays_json() -> None:
    redactor = Redactor([Secret("code", "123456"), Secret("password", PASSWORD)])

    redacted = redactor.json_lines(json.dumps({"size": 123456, "text": PASSWORD}) + "\n")

    assert json.loads(redacted) == {"size": 123456, "text": "«password-1»"}


def test_what_gets_a_new_signature_keeps_its_placeholder() -> None:
    assert Redactor([]).text(f"{CSRF} {AGAIN}") == "«csrf-1» «csrf-1»"


def test_a_cookie_is_known_by_its_name() -> None:
    values = "value-of-a-session-1", "value-of-a-session-2", f"eyJ{CSRF}", f".eJ{CSRF}"

    redactor = Redactor([Secret("cookie", value, "session") for value in values])

    assert {redactor.text(value) for value in values} == {"«cookie-1»"}


def test_tokens_in_addresses_are_found_also_in_addresses_within() -> None:
    inner = quote("https://b.example/login?code=80d97db5f873993227f39de43df8df34", safe="")

    found = list(of_address(f"https://a.example/?next={inner}&page=2#/in?access_token=0123456789abcdef0"))

    assert found == [Secret("token", "80d97db5f873993227f39de43df8df34"), Secret("token", "0123456789abcdef0")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a=b&password=hunter-22", "password"),
        ('{"new_password": "hunter-22"}', "password"),
        ("code=123456", "code"),
        (f'<input value="{CSRF}">', "csrf"),
        ('{\\"access_token\\":\\"0123456789abcdef0\\"}', "token"),
    ],
)
def test_secrets_are_found_by_their_place_or_shape(text: str, kind: str) -> None:
    assert [secret.kind for secret in in_text(text)] == [kind]


def test_placeholders_and_harmless_values_are_no_secrets() -> None:
    assert list(in_text("password=«password-1»&code=«token-1»&token=short&code=OK&pass=aria-braillelabel")) == []
    assert list(in_text("facts: {code: '000000'}")) == []


def test_a_scan_looks_into_folders_and_zips_and_prints_no_secret(tmp_path: Path) -> None:
    (tmp_path / "mails.json").write_text('[{"text": "Your code is 123456."}]', encoding="utf-8")
    (tmp_path / "clean.txt").write_text("Nothing here", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "any.zip", "w") as archive:
        archive.writestr("inside.html", f"<p>{html.escape(PASSWORD)}")

    found = scan([tmp_path], [Secret("password", PASSWORD)]).found

    assert found == [f"{tmp_path}/any.zip/inside.html: password", f"{tmp_path}/mails.json: code"]


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="No such file"):
        scan([tmp_path / "missing"], [])


PACKED: Final = write_zip({"a.txt": b"text " * 100})
SECURED: Final = PACKED.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
    b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
)
"""It says that its file is encrypted."""


DAMAGED: Final = {
    "cut.zip": PACKED[:-30],
    "cut": PACKED[:-30],
    "changed.zip": PACKED.replace(PACKED[40:44], bytes(4)),
    "encrypted.zip": SECURED,
    "text.zip": b"text",
    "empty.zip": b"",
    "cut.gz": gzip.compress(b"text")[:-9],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_and_a_folder_with_one_are_refused_by_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])

    for path in (tmp_path, tmp_path / name):
        result = CliRunner().invoke(main, ["scan", str(path)])

        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Cannot look through {tmp_path / name}: " in result.stderr


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty" / "inside").mkdir(parents=True)

    result = CliRunner().invoke(main, ["scan", str(tmp_path / "empty")])

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"There are no files in {tmp_path / 'empty'}." in result.stderr


def test_all_files_of_a_zip_with_the_same_name_are_looked_through(tmp_path: Path) -> None:
    packed = write_zip({"a.txt": PASSWORD.encode(), "b.txt": b"clean"})
    (tmp_path / "a.zip").write_bytes(packed.replace(b"b.txt", b"a.txt"))

    assert scan([tmp_path], [Secret("password", PASSWORD)]).found == [f"{tmp_path}/a.zip/a.txt: password"]


def test_the_exit_code_of_a_scan_says_what_was_found(tmp_path: Path) -> None:
    clean, leaky = tmp_path / "clean", tmp_path / "leaky"
    clean.write_text("Nothing here", encoding="utf-8")
    leaky.write_text("Mock-2026-Pass", encoding="utf-8")

    outcomes = [CliRunner().invoke(main, ["scan", str(path)]) for path in (clean, leaky, tmp_path / "missing")]

    assert [outcome.exit_code for outcome in outcomes] == [0, 1, 2]
    assert outcomes[1].output == f"{leaky}: password\n"


def test_a_binary_resource_of_a_trace_is_redacted_as_well(tmp_path: Path) -> None:
    source = tmp_path / "trace.zip"
    form = b'\r\nname="upload"\r\n\r\n\xff\xd8\r\n--x\r\nname="password"\r\n\r\nhunter-22\r\n--x'
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("trace.trace", "")
        archive.writestr("trace.network", "")
        archive.writestr("resources/0123456789012345678901234567890123456789.dat", form)
    trace = Trace(source)

    trace.save(tmp_path / "clean.zip", Redactor(trace.secrets()))

    with zipfile.ZipFile(tmp_path / "clean.zip") as archive:
        [content] = [archive.read(name) for name in archive.namelist() if name.endswith(".dat")]
    assert content == form.replace(b"hunter-22", "«password-1»".encode())


def test_a_code_that_is_known_is_looked_for_everywhere_but_in_numbers(tmp_path: Path) -> None:
    (tmp_path / "journal.json").write_text('[{"size": 123456, "text": "no code"}]', encoding="utf-8")
    (tmp_path / "tree.yaml").write_text("- heading: 123456", encoding="utf-8")
    (tmp_path / "calls.json").write_text('[{"path": "/123456"}]', encoding="utf-8")

    found = look_for([Secret("code", "123456")], tmp_path)

    assert found == [f"{tmp_path}/calls.json: code", f"{tmp_path}/tree.yaml: code"]
