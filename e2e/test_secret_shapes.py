"""Secrets in anybody's files are found by their form, in any encoding; what only looks like one is not."""

import base64
import gzip
from pathlib import Path
from random import Random
from typing import Final

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.support.planted import ENCODINGS, HEX, PLANTED, WORD, in_base64, some
from e2e.support.planting import BODIES, write_zip
from mock_sites.redaction.scan import scan
from mock_sites.redaction.shapes import SHAPES

CLEAN: Final = [
    "Authorization: Bearer «token-1»",
    "Bearer authentication is used. Basic authentication is not.",
    "Basic Settings and Basic functionality",
    "http://user:«password-1»@example.com/ or https://user:***@example.com/",
    "https://example.com:8080/path/@scope/package",
    "git@example.com:group/project.git",
    "password: ****************, api_key=<your-api-key-goes-here-1>",
    "api_key=$API_KEY_OF_THE_PROJECT_1 secret=${SECRET_NUMBER_1_OF_MANY}",
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "const accessToken=e.accessToken,t=this.secretKeyOf(e,n);",
    "const secret = tab2.context.lookupSecret(params2.text), privateKey = crypto5.default.createPrivateKey({ key: 1 })",
    "this.current=function(){return null} r.current=this.pendingChildren; e.code==-1?`canceled1234567890`:0;",
    "secret=lookupSecret1234567(text); password=this.form.password;",
    'password: "string", http://user:password@proxy.example:3128, <label for="password">password</label>',
    "-----BEGIN CERTIFICATE----- -----BEGIN PUBLIC KEY-----",
    "task-list-of-the-main-page desk-top risk-management-of-the-project-1",
    "data:image/png;base64," + base64.b64encode(bytes(range(256)) * 8).decode(),
    "The secret of good tests is that they fail.",
    "eyJ is how JSON begins in Base64.",
    "sha256-" + base64.b64encode(bytes(range(32))).decode(),
    "xoxo, ghost_writer, SKU12345, AIzawa, hf_audio_model, SG.example",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_form_is_found_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    missed: list[str] = []
    for name, examples in PLANTED.items():
        for number, example in enumerate(examples):
            file = tmp_path / f"{number}.txt"
            file.write_bytes(ENCODINGS[encoding](f"first line\n{example}\nlast line"))
            if name not in "".join(scan([file], []).found):
                missed.append(f"{name} {number}")

    assert missed == []


def test_every_form_has_examples() -> None:
    assert [*PLANTED] == [shape.name for shape in SHAPES]
    assert sum(map(len, PLANTED.values())) >= 60


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_what_only_looks_like_a_secret_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "clean.txt").write_text(text, encoding="utf-8")

    assert scan([tmp_path], []).found == []


def test_a_scan_without_findings_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "clean.txt").write_text("nothing", encoding="utf-8")

    result = CliRunner().invoke(main, ["scan", str(tmp_path)])

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "No secrets found. Looked for:")
    assert all(shape.name in result.stdout for shape in SHAPES)


def test_strings_of_high_entropy_are_advice(tmp_path: Path) -> None:
    chance = Random(1)  # noqa: S311, it is no secret
    word, digits = "".join(chance.sample(WORD, 40)), "".join(chance.sample(HEX * 3, 48))
    (tmp_path / "a.txt").write_text(f"first\nx = \"{word}\"; y = '{digits}'\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["scan", str(tmp_path)])

    assert result.exit_code == 0
    assert f"- {tmp_path}/a.txt: line 2, column 6\n- {tmp_path}/a.txt: line 2, column 54\n" in result.stdout
    assert word not in result.stdout


@pytest.mark.parametrize(
    "harmless",
    [
        '"da39a3ee5e6b4b0d3255bfef95601890afd80709"',
        '"6f9619ff-8b86-d011-b42d-00cf4fc964ff"',
        f'"sha256-{in_base64(some(32))}"',
        f'{{"name":"ETag","value":"{some(30)}"}}',
        f'{{"name":"etag","value":"W/\\"{some(30)}\\""}}',
        f'integrity="{some(64)}"',
        f'"data:image/png;base64,{in_base64(some(90))}"',
        '"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"',
        '"/assets/javascripts/Main-Window9b2/SideBar_7Qx/index"',
        '"aVeryLongNameOfAFunctionThatIsWrittenInOneWordByItsAuthors"',
        f'"api_key": "{some(40)}"',
    ],
)
def test_known_kinds_of_harmless_strings_and_what_is_found_anyway_are_no_advice(harmless: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(harmless, encoding="utf-8")

    assert scan([tmp_path], []).advice == []


def test_a_scan_says_what_it_could_not_look_into(tmp_path: Path) -> None:
    files = {
        "a.png": b"\x89PNG\r\n\x1a\n",
        "b.woff2": b"wOF2\0",
        "d.zip": write_zip(
            {"inside.pdf": b"%PDF-1.7", "inside.txt": b"text", "inside.gz": gzip.compress(b"text")[:-9]}
        ),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    result = CliRunner().invoke(main, ["scan", str(tmp_path)])

    assert result.exit_code == 0
    kinds = "1 PDF files, 1 damaged or encrypted files, 1 fonts, 1 pictures"
    assert f"Not read, so a secret in them is not found: {kinds}. Look at them before you share" in result.stdout
    assert "masks pictures of pages where an element holds a secret; it does not read them" in result.stdout


@pytest.mark.parametrize("place", BODIES)
def test_compressed_files_are_opened_within_each_other(place: str, tmp_path: Path) -> None:
    suffix, write = BODIES[place]
    inner = write(f"token = glpat-{some(20)}".encode())
    (tmp_path / "outer.zip").write_bytes(write_zip({f"inner.{suffix}": inner}))

    [line] = scan([tmp_path], []).found

    assert "GitLab token" in line
