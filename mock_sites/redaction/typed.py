"""What is typed into fields for secrets: in the actions of a trace, their logs, and the fields of its snapshots."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, cast

from mock_sites.redaction.fields import TARGET, VALUE, fields_in, resolved, selects_secret, takes_secret
from mock_sites.redaction.places import Change, over_places
from mock_sites.redaction.secrets import PLACEHOLDER, SHORTEST_PASSWORD, Secret

_TYPED: Final = ("value", "text", "key")
"""Parameters of actions that type something."""

_CHARACTER: Final = re.compile(r"(?:(?:Shift|Alt|AltGraph)\+)?(?:Key|Digit|Numpad)?(?P<character>.)", re.DOTALL)
_LEAVES: Final = re.compile(r"(?:.*\+)?(?:Tab|Enter|NumpadEnter)")
"""Names of keys: those that write a character, and those after which another field may have the focus."""

_FOCUSES: Final = {"click", "dblclick", "tap", "focus", "fill", "type", "press", "check", "uncheck", "selectOption"}
"""Methods after which their element has the focus."""

_IN_LOG: Final = re.compile(r'(?P<call>\b(?:fill|type|press|insertText)\(")(?P<typed>.*)(?=")', re.DOTALL)

_IN_TITLE: Final = re.compile(r'(?P<call>\A(?:Fill|Type|Press|Insert) ")(?P<typed>.*?)(?=")', re.DOTALL)

_BY_CHANCE: Final = 2
"""The most characters that may be the same in a password and elsewhere by chance."""


@dataclass
class _Typing:
    """An action that types.

    Attributes:
        calls: its ids.
        text: what it types.
        run: the number of the run of keyboard actions that it is in, all in one field; 0 if it names its field.
    """

    calls: set[str]
    text: str
    run: int = 0


class TypedSecrets:
    """Knows which actions of a trace type into fields for secrets, and what stands in those fields.

    Actions of the keyboard do not name their field. It is that of the action before, and one that changed meanwhile.
    """

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Find them by the logs, the selectors and the snapshots of fields."""
        self._typing: list[_Typing] = []
        self._calls: set[str] = set()
        self._values: set[str] = set()
        self._run = 1
        self._focusing = ""
        self._focused = False
        targets: list[tuple[str, str]] = []
        for line in lines:
            if line["type"] == "before":
                self._begin(line)
            elif line["type"] == "log":
                self._read_log(line["callId"], line.get("message", ""))
            else:
                targets += self._look(line["snapshot"])
        self._add_runs()
        self._values |= {value for call, value in targets if call in self._calls}
        self._values |= {typing.text for typing in self._secret}

    @property
    def joined(self) -> Iterator[str]:
        """What was typed into fields for secrets character by character."""
        for single, run in groupby(self._secret, lambda typing: len(typing.text) == 1):
            if single and len(text := "".join(typing.text for typing in run)) >= SHORTEST_PASSWORD:
                yield text

    def over(self, line: Any, change: Change) -> Any:
        """A line with what ``change`` makes of each secret in it that its place tells, and of what is typed."""
        line = over_places(line, change)
        if line["type"] == "frame-snapshot":
            self._over_fields(line["snapshot"], change)
        if line.get("callId") not in self._calls:
            return line
        if line["type"] == "log":
            message = _IN_LOG.sub(lambda found: found["call"] + _changed(found["typed"], change), line["message"])
            return {**line, "message": message}
        parts = {name: self._over(line[name], change) for name in ("params", "result") if name in line}
        return {**line, **parts, **_title(line, change)}

    def over_tree(self, tree: Any, change: Change) -> Any:
        """An accessibility tree, in which a field for passwords is a text box, with what ``change`` makes of them."""
        if isinstance(tree, list):
            return [self.over_tree(part, change) for part in cast("list[Any]", tree)]
        if not isinstance(tree, dict):
            return tree
        members = {name: self.over_tree(part, change) for name, part in cast("dict[str, Any]", tree).items()}
        if members.get("role") == "textbox" and members.get("text") in self._values:
            return {**members, "text": _changed(members["text"], change)}
        return members

    @property
    def _secret(self) -> Iterator[_Typing]:
        return (typing for typing in self._typing if typing.calls & self._calls)

    def _begin(self, line: Mapping[str, Any]) -> None:
        params = cast("dict[str, Any]", line.get("params") or {})
        method, key = line.get("method", ""), params.get("key")
        calls = {line["callId"], line.get("stepId") or line["callId"]}
        text = next((text for name in _TYPED if (text := _typed(name, params.get(name)))), "")
        if method.startswith("keyboard"):
            if isinstance(key, str) and _LEAVES.fullmatch(key):
                self._leave(focused=False)
            elif text:
                self._typing.append(_Typing(calls, "" if method == "keyboardUp" else text, self._run))
                self._calls |= calls if self._focused else set()
            return
        secret = selects_secret(str(params.get("selector", "")))
        if method in _FOCUSES:
            self._focusing = line["callId"]
            self._leave(focused=secret)
        if text:
            self._typing.append(_Typing(calls, text))
            self._calls |= calls if secret else set()

    def _leave(self, *, focused: bool) -> None:
        self._run += 1
        self._focused = focused

    def _read_log(self, call: str, message: str) -> None:
        if secret := resolved(message):
            self._calls.add(call)
        if secret is not None and call == self._focusing:
            self._focused = self._focused or secret

    def _look(self, shot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Read a snapshot: each action, and what stands in its field."""
        call = shot.get("callId", "")
        for attributes in fields_in(shot["html"]):
            if takes_secret(attributes):
                self._values.add(attributes[VALUE])
                self._calls |= {call} & self._last_keyboard
            if TARGET in attributes:
                yield call, attributes[VALUE]

    @property
    def _last_keyboard(self) -> set[str]:
        """The ids of the last action that typed by keyboard."""
        return self._typing[-1].calls if self._typing and self._typing[-1].run else set()

    def _add_runs(self) -> None:
        """Find the other actions of runs of which one is known, and what is a part of a password."""
        runs = {typing.run for typing in self._secret if typing.run}
        for typing in self._typing:
            part = len(typing.text) > _BY_CHANCE and any(typing.text in value for value in self._values)
            if part or typing.run in runs or typing.calls & self._calls:
                self._calls |= typing.calls

    def _over_fields(self, shot: Mapping[str, Any], change: Change) -> None:
        of_action = shot.get("callId") in self._calls
        for attributes in fields_in(shot["html"]):
            value = attributes[VALUE]
            if (of_action and TARGET in attributes) or (len(value) > _BY_CHANCE and value in self._values):
                attributes[VALUE] = _changed(value, change)

    def _over(self, value: Any, change: Change, name: str = "") -> Any:
        """Parameters or a result with what ``change`` makes of what is typed, or is known to stand in a field."""
        if isinstance(value, list):
            return [self._over(part, change) for part in cast("list[Any]", value)]
        if isinstance(value, dict):
            return {name: self._over(part, change, name) for name, part in cast("dict[str, Any]", value).items()}
        if isinstance(value, str) and ((name in _TYPED and _typed(name, value)) or value in self._values):
            return _changed(value, change)
        return value


def _typed(name: str, value: Any) -> str:
    """What a parameter of an action types; empty if it is a key that writes nothing."""
    if not isinstance(value, str):
        return ""
    if name != "key":
        return value
    found = _CHARACTER.fullmatch(value)
    return found["character"] if found else ""


def _title(line: Mapping[str, Any], change: Change) -> dict[str, str]:
    """The title of an action, such as ``Fill "hunter2"``, with what ``change`` makes of what is typed."""
    title = line.get("title")
    if not isinstance(title, str):
        return {}
    return {"title": _IN_TITLE.sub(lambda found: found["call"] + _changed(found["typed"], change), title)}


def _changed(text: str, change: Change) -> str:
    return text if not text or PLACEHOLDER.search(text) else change(Secret("password", text))
