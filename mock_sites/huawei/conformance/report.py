"""The reports of a run: a summary, a table, JUnit XML and an HTML page, all with the same facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mock_sites.huawei.conformance.masking import mask, shown_answer, shown_call
from mock_sites.huawei.conformance.model import CaseVerdict, Result, SellerFinding
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.world.foreign_text import in_lines

_STYLES: Final = {
    CaseVerdict.PASSED: "green",
    CaseVerdict.NOTED: "yellow",
    CaseVerdict.FAILED: "bold red",
    CaseVerdict.SKIPPED: "dim",
}


@dataclass(frozen=True)
class Report:
    """The results of a run against one seller."""

    address: str
    key: str
    """The key. It is masked wherever it would be shown."""
    protocol: str
    live: bool
    began: datetime
    results: Sequence[Result]
    proxy: str = ""
    """The address of the proxy for all calls, if there was one."""

    @cached_property
    def counts(self) -> Counter[CaseVerdict]:
        """The number of cases by verdict."""
        return Counter(result.verdict for result in self.results)

    @property
    def conforms(self) -> bool:
        """Whether the seller conforms in every case."""
        return not self.counts[CaseVerdict.FAILED]

    @property
    def summary(self) -> str:
        """The summary in one line."""
        counts = ", ".join(f"{verdict}: {self.counts[verdict]}" for verdict in CaseVerdict)
        return f"{'Conforms' if self.conforms else 'Falls short'} ({counts})."

    def masked(self, text: str) -> str:
        """``text`` without secrets."""
        return mask(text, self.key)

    def why(self, result: Result) -> str:
        """The notes on a result, besides its verdict."""
        return self.masked("\n".join(map(_sentence, result.findings)) or result.skipped)

    def print_table(self, console: Console) -> None:
        """Print the cases: what was expected, what was received, the verdict, and what to fix."""
        table = Table(box=None, padding=(0, 2, 0, 0))
        for heading in ("Case", "Expected", "Got", "Verdict", "Diagnosis"):
            table.add_column(heading, overflow="fold")
        for result in self.results:
            table.add_row(
                Text(f"{result.case.name}: {result.case.title}"),
                Text(result.case.expected),
                Text(in_lines(self.masked(result.got)) or "-"),
                Text(result.verdict, style=_STYLES[result.verdict]),
                Text(in_lines(self.why(result))),
            )
        console.print(table)
        if self.proxy:
            console.print(Text(f"All calls went through the proxy {self.proxy}."))
        console.print(Text(self.summary, style=_STYLES[CaseVerdict.PASSED if self.conforms else CaseVerdict.FAILED]))

    def junit(self) -> bytes:
        """The results as JUnit XML. A note is a success with an output."""
        details = {
            "name": f"Seller protocol {self.protocol.upper()}",
            "tests": str(len(self.results)),
            "failures": str(self.counts[CaseVerdict.FAILED]),
            "errors": "0",
            "skipped": str(self.counts[CaseVerdict.SKIPPED]),
            "time": f"{sum(result.seconds for result in self.results):.3f}",
        }
        suites = ET.Element("testsuites", details)
        suite = ET.SubElement(suites, "testsuite", {**details, "timestamp": f"{self.began:%Y-%m-%dT%H:%M:%S}"})
        if self.proxy:
            properties = ET.SubElement(suite, "properties")
            ET.SubElement(properties, "property", {"name": "proxy", "value": self.proxy})
        for result in self.results:
            case = result.case
            row = ET.SubElement(
                suite,
                "testcase",
                {
                    "classname": f"{self.protocol}.{case.interface}.{case.operation}",
                    "name": f"{case.name}: {case.title}",
                    "time": f"{result.seconds:.3f}",
                },
            )
            self._describe(row, result)
        ET.indent(suites)
        return ET.tostring(suites, encoding="utf-8", xml_declaration=True)

    def _describe(self, row: ET.Element, result: Result) -> None:
        why, wire = self.why(result), "\n\n".join(part for result in self.exchanges(result) for part in result)
        match result.verdict:
            case CaseVerdict.FAILED:
                kind = next(found.diagnosis for found in result.findings if found.fails)
                ET.SubElement(row, "failure", {"type": kind, "message": why}).text = wire
            case CaseVerdict.SKIPPED:
                ET.SubElement(row, "skipped", {"message": why})
            case CaseVerdict.NOTED:
                ET.SubElement(row, "system-out").text = why
            case CaseVerdict.PASSED:
                pass

    def exchanges(self, result: Result) -> list[tuple[str, str, str]]:
        """For each call of a result: what was sent, what was signed, what was received."""
        return [
            (shown_call(call, self.key), self.masked(call.string_to_sign), shown_answer(answer, self.key))
            for call, answer in result.exchanges
        ]

    def page(self) -> str:
        """The results as one self-contained page."""
        pages = Environment(
            loader=PackageLoader("mock_sites.huawei.conformance"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return pages.get_template("conformance/report.html").render(report=self, verdicts=list(CaseVerdict))


def _sentence(found: SellerFinding) -> str:
    """What to fix, after the marketplace's own words."""
    return f"{found.said} {cure(found.diagnosis, **found.details)}".strip()
