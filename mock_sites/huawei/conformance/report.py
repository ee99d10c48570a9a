"""The reports of a run: a summary, a table, JUnit XML and an HTML page, all with the same facts."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from rich.console import Console
from rich.text import Text

from mock_sites.huawei.conformance.listing import Listing
from mock_sites.huawei.conformance.masking import mask, shown_answer, shown_call
from mock_sites.huawei.conformance.model import CaseVerdict, Result, SellerFinding, Weight
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.conformance.phrases import said as said_in
from mock_sites.huawei.mistakes import in_calls
from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.process.printing import folding_table
from mock_sites.web.tables import labelled
from mock_sites.world.errors import N_
from mock_sites.world.foreign_text import in_lines
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.translations import texts_in

_STYLES: Final = {
    CaseVerdict.PASSED: "green",
    CaseVerdict.NOTED: "yellow",
    CaseVerdict.FAILED: "bold red",
}

_NAMED: Final = 6
"""How many cases of one mistake are named."""

_WITHOUT_KIT: Final = N_(
    "No call of the kit is accepted. If your product has no joint login, leave the kit out with --no-kit."
)

_ONE_KEY: Final = N_(
    "Calls of the kit were signed with --key. If your service has another key for them, name it with --kit-key."
)


_BETWEEN_NAMES: Final = N_(", ")

_BEGIN, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
"""What a text has around foreign words, as HTML has ``bdi``."""
_WITHOUT_MARKS: Final = str.maketrans("", "", _BEGIN + _END)


def _marked(text: str) -> Markup:
    """A text as HTML, in which the language of foreign words is not that of the page."""
    return escape(text).replace(_BEGIN, Markup('<bdi translate="no">')).replace(_END, Markup("</bdi>"))


def _listed(cases: Sequence[str], between: str) -> Phrase:
    """The names of the first cases with ``between`` them, and the number of all."""
    names, more = between.join(cases[:_NAMED]), len(cases) - _NAMED
    if more > 0:
        return Phrase("{number} cases: {names} and {more} more", number=len(cases), names=names, more=more)
    if len(cases) > 1:
        return Phrase("{number} cases: {names}", number=len(cases), names=names)
    return Phrase("1 case: {names}", names=names)


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
    kit_key: str = ""
    """The key of the joint-operation kit, if it is another. It is masked too."""
    listing: Listing = field(default_factory=Listing)
    seed: str = DEFAULT_SEED
    """The seed of the run's ids."""
    language: str = "en"
    marks: bool = False
    """Whether what sellers and others have written is between ``_BEGIN`` and ``_END``."""

    @cached_property
    def translate(self) -> Callable[[str], str]:
        """Translates a text to the report's language."""
        return texts_in(self.language).gettext

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
        counts = ", ".join(f"{self.said(verdict)}: {self.counts[verdict]}" for verdict in CaseVerdict)
        template = N_("Conforms ({counts}).") if self.conforms else N_("Falls short ({counts}).")
        return self.said(Phrase(template, counts=counts))

    def said(self, text: str) -> str:
        """A text in the report's language."""
        return said_in(text, self.translate)

    @property
    def scope(self) -> str:
        """What was checked: the kinds of products, their optional parameters, what the debugging page requires, where
        its ids come from, and whether the kit has the key of the production interfaces.
        """
        listing, required = self.listing, [result for result in self.results if result.required]
        asked = N_("all") if listing.parameters is None else ", ".join(sorted(listing.parameters)) or N_("none")
        kinds = ", ".join(listing.kinds)
        scope = [Phrase("Listing: {kinds}; optional parameters: {asked}.", kinds=kinds, asked=self.said(asked))]
        if required:
            done = sum(not result.debugging and result.verdict is not CaseVerdict.FAILED for result in required)
            pass_there = N_("Required on the marketplace's debugging page: {done} of {number} cases pass there.")
            scope.append(Phrase(pass_there, done=done, number=len(required)))
        scope.append(Phrase("The ids are those of --seed {seed}.", seed=self.seed))
        tries_kit = any(result.case.interface is Interface.KIT for result in self.results)
        one_key = [_ONE_KEY] if tries_kit and self.protocol == "v2" and not self.kit_key else []
        return " ".join(map(self.said, [*scope, *one_key]))

    @cached_property
    def to_fix(self) -> dict[str, tuple[str, str]]:
        """What to fix, by the name of the mistake: how, and the cases that fail because of it."""
        sentences: dict[str, str] = {}
        cases: defaultdict[str, list[str]] = defaultdict(list)
        for result in self.results:
            for found in {one.diagnosis: one for one in result.findings if one.fails}.values():
                sentences.setdefault(found.diagnosis, self._sentence(found))
                cases[found.diagnosis].append(result.case.name)
        return {name: (self.masked(one), self._listed(cases[name])) for name, one in sentences.items()}

    @cached_property
    def remarks(self) -> dict[str, str]:
        """What several cases have in common besides what is to be fixed, each sentence once, with the cases."""
        cases: defaultdict[str, list[str]] = defaultdict(list)
        for result in self.results:
            for name, line in self._lines(result):
                if name not in self.to_fix and self._times[line] > 1:
                    cases[line].append(result.case.name)
        return {line: self._listed(names) for line, names in cases.items()}

    def _listed(self, cases: Sequence[str]) -> str:
        return self.said(_listed(cases, self.said(_BETWEEN_NAMES)))

    @cached_property
    def _times(self) -> Counter[str]:
        """How many cases have the same line."""
        return Counter(line for result in self.results for _name, line in self._lines(result))

    @property
    def without_kit(self) -> str:
        """How to leave out the kit, if the seller accepts calls of the production interface, but none of it, and no
        mistake is known that explains it. Else empty.
        """
        accepted = {
            interface: [
                result.verdict is not CaseVerdict.FAILED
                for result in self.results
                if result.case.interface is interface and result.case.succeeds and result.case.weight is Weight.MUST
            ]
            for interface in Interface
        }
        in_vain = accepted[Interface.KIT] and not any(accepted[Interface.KIT])
        if any(
            found.diagnosis in in_calls.CURES for result in self.results for found in result.findings if found.fails
        ):
            return ""
        return self.said(_WITHOUT_KIT) if in_vain and any(accepted[Interface.PRODUCTION]) else ""

    @property
    def through(self) -> str:
        """Which proxy all calls went through. Empty if there was none."""
        return (
            self.said(Phrase("All calls went through the proxy {address}.", address=self.proxy)) if self.proxy else ""
        )

    def masked(self, text: str) -> str:
        """``text`` without secrets."""
        return mask(text, self.key, self.kit_key)

    def why(self, result: Result) -> str:
        """The notes on a result, besides its verdict."""
        return "\n".join(line for _name, line in self._lines(result))

    def brief(self, result: Result) -> list[tuple[str, str]]:
        """The same notes. What other cases have too is in ``to_fix`` or ``remarks``: then it is only named here, with
        the id that it has on the page.
        """
        return [self._brief(name, line) for name, line in self._lines(result)]

    def is_first(self, result: Result) -> bool:
        """Whether a result is the first one with something to fix that others may have too."""
        names = {found.diagnosis for found in result.findings if found.fails}
        before = itertools.takewhile(lambda other: other is not result, self.results)
        return not names <= {found.diagnosis for other in before for found in other.findings if found.fails}

    def _brief(self, name: str, line: str) -> tuple[str, str]:
        if self._times[line] == 1:
            return line, ""
        if name in self.to_fix:
            number = list(self.to_fix).index(name) + 1
            return self.said(Phrase("See To fix {number}", number=number)), f"to-fix-{number}"
        number = list(self.remarks).index(line) + 1
        return self.said(Phrase("See Note {number}", number=number)), f"note-{number}"

    def _lines(self, result: Result) -> list[tuple[str, str]]:
        """What is noted on a result, each with the name of the mistake. What the debugging page says has none."""
        found = [(one.diagnosis, self.masked(self._sentence(one))) for one in result.findings]
        debugging = Phrase("Debugging page: {message}", message=result.debugging)
        said = said_in(debugging, self.translate, self._foreign) if result.debugging else ""
        return [*dict.fromkeys(found), ("", self.masked(said))] if said else list(dict.fromkeys(found))

    def title(self, result: Result) -> str:
        """What the case of a result tries."""
        title = self.said(result.case.title)
        return self.said(Phrase("{title} (required)", title=title)) if result.required else title

    def got(self, result: Result) -> str:
        """What the seller answered, in a few words."""
        return self.masked(said_in(result.got, self.translate, self._foreign)) or "-"

    def _sentence(self, found: SellerFinding) -> str:
        """What to fix, after the marketplace's own words."""
        details = {name: self._foreign(value) for name, value in found.details.items()}
        return f"{self._foreign(found.said)} {cure(found.diagnosis, self.translate, **details)}".strip()

    def _foreign(self, value: Any) -> Any:
        if self.marks and isinstance(value, str) and any(map(str.isalpha, value)):
            return f"{_BEGIN}{value.translate(_WITHOUT_MARKS)}{_END}"
        return value

    def print_table(self, console: Console) -> None:
        """Print the cases: what was expected, what was received, the verdict, and what to fix."""
        headings = (N_("Case"), N_("Expected"), N_("Got"), N_("Verdict"), N_("Diagnosis"))
        table = folding_table(*map(self.said, headings))
        for result in self.results:
            table.add_row(
                Text(f"{result.case.name}: {self.title(result)}"),
                Text(self.said(result.case.expected)),
                Text(in_lines(self.got(result))),
                Text(self.said(result.verdict), style=_STYLES[result.verdict]),
                Text(in_lines("\n".join(line for line, _id in self.brief(result)))),
            )
        console.print(table)
        console.print(Text(self.scope))
        if self.proxy:
            console.print(Text(self.through))
        for number, (sentence, cases) in enumerate(self.remarks.items(), 1):
            remark = Phrase("Note {number}: {sentence} ({cases})", number=number, sentence=sentence, cases=cases)
            console.print(Text(in_lines(self.said(remark))))
        for number, (sentence, cases) in enumerate(self.to_fix.values(), 1):
            to_fix = Phrase("To fix {number}: {sentence} ({cases})", number=number, sentence=sentence, cases=cases)
            console.print(Text(in_lines(self.said(to_fix))))
        if self.without_kit:
            console.print(Text(self.without_kit))
        console.print(Text(self.summary, style=_STYLES[CaseVerdict.PASSED if self.conforms else CaseVerdict.FAILED]))

    def junit(self) -> bytes:
        """The results as JUnit XML. A note is a success with an output."""
        details = {
            "name": self.said(Phrase("Seller protocol {protocol}", protocol=self.protocol.upper())),
            "tests": str(len(self.results)),
            "failures": str(self.counts[CaseVerdict.FAILED]),
            "errors": "0",
            "skipped": "0",
            "time": f"{sum(result.seconds for result in self.results):.3f}",
        }
        suites = ET.Element("testsuites", details)
        suite = ET.SubElement(suites, "testsuite", {**details, "timestamp": f"{self.began:%Y-%m-%dT%H:%M:%S}"})
        properties = ET.SubElement(suite, "properties")
        ET.SubElement(properties, "property", {"name": "seed", "value": self.seed})
        if self.proxy:
            ET.SubElement(properties, "property", {"name": "proxy", "value": self.proxy})
        for result in self.results:
            case = result.case
            row = ET.SubElement(
                suite,
                "testcase",
                {
                    "classname": f"{self.protocol}.{case.interface}.{case.operation}",
                    "name": f"{case.name}: {self.said(case.title)}",
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
            case CaseVerdict.NOTED:
                ET.SubElement(row, "system-out").text = why
            case CaseVerdict.PASSED:
                pass

    def exchanges(self, result: Result) -> list[tuple[str, str, str]]:
        """For each call of a result: what was sent, what was signed, what was received."""
        return [
            (self.masked(shown_call(call)), self.masked(call.string_to_sign), self.masked(shown_answer(answer)))
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
        pages.filters |= {"labelled": labelled, "marked": _marked}
        return pages.get_template("conformance/report.html").render(
            report=replace(self, marks=True), _=self.translate, verdicts=list(CaseVerdict)
        )
