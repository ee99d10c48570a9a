"""What is typed into password fields: the actions of a trace, and what their logs say of it."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, cast

from mock_sites.redaction.places import Change, over_places
from mock_sites.redaction.secrets import PLACEHOLDER, Secret

_TYPED: Final = ("value", "text", "key")
"""Parameters of actions that type something. Of a key it is only a secret which letter it is."""

_PASSWORD_FIELD: Final = re.compile(r'resolved to <input\b[^>]*\btype="password"', re.IGNORECASE)
_NAMED_SO: Final = re.compile(r"passw|passphrase|\bpwd\b", re.IGNORECASE)
_IN_LOG: Final = re.compile(r'(?P<call>\b(?:fill|type|press|insertText)\(")(?P<typed>.*)(?=")', re.DOTALL)


class TypedPasswords:
    """Knows which actions of a trace type into a password field."""

    def __init__(self, lines: Iterable[Mapping[str, Any]], passwords: Collection[str] = ()) -> None:
        """Find them by the logs, by the selectors, and by what is known to stand in password fields."""
        self._passwords = passwords
        self._actions = {action for line in lines if (action := _typing_action(line, passwords))}

    def over(self, line: Any, change: Change) -> Any:
        """A line with what ``change`` makes of each secret in it that its place tells, and of what is typed."""
        line = over_places(line, change)
        if line.get("callId") not in self._actions:
            return line

        def changed(text: str) -> str:
            return text if PLACEHOLDER.search(text) else change(Secret("password", text))

        if line["type"] == "log":
            message = _IN_LOG.sub(lambda found: found["call"] + changed(found["typed"]), line["message"])
            return {**line, "message": message}
        params = cast("dict[str, Any]", line.get("params") or {})
        typed = {name: changed(params[name]) for name in _TYPED if _is_typed(name, params.get(name))}
        return {**line, "params": {**params, **typed}} if typed else line

    def over_tree(self, tree: Any, change: Change) -> Any:
        """An accessibility tree, in which a field for passwords is a text box, with what ``change`` makes of them."""
        if isinstance(tree, list):
            return [self.over_tree(part, change) for part in cast("list[Any]", tree)]
        if not isinstance(tree, dict):
            return tree
        members = {name: self.over_tree(part, change) for name, part in cast("dict[str, Any]", tree).items()}
        if members.get("role") == "textbox" and members.get("text") in self._passwords:
            return {**members, "text": change(Secret("password", members["text"]))}
        return members


def _typing_action(line: Mapping[str, Any], passwords: Collection[str]) -> str | None:
    """The action that a line says types into a password field."""
    kind = line.get("type")
    if kind == "log" and _PASSWORD_FIELD.search(line.get("message", "")):
        return line.get("callId")
    params = cast("dict[str, Any]", line.get("params") or {})
    typed = [params[name] for name in _TYPED if _is_typed(name, params.get(name))]
    by_selector = _NAMED_SO.search(str(params.get("selector", "")))
    by_text = any(text in password for text in typed if len(text) > 2 for password in passwords)
    return line.get("callId") if kind == "before" and typed and (by_selector or by_text) else None


def _is_typed(name: str, value: Any) -> bool:
    return isinstance(value, str) and bool(value) and (name != "key" or len(value) == 1)
