"""The report: what is in it, and the file."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from mock_sites.process.whole_files import write_whole
from mock_sites.review.approving.decisions import Decisions, compared_sides, decidable
from mock_sites.review.formats import words
from mock_sites.review.report.pictures import BUDGET, ReportPictures
from mock_sites.review.report.previews import previews
from mock_sites.review.report.rows import fitting, index, journey
from mock_sites.review.report.timeline import Lane
from mock_sites.review.review import Reviewed


def write_report(reviewed: Reviewed, file: Path, *, budget: int = BUDGET) -> None:
    """Write the report to ``file``; its pictures take ``budget`` characters at most, and one more."""
    environment = Environment(
        loader=PackageLoader("mock_sites.review.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = _clock
    pictures = ReportPictures(budget)
    small = previews(reviewed.compared, reviewed.findings, pictures)
    found = index(reviewed.findings)
    shown = fitting(reviewed.compared, reviewed.findings, pictures)
    journeys = [journey(compared, found, shown, pictures, file.parent) for compared in reviewed.compared]
    text = environment.get_template("report.html").render(
        summary=words.counts(reviewed),
        whose_values=words.whose_values(reviewed),
        findings=reviewed.findings,
        decidable={finding.cause for finding in decidable(reviewed)},
        previews=small,
        numbers={finding.cause: number for number, finding in enumerate(reviewed.findings, 1)},
        faults=reviewed.faults,
        rules=reviewed.rules,
        kinds=Counter(finding.kind for finding in reviewed.findings),
        journeys=journeys,
        lanes=list(Lane),
        pictures=pictures.held,
        decisions=Decisions(recordings=compared_sides(reviewed.compared), decisions=[]).model_dump(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, text)


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
