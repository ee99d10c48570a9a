"""What pages of a trace did besides showing elements: dialogs, files, WebSockets, what they stored and sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from e2e.recording.redaction import Redactor
from e2e.recording.secrets import in_text
from e2e.recording.shapes import shapes_in
from e2e.review.page_content import Dialog, SentForm
from e2e.review.traces.archive import Archive
from e2e.review.traces.bodies import field_names
from e2e.review.traces.browser import Browser
from e2e.review.traces.events import Before, Happened, TraceExchange
from e2e.review.traces.files import read_download, read_uploads
from e2e.review.traces.sockets import read_messages
from e2e.review.traces.storage import read_storage

Part = TypeVar("Part", bound=tuple[Any, ...])


@dataclass(frozen=True)
class ContentReader:
    """Reads what a browser did in a step. ``same_ports`` makes a text independent of assigned ports."""

    archive: Archive
    browser: Browser
    same_ports: Callable[[str], str]

    def read(
        self, asked: Sequence[TraceExchange], happened: Sequence[Happened], actions: Sequence[Before]
    ) -> Mapping[str, Any]:
        """The attributes of a recorded step that hold it, without secrets.

        Args:
            asked: what its pages asked for.
            happened: what else happened to them.
            actions: its actions.
        """
        browser = self.browser
        dialogs, downloads = (
            [event.params for event in happened if event.method == method] for method in ("dialog", "download")
        )
        sockets = sorted((exchange for exchange in asked if exchange.kind == "websocket"), key=_address)
        ends = (browser.ends.get(action.call_id) for action in actions if action.method == "storageState")
        found: Mapping[str, Sequence[tuple[Any, ...]]] = {
            "dialogs": [Dialog(dialog.type, dialog.message) for dialog in dialogs],
            "downloads": [read_download(download, browser.exchanges, self.archive) for download in downloads],
            "uploads": [file for action in actions for file in read_uploads(action)],
            "sockets": [message for exchange in sockets for message in read_messages(exchange, self.archive)],
            "storage": read_storage(asked, [end.result for end in ends if end]),
            "forms": [form for exchange in asked for form in self._forms(exchange)],
        }
        return {name: tuple(map(self._clean, parts)) for name, parts in found.items()}

    def _forms(self, exchange: TraceExchange) -> list[SentForm]:
        body = exchange.request.post_data
        if not body or body.name not in self.archive.names:
            return []
        names = field_names(body.mime_type, self.archive.read(body.name))
        return [SentForm(exchange.request.method, exchange.request.url, names)] if names else []

    def _clean(self, part: Part) -> Part:
        """A part with each of its texts without secrets and assigned ports."""
        values = (self.same_ports(without_secrets(value)) if isinstance(value, str) else value for value in part)
        return type(part)(*values)


def without_secrets(text: str) -> str:
    """A text with placeholders for secrets; all of it is one if only the form tells that there is a secret in it."""
    if found := shapes_in(text):
        return f"«{', '.join(sorted(found))}»"
    return Redactor(in_text(text)).text(text)


def _address(exchange: TraceExchange) -> str:
    return exchange.request.url
