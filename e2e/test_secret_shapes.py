"""Secrets in anybody's files are found by their form, in any encoding; what only looks like one is not."""

import base64
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.recording.scan import scan
from e2e.recording.shapes import SHAPES
from e2e.support.planted import ENCODINGS, PLANTED

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
