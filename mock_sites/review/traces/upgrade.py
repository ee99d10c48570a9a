"""Brings the lines of an older trace into the newest form, a step for each version of the format.

What each version writes was read off traces of all versions of Playwright since 1.40.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

Fields = dict[str, Any]
"""A line of a trace."""

OLDEST: Final = 6
"""The version of traces that Playwright 1.40 writes."""
NEWEST: Final = 10
"""The version of traces that Playwright 1.65 writes."""

_PHASES: Final = {"before": "before", "input": "action", "after": "after"}
"""What the names of snapshots began with until version 8, and what the phases are called since."""

_DESTINATIONS: Final = {
    "document": "document",
    "iframe": "document",
    "frame": "document",
    "audio": "media",
    "video": "media",
    "track": "texttrack",
    "style": "stylesheet",
    "empty": "fetch",
}
"""What a browser asks for (Sec-Fetch-Dest of Fetch Metadata), where Playwright calls it otherwise."""


_GOING: Final = "text/html,application/xhtml+xml,application/xml"
"""How the Accept header of all browsers begins when they go to a page, as far as scripts have not set it (MDN)."""


def upgrade(lines: Iterable[Fields], version: int) -> Iterable[Fields]:
    """The lines of a trace of this version as the newest version writes them."""
    for earlier, step in _STEPS.items():
        if earlier >= version:
            lines = step(lines)
    return _fold_handles(lines)


def _from_6(lines: Iterable[Fields]) -> Iterator[Fields]:
    """Until Playwright 1.44: events name objects that other events made, and nothing but its time links an action.

    Events of other objects than browsers, such as of WebSockets, were written too. They have fields of their own.
    """
    made: dict[str, Fields] = {}
    for line in lines:
        params = _part(line, "params")
        if line["type"] == "before":
            line["stepId"] = f"{line.get('apiName')}@{line.get('wallTime')}"
        elif line["type"] == "event" and line.get("method") == "__create__":
            made[str(params.get("guid"))] = _part(params, "initializer")
        elif line["type"] == "event":
            line.update(_event_from_6(line, made))
        if line["type"] != "event" or line.get("class") == "BrowserContext":
            yield line


def _event_from_6(line: Fields, made: Mapping[str, Fields]) -> Fields:
    """What is different about an event since version 7."""
    params, page = _part(line, "params"), line.get("pageId")
    match line.get("class"), line.get("method"):
        case "Page", "close":
            return {"class": "BrowserContext", "method": "pageClosed", "params": {"pageId": page}}
        case "Page", "download":
            return {"class": "BrowserContext", "params": {**params, "pageId": page}}
        case "BrowserContext", "dialog":
            dialog = made.get(str(_part(params, "dialog").get("guid")), {})
            return {"params": {**dialog, "pageId": _part(dialog, "page").get("guid")}}
        case "BrowserContext", "page":
            return {"params": {"pageId": _part(params, "page").get("guid")}}
        case _:
            return {}


def _from_7(lines: Iterable[Fields]) -> Iterator[Fields]:
    """Until Playwright 1.52: actions have the name of the function that was called, and an assertion has no error."""
    refuted: dict[Any, Any] = {}
    for line in lines:
        call = line.get("callId")
        if line["type"] == "before":
            name = str(line.get("apiName", ""))
            if line.get("method") == "expect":
                refuted[call] = _part(line, "params").get("isNot", False)
                line["title"] = f'Expect "{name.partition(".")[2].replace(".", " ")}"'
            elif line.get("method") == "tracingGroup" or line.get("class") == "Test":
                line["title"] = name
        elif line["type"] == "after" and call in refuted and _part(line, "result").get("matches") == refuted[call]:
            line.setdefault("error", {"message": "Expect failed"})
        yield line


def _from_8(lines: Iterable[Fields]) -> Iterator[Fields]:
    """Until Playwright 1.62: snapshots have names, files have none, and few requests tell what they were for."""
    for line in lines:
        snapshot = _part(line, "snapshot")
        match line["type"]:
            case "before":
                line.update(_action_from_8(line))
            case "frame-snapshot":
                snapshot["phase"] = _PHASES.get(str(snapshot.get("snapshotName")).partition("@")[0], "")
            case "screencast-frame":
                line["file"] = f"resources/{line.get('sha1')}"
            case "resource-snapshot":
                if snapshot.get("_apiRequest"):
                    continue
                sent, answered = _part(snapshot, "request"), _part(snapshot, "response")
                for body in (_part(sent, "postData"), _part(answered, "content")):
                    if "_sha1" in body:
                        body["_file"] = f"resources/{body['_sha1']}"
                snapshot.setdefault("_resourceType", _kind(snapshot))
            case _:
                pass
        yield line


def _action_from_8(line: Fields) -> Fields:
    """What is different about the beginning of an action since version 9."""
    params, title = _part(line, "params"), str(line.get("title"))
    if line.get("method") == "waitForEventInfo":
        return {"method": "__waitInfo__", "params": _part(params, "info")}
    if line.get("method") != "expect":
        return {}
    if params.get("isNot") and '"not' not in title:
        title = title.replace('"', '"not_', 1)
    return {"title": title, "params": {**params, "selector": params.get("selector", "").removeprefix(":root")}}


def _kind(exchange: Fields) -> str:
    """What a request was for: what the browser says, or else what it accepts."""
    headers: Any = _part(exchange, "request").get("headers") or ()
    sent = {str(header.get("name")).lower(): str(header.get("value")) for header in headers}
    if destination := sent.get("sec-fetch-dest"):
        return _DESTINATIONS.get(destination, destination)
    accepted = sent.get("accept", "")
    if "upgrade-insecure-requests" in sent or accepted.startswith(_GOING):
        return "document"
    answered = str(_part(_part(exchange, "response"), "content").get("mimeType"))
    if accepted.startswith("image/") or answered.startswith("image/"):
        return "image"
    if accepted.startswith("text/css"):
        return "stylesheet"
    return "script" if "javascript" in answered else "font" if answered.startswith("font/") else "fetch"


def _fold_handles(lines: Iterable[Fields]) -> Iterator[Fields]:
    """Until Playwright 1.64, some functions of locators find the element first, and are two actions."""
    found = ""
    for line in lines:
        if line["type"] == "before":
            if line.get("class") == "ElementHandle" and found:
                line |= {"parentId": found, "internal": True}
            else:
                found = str(line.get("callId")) if _part(line, "params").get("state") == "attached" else ""
        yield line


def _part(fields: Fields, name: str) -> Fields:
    """The fields within one; none if it has none."""
    part = fields.get(name)
    return part if isinstance(part, dict) else {}  # pyright: ignore[reportUnknownVariableType]


# Version 9 writes what is read here as version 10 does.
_STEPS: Final[Mapping[int, Callable[[Iterable[Fields]], Iterator[Fields]]]] = {
    6: _from_6,
    7: _from_7,
    8: _from_8,
}
