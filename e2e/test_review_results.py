"""The traces of two whole test runs are compared test by test."""

import io
import shutil
from pathlib import Path
from threading import Timer

import pytest
from click.testing import CliRunner
from rich.console import Console

from e2e.cli import main
from e2e.review.progress import showing_progress
from fixtures.older_traces import lines
from fixtures.traces import OPTIONS, PAID, Lines, action, asked, seen, visit_shop_and_pay, write
from mock_sites.review.results import find_traces
from mock_sites.review.review import Reviewed, review


def other_visit() -> tuple[Lines, Lines]:
    """A test that has nothing in common with the visit of the shop."""
    url = "http://localhost:8123/help"
    shown = [OPTIONS, *action(1, 10, "goto", params={"url": url}), seen(1, 19, "after", url, ["HTML", {}, "Help"])]
    return shown, [asked(11, "GET", url)]


def runs(tmp_path: Path, *names: str) -> tuple[Path, Path]:
    """Two runs with the same tests."""
    for run in ("earlier", "later"):
        for name in names:
            write(tmp_path / run / name / "trace.zip", *visit_shop_and_pay())
    return tmp_path / "earlier", tmp_path / "later"


def findings(reviewed: Reviewed) -> list[tuple[str, str, list[str]]]:
    assert reviewed.faults == []
    return [(found.kind, found.what, [place.journey for place in found.places]) for found in reviewed.findings]


def test_tests_are_found_at_any_depth_and_the_last_attempt_counts(tmp_path: Path) -> None:
    for name in ("a-chromium", "a-chromium-retry1", "a-chromium-retry2", "shop/b-webkit", "shop/c"):
        write(tmp_path / name / "trace.zip", *other_visit())
    write(tmp_path / "shop" / "c" / "trace-1.zip", *other_visit())
    unpacked = tmp_path / "d"
    unpacked.mkdir()
    for name, written in zip(("trace.trace", "trace.network"), other_visit(), strict=True):
        (unpacked / name).write_bytes(lines(written))
    (tmp_path / "e").mkdir()

    found = find_traces(tmp_path)

    assert {test: trace.relative_to(tmp_path).as_posix() for test, trace in found.items()} == {
        "a-chromium": "a-chromium-retry2/trace.zip",
        "d": "d",
        "shop/b-webkit": "shop/b-webkit/trace.zip",
        "shop/c": "shop/c/trace.zip",
        "shop/c/trace-1": "shop/c/trace-1.zip",
    }


def test_attempts_are_counted_and_not_sorted_as_words(tmp_path: Path) -> None:
    for number in (2, 10, 9):
        write(tmp_path / f"a-retry{number}" / "trace.zip", *other_visit())

    assert [trace.parent.name for trace in find_traces(tmp_path).values()] == ["a-retry10"]


def test_tests_that_are_new_gone_or_renamed_are_differences(tmp_path: Path) -> None:
    earlier, later = runs(tmp_path, "stays", "old-name", "gone")
    (later / "old-name").rename(later / "new-name")
    shutil.rmtree(later / "gone")
    write(earlier / "gone" / "trace.zip", *other_visit())
    shown, network = other_visit()
    added = [
        *shown,
        *action(2, 30, "click", params={"selector": "a"}),
        *action(3, 50, "fill", params={"selector": "b"}),
    ]
    write(later / "added" / "trace.zip", added, network)

    reviewed = review(later, earlier)

    assert findings(reviewed) == [
        ("flow", "test “old-name” is now “new-name”", ["new-name"]),
        ("flow", "test “gone” is gone", ["gone"]),
        ("flow", "test “added” is new", ["added"]),
    ]
    assert reviewed.exit_code == 1
    assert [(pair.after.name, pair.alone) for pair in reviewed.compared] == [
        ("stays", False),
        ("new-name", False),
        ("gone", True),
        ("added", True),
    ]


def test_a_renamed_test_is_compared(tmp_path: Path) -> None:
    earlier, later = runs(tmp_path, "old-name")
    (later / "old-name").rename(later / "new-name")
    shown, network = visit_shop_and_pay()
    network[1]["snapshot"]["response"]["status"] = 500
    write(later / "new-name" / "trace.zip", shown, network)

    assert sorted(findings(review(later, earlier))) == [
        ("flow", "test “old-name” is now “new-name”", ["new-name"]),
        ("requests", f"POST {PAID} is answered with 500 instead of 200", ["new-name"]),
    ]


def test_of_tests_with_equal_steps_those_with_the_most_similar_names_are_the_same(tmp_path: Path) -> None:
    earlier, later = runs(tmp_path, "buys-a-plan", "sees-the-start")
    (later / "buys-a-plan").rename(later / "buys-plans")
    (later / "sees-the-start").rename(later / "sees-a-start")

    assert sorted(what for _kind, what, _places in findings(review(later, earlier))) == [
        "test “buys-a-plan” is now “buys-plans”",
        "test “sees-the-start” is now “sees-a-start”",
    ]


def test_what_cannot_be_read_is_refused_in_a_line_and_the_others_are_compared(tmp_path: Path) -> None:
    earlier, later = runs(tmp_path, "bad", "good", "worse")
    (later / "bad" / "trace.zip").write_bytes(b"no zip")
    shutil.rmtree(earlier / "worse")
    (later / "worse" / "trace.zip").write_bytes(b"no zip")

    reviewed = review(later, earlier)

    assert [pair.after.name for pair in reviewed.compared] == ["good"]
    assert [fault.partition(": ")[2] for fault in reviewed.faults] == ["truncated, or no zip"] * 2
    assert reviewed.exit_code == 2


def test_tests_of_one_run_only_are_in_the_report_and_are_not_counted_as_compared(tmp_path: Path) -> None:
    earlier, later = runs(tmp_path, "stays")
    write(later / "added" / "trace.zip", *other_visit())
    report = tmp_path / "report.html"

    result = CliRunner().invoke(main, ["review", str(earlier), str(later), "--html", str(report)])

    assert "Compared: 1, differences: 1," in result.stdout
    assert "test “added” is new" in report.read_text(encoding="utf-8")


class TimeIsUp(Timer):
    """A timer that does not wait."""

    def start(self) -> None:
        """Run its function in this thread."""
        self.function()

    def join(self, timeout: float | None = None) -> None:
        """There is no thread to wait for."""


@pytest.mark.parametrize(
    ("timer", "terminal", "shown"), [(TimeIsUp, True, True), (TimeIsUp, False, False), (Timer, True, False)]
)
def test_progress_is_shown_on_a_terminal_when_two_seconds_are_over(
    timer: type[Timer], *, terminal: bool, shown: bool
) -> None:
    written = io.StringIO()
    with showing_progress(Console(file=written, width=80, force_terminal=terminal), timer) as progress:
        progress(2, 5, "test-buying")

    assert ("test-buying" in written.getvalue(), "2/5" in written.getvalue()) == (shown, shown)
    assert bool(written.getvalue()) == shown
