"""Style sheets and scripts: small, local, compressed once, and cached by the browser without a limit.

Every asset's address contains a fingerprint of its content, so that a browser never needs to load it again.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import flask_bootstrap

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/static/"
_CHARSET = b'@charset "UTF-8";'

_DARK = b"(prefers-color-scheme: dark)"
_MEDIA = {"light": b"not all", "dark": b"all"}
"""What stands for the browser's preference in the style sheets of a chosen theme."""

_OWN = Path(__file__).parent / "static"
_BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"


@dataclass(frozen=True)
class Asset:
    """A file as it is sent."""

    kind: str
    plain: bytes
    packed: bytes


@cache
def _assets() -> dict[str, Asset]:
    files = {path.name: path for path in sorted(_OWN.iterdir()) if path.is_file()} | {"bootstrap.css": _BOOTSTRAP}
    found = {name: _asset(name, path.read_bytes()) for name, path in files.items()}
    for theme, media in _MEDIA.items():
        for name in [name for name in files if name.endswith(".css")]:
            themed = found[name].plain.replace(_DARK, media)
            found[name.replace(".css", f".{theme}.css")] = _asset(name, themed)
    return found


def _asset(name: str, content: bytes) -> Asset:
    # Chromium parses a style sheet that begins with this rule again for every page. The header says the same.
    content = content.removeprefix(_CHARSET)
    kind = mimetypes.guess_type(name)[0]
    return Asset(f"{kind}; charset=utf-8", content, gzip.compress(content, mtime=0))


@cache
def asset_url(name: str) -> str:
    """The address of the asset, the same on every site."""
    return f"{PREFIX}{hashlib.sha256(_assets()[name].plain).hexdigest()[:12]}/{name}"


def serve_asset(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """A WSGI app for the addresses that ``asset_url`` gives."""
    name = environ["PATH_INFO"].rpartition("/")[2]
    asset = _assets().get(name)
    if asset is None or environ["PATH_INFO"] != asset_url(name) or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]
    headers = [
        ("Content-Type", asset.kind),
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("X-Content-Type-Options", "nosniff"),
        ("Vary", "Accept-Encoding"),
    ]
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = asset.packed if packed else asset.plain
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]
