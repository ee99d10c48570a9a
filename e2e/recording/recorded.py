"""A journey that was played, and the files of its recording."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from e2e.recording import writing
from mock_sites.client import DocumentedAddresses
from mock_sites.redaction.redactor import Redactor, over_strings
from mock_sites.redaction.scan import look_for
from mock_sites.redaction.secrets import Secret
from mock_sites.redaction.traces import Trace

MANIFEST: Final = "manifest.json"
"""The file of a recording that names the others."""

OTHER_COMPANY: Final = {"huawei": "guance", "guance": "huawei"}


class LeakError(Exception):
    """A recording was not kept because there was a secret in it. The text says in which files, and of which kind."""


@dataclass(frozen=True)
class Recorded:
    """A journey that was played, whose recording is not written yet. That needs no browser, and can be done elsewhere.

    Attributes:
        about: what the manifest says besides the steps.
        steps: the steps in the form of the manifest.
        files: the contents of files by their names.
        traces: the files of the actors' traces. They must be there until the recording is written.
        secrets: those that are known, besides those in the traces.
        began: when it began, by the clock of ``request_times``.
        began_at: when it began, in seconds since 1970.
    """

    about: Mapping[str, Any]
    steps: Sequence[dict[str, Any]]
    files: Mapping[str, str | bytes]
    events: list[dict[str, Any]]
    mails: list[dict[str, Any]]
    traces: Mapping[str, Path]
    secrets: Sequence[Secret]
    addresses: DocumentedAddresses
    began: float
    began_at: float

    def write(self, folder: Path) -> Path:
        """Write the recording to ``folder``, which replaces an older one, and return the path of the manifest.

        Raises:
            LeakError: one of the known secrets is still in it.
        """
        with writing.fresh(folder) as place:
            traces = {actor: Trace(path) for actor, path in self.traces.items()}
            secrets = [*self.secrets, *(secret for trace in traces.values() for secret in trace.secrets())]
            redactor = Redactor(secrets)
            # First what is in the order of the steps: a trace has its requests in the order of their answers.
            manifest = self._clean(self._manifest(traces), redactor)
            redactor.end_file()
            for name, content in self.files.items():
                writing.write(place / name, self._clean(content, redactor))
                redactor.end_file()
            documents = {"journal": self.events, "mails": self.mails, "calls": _calls(self.events)}
            for name, document in documents.items():
                writing.write(place / f"{name}.json", writing.as_json(self._clean(document, redactor)))
                redactor.end_file()
            left_out = {f"{actor}.zip": trace.save(place / f"{actor}.zip", redactor) for actor, trace in traces.items()}
            redacted = {
                "placeholders": dict(sorted(redactor.files.items())),
                "images": {name: images for name, images in left_out.items() if images},
            }
            writing.write(place / MANIFEST, writing.as_json({**manifest, "redacted": redacted}))
            if leaks := look_for(secrets, place):
                raise LeakError(f"Not recorded, as secrets were left in {'; '.join(leaks)}")
        return folder / MANIFEST

    def _clean(self, content: Any, redactor: Redactor) -> Any:
        """``content`` without secrets, and with documented addresses."""
        if isinstance(content, bytes):
            return content
        return over_strings(redactor.value(content), self.addresses.document)

    def _manifest(self, traces: Mapping[str, Trace]) -> dict[str, Any]:
        return {
            **self.about,
            "actors": {actor: f"{actor}.zip" for actor in traces},
            # In seconds, as for the steps: when the trace of each actor begins on the common timeline.
            "timeline": {actor: round(trace.began - self.began_at, 3) for actor, trace in traces.items()},
            "steps": self._steps(traces),
        }

    def _steps(self, traces: Mapping[str, Trace]) -> list[dict[str, Any]]:
        """The steps, with their dialogs and downloads, which the traces have."""
        begins = [step["began"] for step in self.steps]
        steps = [{**step, **self._requests(step), "dialogs": [], "downloads": []} for step in self.steps]
        for step in steps:
            del step["failed"], step["failed_times"]
        events = sorted((event for trace in traces.values() for event in trace.happened()), key=lambda event: event.at)
        for event in events:
            place = max(0, bisect_right(begins, event.at - self.began_at) - 1)
            if event.kind == "dialog":
                shown = [event.details[name] for name in ("type", "message", "defaultValue")]
                steps[place]["dialogs"].append(shown)
            elif event.kind == "download":
                steps[place]["downloads"].append([event.details["suggestedFilename"]])
        return steps

    def _requests(self, step: dict[str, Any]) -> dict[str, Any]:
        """The requests of a step and their times. A page that is reloaded until it changes is listed once.

        Parts of pages that failed come last, sorted, as their order is accidental.
        """
        requests: list[list[str | int]] = step["requests"]
        first = [place for place, request in enumerate(requests) if place == 0 or request != requests[place - 1]]
        shown = [(requests[place], step["request_times"][place]) for place in first]
        shown += sorted(zip(step["failed"], step["failed_times"], strict=True))
        times = [[round(moment - self.began, 3) for moment in moments] for _request, moments in shown]
        return {"requests": [request for request, _moments in shown], "request_times": times}


def _calls(events: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The calls between the companies, from the journal."""
    found: list[Mapping[str, Any]] = []
    for event in events:
        company, _, kind = event["kind"].partition(".")
        if kind == "call":
            fields = {name: event["facts"][name] for name in ("method", "path", "status")}
            about = {name: event[name] for name in ("number", "at", "step")}
            found.append({**about, "from": company, "to": OTHER_COMPANY[company], **fields})
    return found
