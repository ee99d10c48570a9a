"""The files that were downloaded and uploaded in a trace."""

from collections.abc import Iterator, Sequence
from pathlib import PureWindowsPath
from typing import Any, cast
from urllib.parse import unquote, unquote_to_bytes

from e2e.review.page_content import TransferredFile
from e2e.review.traces.archive import Archive
from e2e.review.traces.bodies import digest, from_base64
from e2e.review.traces.events import Before, Circumstances, TraceExchange


def read_download(event: Circumstances, exchanges: Sequence[TraceExchange], archive: Archive) -> TransferredFile:
    """A download. Its content is known if it is in the address, or if a page asked for the same address as well."""
    media, comma, data = event.url.partition(",")
    if comma and media.startswith("data:"):
        content = from_base64(unquote(data)) if media.endswith(";base64") else unquote_to_bytes(data)
    else:
        names = [exchange.response.content.name for exchange in exchanges if exchange.request.url == event.url]
        held = [name for name in names if name in archive.names]
        content = archive.read(held[-1]) if held else None
    return TransferredFile(event.suggested_filename, "" if content is None else digest(content))


def read_uploads(action: Before) -> Iterator[TransferredFile]:
    """The files that an action puts into a field. A trace has the content of those that were made by the test."""
    if action.method == "setInputFiles":
        for path in _listed(action.params, "localPaths"):
            yield TransferredFile(PureWindowsPath(str(path)).name)
        for payload in [*_listed(action.params, "payloads"), *_listed(action.params, "files")]:
            if isinstance(payload, dict):
                file = cast("dict[str, Any]", payload)
                content = from_base64(str(file.get("buffer", "")))
                yield TransferredFile(str(file.get("name", "")), digest(content) if content else "")


def _listed(params: dict[str, Any], name: str) -> list[Any]:
    found: Any = params.get(name)
    return cast("list[Any]", found) if isinstance(found, list) else []
