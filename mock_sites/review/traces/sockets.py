"""The messages of the WebSockets of a trace."""

from collections.abc import Iterator
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from mock_sites.review.errors import ReviewError
from mock_sites.review.page_content import SocketMessage
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.bodies import digest, from_base64
from mock_sites.review.traces.har import TraceExchange

BINARY: Final = 2
"""The opcode of a binary message (RFC 6455, 5.2), which a trace holds in Base64."""

_DIRECTIONS: Final[tuple[tuple[str, Literal["sent", "received"]], ...]] = (("send", "sent"), ("receive", "received"))


class Frame(BaseModel):
    """A message as a trace has it."""

    type: str
    opcode: int = 1
    data: str = ""


def read_messages(exchange: TraceExchange, archive: Archive) -> Iterator[SocketMessage]:
    """The messages of a WebSocket: those sent, then those received, as the order between the two varies.

    Raises:
        ReviewError: they are not written as a trace has them.
    """
    name = exchange.response.content.name
    if exchange.kind != "websocket" or name not in archive.names:
        return
    try:
        frames = [Frame.model_validate_json(line) for line in archive.text(name).splitlines()]
    except ValidationError as error:
        raise ReviewError(f"{archive.file}: {name} does not hold the messages of a WebSocket") from error
    for kind, direction in _DIRECTIONS:
        for frame in frames:
            if frame.type == kind:
                binary = from_base64(frame.data) if frame.opcode == BINARY else None
                content = frame.data.encode() if binary is None else binary
                text = frame.data if binary is None else f"binary {digest(binary)}"
                yield SocketMessage(exchange.request.url, direction, len(content), text)
