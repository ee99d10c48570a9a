"""What pages of a trace did besides showing elements: dialogs, files, WebSockets, what they stored and sent."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, TypeVar

from mock_sites.redaction.redactor import Redactor
from mock_sites.redaction.secrets import in_text
from mock_sites.redaction.shapes import shapes_in
from mock_sites.review.page_content import Dialog, SentForm, SocketMessage
from mock_sites.review.traces.archive import Archive
from mock_sites.review.traces.bodies import field_names
from mock_sites.review.traces.browser import Browser
from mock_sites.review.traces.events import Before, Happened
from mock_sites.review.traces.files import read_download, read_uploads
from mock_sites.review.traces.har import TraceExchange
from mock_sites.review.traces.sockets import read_messages
from mock_sites.review.traces.storage import read_storage

_BEGAN: Final = attrgetter("start_time")

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
        downloads = [event.params for event in happened if event.method == "download"]
        sockets = sorted((exchange for exchange in asked if exchange.kind == "websocket"), key=_address)
        ends = (browser.ends.get(action.call_id) for action in actions if action.method == "storageState")
        found: Mapping[str, Sequence[tuple[Any, ...]]] = {
            "dialogs": [self._dialog(event) for event in happened if event.method == "dialog"],
            "downloads": [read_download(download, browser.exchanges, self.archive) for download in downloads],
            "uploads": [file for action in actions for file in read_uploads(action)],
            "sockets": [
                self._message(message) for exchange in sockets for message in read_messages(exchange, self.archive)
            ],
            "storage": read_storage(asked, [end.result for end in ends if end]),
            "forms": [form for exchange in asked for form in self._forms(exchange)],
        }
        return {name: tuple(map(self._clean, parts)) for name, parts in found.items()}

    def _dialog(self, event: Happened) -> Dialog:
        """A dialog, with the first answer after it, unless that belongs to a later dialog."""
        shown, answers = self._dialogs, self.browser.answers
        later = shown[bisect_right(shown, event.time) :][:1]
        given = answers[bisect_right(answers, event.time, key=_BEGAN) :][:1]
        answer = given[0].method if given and not (later and later[0] < given[0].start_time) else ""
        return Dialog(event.params.type, event.params.message, event.params.default_value, answer)

    @cached_property
    def _dialogs(self) -> list[float]:
        """When dialogs opened."""
        return [event.time for event in self.browser.happened if event.method == "dialog"]

    def _message(self, message: SocketMessage) -> SocketMessage:
        """A message without assigned ports, and as large as it is without them."""
        text = self.same_ports(message.text)
        return message._replace(text=text, size=message.size + len(text.encode()) - len(message.text.encode()))

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
