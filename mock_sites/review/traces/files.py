"""The files that were downloaded and uploaded in a trace."""

from collections.abc import Iterator, Sequence
from pathlib import PureWindowsPath
from typing import Any, cast
from urllib.parse import unquote, unquote_to_bytes

from mock_sites.review.page_content import TransferredFile
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.bodies import digest, from_base64
from mock_sites.review.traces.events import Before, Circumstances
from mock_sites.review.traces.har import TraceExchange


def read_download(event: Circumstances, exchanges: Sequence[TraceExchange], archive: Archive) -> TransferredFile:
    """A download. Its content is known if it is in the address, or if a page asked for the same address as well.

    Otherwise its size is, if the answer tells it.
    """
    media, comma, data = event.url.partition(",")
    if comma and media.startswith("data:"):
        content = from_base64(unquote(data)) if media.endswith(";base64") else unquote_to_bytes(data)
        return TransferredFile(event.suggested_filename, digest(content) if content else "")
    answers = [exchange.response for exchange in exchanges if exchange.request.url == event.url]
    held = [answer.content.name for answer in answers if answer.content.name in archive.names]
    if held:
        return TransferredFile(event.suggested_filename, digest(archive.read(held[-1])))
    sizes = [size for answer in answers if (size := answer.length) is not None]
    return TransferredFile(event.suggested_filename, size=sizes[-1] if sizes else None)


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
