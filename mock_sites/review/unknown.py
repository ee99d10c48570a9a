"""What some traces do not tell, such as dialogs in those of old versions of Playwright, is not compared."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.review.recording import RecordedStep, Recording

SOCKETS: Final = "sockets"
"""The attribute of a step with the messages of WebSockets. Without it, their requests are not known either."""
WAITS: Final = "waits"
"""The actions of a step that wait for an event. Some languages do not tell for which."""
_WAIT: Final = "wait for event "


def known_in_both(before: Recording, after: Recording) -> tuple[Recording, Recording]:
    """Two recordings, each without the fields of steps that the other one does not tell."""
    unknown = {*before.unknown, *after.unknown}
    return _without(before, unknown), _without(after, unknown)


def _without(recording: Recording, unknown: set[str]) -> Recording:
    if not unknown:
        return recording
    empty = {name: field.default for name, field in RecordedStep.model_fields.items() if name in unknown}
    steps = (
        step.model_copy(update={**empty, **_requests(step, unknown), **_actions(step, unknown)})
        for step in recording.steps
    )
    return recording.model_copy(update={"steps": tuple(steps)})


def _requests(step: RecordedStep, unknown: set[str]) -> Mapping[str, Any]:
    """The requests of a step that are known, if not all are."""
    if SOCKETS not in unknown:
        return {}
    return {"requests": tuple(each for each in step.requests if not each.url.startswith(("ws:", "wss:")))}


def _actions(step: RecordedStep, unknown: set[str]) -> Mapping[str, Any]:
    """The actions of a step that are known, if not all are, and the new places of its inputs."""
    if WAITS not in unknown:
        return {}
    known = [place for place, action in enumerate(step.actions) if not action.startswith(_WAIT)]
    return {
        "actions": tuple(step.actions[place] for place in known),
        "inputs": tuple(known.index(place) for place in step.inputs),
    }
