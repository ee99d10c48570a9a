"""The report: what is in it, and the file."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from e2e.review.align import align
from e2e.review.findings import Finding
from e2e.review.recording import Step
from e2e.review.review import Compared, Reviewed
from e2e.review.terminal import summary

THUMBNAIL: Final = 160, 120
"""Pixels of a picture in the film strip, at most."""
CONTEXT: Final = 3
"""Lines of an accessibility tree that are shown around one that changed."""


@dataclass(frozen=True)
class Row:
    """A step in the report.

    Attributes:
        id: where it is in the file.
        gone: it is only in the baseline.
        thumbnail: a small picture of it; empty if there is none.
        before: its picture in the baseline; empty if nothing differs.
        after: its picture now; empty if nothing differs.
        tree: the lines of its accessibility tree that differ, with those around them.
    """

    id: str
    step: Step
    gone: bool
    findings: Sequence[Finding]
    thumbnail: str
    before: str = ""
    after: str = ""
    tree: Sequence[str] = ()


def write_report(reviewed: Reviewed, file: Path) -> None:
    """Write the report to ``file``."""
    environment = Environment(
        loader=PackageLoader("e2e.review.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("report.html").render(
        summary=summary(reviewed),
        findings=reviewed.findings,
        faults=reviewed.faults,
        kinds=Counter(str(finding.kind) for finding in reviewed.findings),
        journeys=[(compared.after, list(_rows(compared, reviewed.findings))) for compared in reviewed.compared],
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _rows(compared: Compared, findings: Sequence[Finding]) -> Iterator[Row]:
    """The steps of a journey; of those that differ, all that there is to see."""
    journey = compared.after.name
    for aligned in align(compared.before.steps, compared.after.steps):
        for step in aligned.after or aligned.before:
            place = f"{journey}--{step.id}"
            mine = [finding for finding in findings if any(place == found.id for found in finding.places)]
            row = Row(place, step, not aligned.after, mine, _thumbnail(step.image))
            differs = any(not finding.advice for finding in mine)
            if differs and aligned.before and aligned.after and step is aligned.after[-1]:
                before = aligned.before[-1]
                tree = _differing(before.tree, step.tree)
                row = replace(row, before=_picture(before.image), after=_picture(step.image), tree=tree)
            yield row


def _differing(before: str, after: str) -> list[str]:
    """The lines that differ, each with a sign before it, and those around them."""
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=CONTEXT)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def _picture(file: Path | None) -> str:
    """A picture as it is, as an address that holds it."""
    return _address("png", file.read_bytes()) if file else ""


def _thumbnail(file: Path | None) -> str:
    """A picture made small, as an address that holds it."""
    if not file:
        return ""
    written = BytesIO()
    with Image.open(file) as picture:
        picture.thumbnail(THUMBNAIL)
        picture.convert("RGB").save(written, "WEBP", quality=60)
    return _address("webp", written.getvalue())


def _address(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode()}"
