"""``pytest --review`` and ``--approve``: what each test shows is compared with its baseline, or becomes it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from mock_sites.process.temporary import temporary_folder
from mock_sites.pytest_plugin import PLAYWRIGHT
from mock_sites.pytest_plugin.causes import causes_of_several, differences
from mock_sites.review.approving.baseline import approve
from mock_sites.review.errors import ReviewError
from mock_sites.review.folder_names import folder_name
from mock_sites.review.report import write_report
from mock_sites.review.review import Reviewed, review
from mock_sites.review.runs import BASELINE, find_recordings

APPROVED: Final = "approved baseline"
"""The property of a test with the path of a baseline that it wrote."""
DIFFERS: Final = "differs"
"""The property of a test with a difference that failed it, as JSON."""
COMPARED: Final = "compared"
"""The property of a test that showed something, which was compared with a baseline or approved."""


def refuse_options(config: pytest.Config) -> None:
    """Refuse options that do not go together.

    Raises:
        pytest.UsageError: baselines would be written in a CI run, or nothing would be recorded.
    """
    if config.getoption("--approve") and os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise pytest.UsageError(
            "--approve writes baselines, and this is a CI run (CI is set). Approve on your machine and commit them."
        )
    if config.getoption("--approve") and config.getoption("--review"):
        raise pytest.UsageError("--approve makes the baselines that --review compares with: use one of them")
    if not config.pluginmanager.hasplugin(PLAYWRIGHT):
        raise pytest.UsageError("--review and --approve need pytest-playwright, which this run leaves out")
    if config.getoption("--tracing") != "off":
        raise pytest.UsageError("--review and --approve make traces themselves; leave out --tracing")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Trace the browsers, if the project records nothing itself."""
    config = session.config
    if not config.hook.pytest_recordings_of_test.get_hookimpls():
        from mock_sites.pytest_plugin.traces import Traces  # noqa: PLC0415

        config.pluginmanager.register(Traces(Path(config.option.output)), "mock_sites_traces")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Compare what a test recorded, or approve it. A test that failed before is left as it is."""
    result = yield
    recorded: Path | None = item.config.hook.pytest_recordings_of_test(item=item)
    if recorded:
        item.user_properties.append((COMPARED, str(recorded)))
        refusal = ""
        try:
            _approve(item, recorded) if item.config.getoption("--approve") else _compare(item, recorded)
        except ReviewError as error:
            refusal = str(error)
        if refusal:  # Not above, as pytest would print what it comes from as well.
            pytest.fail(refusal, pytrace=False)
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many tests showed something, and which baselines were written."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if isinstance(report, pytest.TestReport) and report.when == "call"
    ]
    properties = [(report.nodeid, *entry) for report in reports for entry in report.user_properties]
    compared = {test for test, name, _value in properties if name == COMPARED}
    written = sorted(str(path) for _test, name, path in properties if name == APPROVED)
    terminalreporter.section("reviews")
    terminalreporter.line(
        f"tests with a recording: {len(compared)}; without one, of which nothing is compared: "
        f"{len(reports) - len(compared)}"
    )
    if written:
        terminalreporter.line("baselines written:")
    for path in written:
        terminalreporter.line(path)
    differing = [(test, str(value)) for test, name, value in properties if name == DIFFERS]
    for line in causes_of_several(differing):
        terminalreporter.line(line)
    for name in _unused(terminalreporter):
        terminalreporter.line(f"baselines of a test that is not there: {name}")


def _unused(terminalreporter: pytest.TerminalReporter) -> list[str]:
    """The folders of baselines of tests that a run of all tests did not have."""
    config = terminalreporter.config
    if config.args_source is pytest.Config.ArgsSource.ARGS or config.option.keyword or config.option.markexpr:
        return []
    reports = [report for found in terminalreporter.stats.values() for report in found]
    there = {folder_name(report.nodeid) for report in reports if isinstance(report, pytest.TestReport)}
    return sorted(place.name for place in _all_baselines(config).glob("*/") if place.name not in there)


def _all_baselines(config: pytest.Config) -> Path:
    return config.rootpath / (config.getoption("--baselines") or config.getini("mock_baselines"))


def _baselines(item: pytest.Item) -> Path:
    """The folder of a test's baselines."""
    return _all_baselines(item.config) / folder_name(item.nodeid)


def _approve(item: pytest.Item, recorded: Path) -> None:
    """Write the baselines of a test, and then remove those of what it does no more. Those that are right stay."""
    baselines = _baselines(item)
    recordings = find_recordings(recorded)
    known = all((baselines / f"{each.name}{BASELINE}").exists() for each in recordings)
    if known and not review(recorded, baselines).exit_code:
        return
    try:
        written = approve([each.read() for each in recordings], baselines)
        for file in {*baselines.glob(f"*{BASELINE}")} - {*written}:
            file.unlink()
    except OSError as error:
        message = f"{baselines} cannot be written: {error.strerror}. Name another folder with --baselines"
        raise ReviewError(message) from error
    item.user_properties += [(APPROVED, str(file)) for file in written]


def _compare(item: pytest.Item, recorded: Path) -> None:
    """Fail the test if a recording differs from its baseline, or has none."""
    baselines = _baselines(item)
    names = [each.name for each in find_recordings(recorded)]
    new = [f"{name}{BASELINE}" for name in names if not (baselines / f"{name}{BASELINE}").exists()]
    if new:
        pytest.fail(f"There is no {', '.join(new)} in {baselines}. `{_approval(item)}` makes it.", pytrace=False)
    with temporary_folder() as scratch:
        reviewed = review(recorded, baselines, scratch)
        if reviewed.exit_code:
            item.user_properties += [(DIFFERS, told) for told in differences(reviewed)]
            report = recorded / "review.html"
            write_report(reviewed, report)
            pytest.fail(_told(reviewed, report, _approval(item)), pytrace=False)


def _approval(item: pytest.Item) -> str:
    """The command that makes what a test shows now its baseline."""
    return f"pytest --approve {shlex.quote(item.nodeid)}"


def _told(reviewed: Reviewed, report: Path, approval: str) -> str:
    """What differs, and what to do."""
    lines = ["The recording differs from the baseline:"]
    for finding in reviewed.findings:
        if not finding.advice:
            steps = ", ".join(f"{place.step.number}. {place.step.title.en}" for place in finding.places)
            lines.append(f"- {finding.kind}: {finding.what} ({steps})")
    lines += [f"- not compared: {fault}" for fault in reviewed.faults]
    return "\n".join([*lines, f"Report: {report}", f"If this is as it should be: {approval}"])
