"""Playwright's trace files: the secrets in them, and the same trace without.

A trace is a zip of ``trace.trace`` and ``trace.network`` (a JSON value a line), ``aria/*.json`` and
``screenshots/*.png`` (named after the action and its phase), and ``resources/`` (named after the SHA-1 of what is in
them). With ``screenshots=True`` it also has ``screencast/*.jpeg``, frames of a film of each page.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from e2e.recording.redaction import Redactor
from e2e.recording.secrets import PLACEHOLDER, SHORTEST_TOKEN, Secret, of_address, of_field

JSON_FILES: Final = (".trace", ".network", ".stacks", ".json")
RESOURCES: Final = "resources/"
IMAGES: Final = "screenshots/"

_HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")

_SHOWN: Final = {"frame-snapshot", "screencast-frame"}

_PART: Final = re.compile(r'name="([^"]+)"\r\n\r\n(.*?)\r\n--', re.DOTALL)
"""A field in a form of several parts."""


class Trace:
    """The files of a trace."""

    def __init__(self, source: Path | IO[bytes]) -> None:
        """Read the zip."""
        with zipfile.ZipFile(source) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}

    @property
    def began(self) -> float:
        """When its recording began, in seconds since 1970."""
        return next(self._events("trace.trace"))["wallTime"] / 1000

    def secrets(self) -> Iterator[Secret]:
        """The secrets that the trace shows: cookies, forms that were sent or filled in, addresses."""
        for event in self._events("trace.network"):
            yield from _of_exchange(event["snapshot"])
        for event in self._events("trace.trace"):
            if event["type"] == "frame-snapshot":
                yield from _of_markup(event["snapshot"]["html"])
                yield from of_address(event["snapshot"]["frameUrl"])
        for name, content in self.files.items():
            if name.startswith(RESOURCES) and name.endswith(".dat"):
                for field, value in _PART.findall(content.decode(errors="replace")):
                    yield from of_field(field, value)

    def save(self, path: Path, redactor: Redactor) -> list[str]:
        """Write the trace without secrets to ``path``, and return the names of images that were left out for them.

        Resources get new names after their new content, because the old name is a digest of the secret content.
        """
        left_out = self._revealing_images(redactor) | self._revealing_films(redactor)
        kept = {name: content for name, content in self.files.items() if name not in left_out}
        if left_out:
            kept["trace.trace"] = _without(left_out, kept["trace.trace"])
        redacted = {name: _redact(name, content, redactor) for name, content in kept.items()}
        new_hashes = {
            PurePosixPath(name).stem: hashlib.sha1(content, usedforsecurity=False).hexdigest()
            for name, content in redacted.items()
            if name.startswith(RESOURCES) and content != kept[name]
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            written = set[str]()
            for name, content in redacted.items():
                new_name = _renamed(name, new_hashes)
                if new_name not in written:
                    refers = name.endswith(JSON_FILES) and not name.startswith(RESOURCES)
                    archive.writestr(new_name, _renamed(content.decode(), new_hashes) if refers else content)
                written.add(new_name)
        redactor.end_file()
        return sorted(left_out)

    def _events(self, name: str) -> Iterator[dict[str, Any]]:
        for line in self.files[name].decode().splitlines():
            yield json.loads(line)

    def _revealing_images(self, redactor: Redactor) -> set[str]:
        """Images of actions on pages that show a secret, and of the actions before and after those.

        A page may change between its image and its tree; it cannot have changed twice.
        """
        actions = list(dict.fromkeys(_action(name) for name in self.files if name.startswith("aria/")))
        revealing = {
            actions.index(_action(name))
            for name, content in self.files.items()
            if name.startswith("aria/") and redactor.kinds_in(content.decode())
        }
        near = {actions[at] for index in revealing for at in range(index - 1, index + 2) if 0 <= at < len(actions)}
        images = [name for name in self.files if name.startswith(IMAGES)]
        return {name for name in images if _action(name) in near or _action(name) not in actions}

    def _revealing_films(self, redactor: Redactor) -> set[str]:
        """All frames of the films of pages that showed a secret, because the exact moments are not known."""
        events = [event for event in self._events("trace.trace") if event["type"] in _SHOWN]
        shown = (event["snapshot"] for event in events if event["type"] == "frame-snapshot")
        revealing = {
            snapshot["pageId"]
            for snapshot in shown
            if redactor.kinds_in(json.dumps(snapshot["html"], ensure_ascii=False))
        }
        return {event["file"] for event in events if event.get("pageId") in revealing and event["file"] in self.files}


def _action(name: str) -> str:
    return PurePosixPath(name).stem.rpartition("-")[0]


def _redact(name: str, content: bytes, redactor: Redactor) -> bytes:
    if name.endswith(JSON_FILES) and not name.startswith(RESOURCES):
        return redactor.json_lines(content.decode()).encode()
    # Content that is not text, such as a form with a file, is searched byte by byte.
    return redactor.text(content.decode(errors="surrogateescape")).encode(errors="surrogateescape")


def _renamed(text: str, new_hashes: Mapping[str, str]) -> str:
    return _HASH.sub(lambda found: new_hashes.get(found[0], found[0]), text)


def _without(files: set[str], lines: bytes) -> bytes:
    kept = [line for line in lines.decode().splitlines() if json.loads(line).get("file") not in files]
    return ("\n".join(kept) + "\n").encode()


def _of_exchange(exchange: Mapping[str, Any]) -> Iterator[Secret]:
    request, response = exchange["request"], exchange["response"]
    for cookie in [*request["cookies"], *response["cookies"]]:
        if len(cookie["value"]) >= SHORTEST_TOKEN:
            yield Secret("cookie", cookie["value"], cookie["name"])
    form: dict[str, Any] = request.get("postData") or {}
    for field in form.get("params", []):
        yield from of_field(field["name"], field["value"])
    for url in (request["url"], response.get("redirectURL", "")):
        yield from of_address(url)
    for header in [*request["headers"], *response["headers"]]:
        if header["name"].lower() == "authorization" and not PLACEHOLDER.search(header["value"]):
            yield Secret("token", header["value"].rpartition(" ")[2])
        elif header["name"].lower() in {"location", "referer"}:
            yield from of_address(header["value"])


def _of_markup(node: Any) -> Iterator[Secret]:
    """The secrets in fields: a node is a text, a reference to an earlier one, or name, attributes and children."""
    if not isinstance(node, list) or len(node) < 2 or not isinstance(node[0], str):  # pyright: ignore[reportUnknownArgumentType]
        return
    parts: list[Any] = node
    if parts[0] == "INPUT":
        attributes: dict[str, str] = parts[1]
        hidden = attributes.get("type") == "password"
        for value in (attributes.get("value", ""), attributes.get("__playwright_value_", "")):
            yield from of_field(attributes.get("name", ""), value, hidden=hidden)
    for child in parts[2:]:
        yield from _of_markup(child)
