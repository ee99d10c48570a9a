"""A text is put into every place of a real trace, and what became of it is read from there."""

import base64
import gzip
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

import brotli
import zstandard

from e2e.support.planted import MADE

Files = dict[str, bytes]


def read_zip(source: Path | io.BytesIO) -> Files:
    """The files of a zip."""
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def _compressed(text: bytes) -> bytes:
    packed: bytes = brotli.compress(text)
    return packed


BODIES: Final[dict[str, tuple[str, Callable[[bytes], bytes]]]] = {
    "body": ("txt", lambda text: text),
    "body in gzip": ("gz", gzip.compress),
    "body in Zstandard": ("zst", lambda text: zstandard.ZstdCompressor().compress(text)),
    "body in Brotli": ("txt.br", _compressed),
    "body in a zip": ("zip", lambda text: write_zip({"inside.txt": text})),
}
"""Resources of a trace: what their names end with, and how the text is written."""

_STORED: Final[list[dict[str, str]]] = []
LINES: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "address": lambda text: _exchange(url=f"http://localhost/?q={quote(text, safe='')}"),
    "header": lambda text: _exchange(headers=[{"name": "x-note", "value": text}]),
    "form": lambda text: _exchange(postData={"mimeType": "text/plain", "text": text, "params": []}),
    "console": lambda text: {"type": "console", "messageType": "log", "text": text, "args": [], "time": 1},
    "text of a page": lambda text: _shot(["P", {}, text]),
    "attribute on a page": lambda text: _shot(["A", {"title": text}]),
    "parameter of an action": lambda text: {"type": "before", "callId": "x@1", "params": {"expression": text}},
    "result of an action": lambda text: {"type": "after", "callId": "x@1", "result": {"value": text}},
    "log of an action": lambda text: {"type": "log", "callId": "x@1", "time": 1, "message": text},
    "storage": lambda text: {
        "type": "after",
        "callId": "x@2",
        "result": {"cookies": [], "origins": [{"localStorage": [*_STORED, {"name": "state", "value": text}]}]},
    },
}
"""Lines of a trace."""


def _exchange(**request: Any) -> dict[str, Any]:
    asked = {"method": "GET", "url": "http://localhost/", "headers": [], "cookies": [], "queryString": [], **request}
    answered = {"status": 200, "headers": [], "cookies": [], "content": {"size": 0, "mimeType": "text/html"}}
    return {"type": "resource-snapshot", "snapshot": {"request": asked, "response": answered}}


def _shot(element: Any) -> dict[str, Any]:
    page = {"callId": "x@1", "phase": "after", "pageId": "x", "frameId": "x", "frameUrl": "http://localhost/"}
    shown = {"html": ["HTML", {}, ["BODY", {}, element]], "timestamp": 1, "isMainFrame": True}
    return {"type": "frame-snapshot", "snapshot": {**page, **shown}}


def plant(trace: Files, content: bytes) -> Files:
    """``trace`` with ``content`` in every place; in those that hold no bytes only if it is text of ASCII."""
    files = dict(trace)
    for suffix, write in BODIES.values():
        packed = write(content)
        files[f"resources/{hashlib.sha1(packed, usedforsecurity=False).hexdigest()}.{suffix}"] = packed
    if content.isascii():
        text = content.decode()
        for place, line in LINES.items():
            name = "trace.network" if line("")["type"] == "resource-snapshot" else "trace.trace"
            files[name] += json.dumps({**line(text), "place": place}).encode() + b"\n"
        files["resources/0123456789abcdef0123456789abcdef.jsonl"] = json.dumps({"type": "send", "data": text}).encode()
        files["aria/x@1-after.json"] = json.dumps([{"role": "text", "text": text}]).encode()
        files["src/0123456789abcdef0123456789abcdef01234567.py"] = content
    return files


def harvest(trace: Files) -> Iterator[tuple[str, str]]:
    """Each place, and all that is said in it, without any encoding."""
    for name, content in trace.items():
        if name in {"trace.trace", "trace.network"}:
            for line in content.decode().splitlines():
                if place := json.loads(line).get("place"):
                    yield place, plainly(line)
        elif name.startswith("resources/"):
            for place, (suffix, _write) in BODIES.items():
                if name.endswith(f".{suffix}") and "." not in name.removesuffix(f".{suffix}"):
                    yield place, plainly(_unpacked(place, content))
            if name.endswith(".jsonl"):
                yield "websocket", plainly(content.decode())
        elif name.startswith(("aria/x@", "src/0123")):
            yield ("tree" if name.startswith("aria/") else "source"), plainly(content.decode())


def _unpacked(place: str, content: bytes) -> str:
    unpack: dict[str, Callable[[bytes], bytes]] = {
        "body in gzip": gzip.decompress,
        "body in Zstandard": lambda packed: zstandard.ZstdDecompressor().stream_reader(packed).read(),
        "body in Brotli": brotli.decompress,
        "body in a zip": lambda packed: read_zip(io.BytesIO(packed))["inside.txt"],
    }
    plain = unpack[place](content) if place in unpack else content
    if plain.startswith(b"\x1f\x8b"):
        plain = gzip.decompress(plain)
    return plain.decode("utf-16" if plain.startswith(b"\xff\xfe") else "utf-8")


def plainly(text: str) -> str:
    """``text``, and what it says when it is decoded again and again."""
    said = [text]
    for _layer in range(4):
        held = [_decoded(found[0]) for found in re.finditer(r"[A-Za-z0-9+/_-]{12,}", said[-1])]
        said[-1] += "\n".join(held)
        plain = said[-1].replace("\\\\", "\\").replace('\\"', '"').replace("\\n", "\n")
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), plain)
        said.append(unquote(html.unescape(plain)))
    return "\n".join(said)


def _decoded(digits: str) -> str:
    text = digits.translate(str.maketrans("-_", "+/"))
    return base64.b64decode(text + "=" * (-len(text) % 4) if len(text) % 4 != 1 else text[:-1]).decode("latin-1")


def left(said: str) -> list[str]:
    """The secrets that are still in a text."""
    return [secret for secret in MADE if secret in said]
