"""What a review is asked to compare: found wherever it is, and refused in a sentence where it cannot be compared."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from e2e.review.command import BASELINES
from e2e.support.sample import make_sample, write_sample
from fixtures.traces import PAID, visit_shop_and_pay, write
from mock_sites import Problem
from mock_sites.review.report import write_report
from mock_sites.review.review import review

NAME: Final = "purchase-en"
SECRET: Final = "Zq7Rk2Vw9Xn4Tb1Mc6Ld"
TESTS: Final = "e2e-test-buying-py-test-buys", "e2e-test-buying-py-test-buys-again"


def journeys(*words: str | Path, answers: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answers, env={"COLUMNS": "200"})


def record_tests(run: Path, *, title: str = "Purchased Services") -> Path:
    """What ``pytest --record`` writes, of two tests that play one journey."""
    steps = make_sample()
    steps[3].elements[1].name = title
    for test in TESTS:
        write_sample(make_sample() if test == TESTS[0] else steps, run / test / NAME)
    return run


def test_recordings_of_tests_are_approved_and_reviewed_each_with_its_own_baseline(tmp_path: Path) -> None:
    before, after = record_tests(tmp_path / "before"), record_tests(tmp_path / "after", title="Services")

    assert journeys("approve", before, "--output", tmp_path / "baselines").exit_code == 0
    same = journeys("review", before, "--against", tmp_path / "baselines", "--format", "json")
    against = [tmp_path / "baselines", tmp_path / "baselines" / "tests", before]
    other = [json.loads(journeys("review", after, "--against", place, "--format", "json").stdout) for place in against]
    single = json.loads(
        journeys("review", after / TESTS[1], "--against", tmp_path / "baselines", "--format", "json").stdout
    )

    written = {file.relative_to(tmp_path / "baselines").as_posix() for file in (tmp_path / "baselines").rglob("*.yaml")}
    assert written == {f"tests/{test}/{NAME}.yaml" for test in TESTS}
    assert (same.exit_code, json.loads(same.stdout)["compared"]) == (0, [f"{test}/{NAME}" for test in TESTS])
    for result in other:
        assert [[place["journey"] for place in found["places"]] for found in result["findings"]] == [
            [f"{TESTS[1]}/{NAME}"]
        ]
    assert [found["what"] for found in single["findings"]] == [found["what"] for found in other[0]["findings"]]


def test_recordings_beside_folders_of_tests_and_folders_being_written_are_found_as_they_should(tmp_path: Path) -> None:
    write_sample(make_sample(), record_tests(tmp_path) / NAME)
    write_sample(make_sample(), tmp_path / ".purchase-zh-x" / "purchase-zh")

    assert journeys("approve", tmp_path, "--output", tmp_path / "made").exit_code == 0

    written = sorted(file.relative_to(tmp_path / "made").as_posix() for file in (tmp_path / "made").rglob("*.yaml"))
    assert written == [f"{NAME}.yaml", *sorted(f"tests/{test}/{NAME}.yaml" for test in TESTS)]


def test_traces_of_tests_are_approved_and_reviewed_with_their_baselines(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    now, _network = visit_shop_and_pay(["HTML", {}, ["BODY", {}, ["H1", {}, "Store"], ["BUTTON", {}, "Buy"]]])
    network = json.loads(json.dumps(network).replace(PAID, f"{PAID}?api_key={SECRET}"))
    for test in ("pay", "group/look", "leave"):
        write(tmp_path / "before" / test / "trace.zip", shown, network)
    for test, pages in {"pay": now, "group/look": shown, "enter": shown}.items():
        write(tmp_path / "after" / test / "trace.zip", pages, network)
    baselines = tmp_path / "baselines"

    assert journeys("approve", tmp_path / "before", "--output", baselines).exit_code == 0
    same = journeys("review", baselines, tmp_path / "before")
    other = journeys("review", baselines, tmp_path / "after", "--format", "json")
    alone = journeys("review", baselines / "pay.yaml", tmp_path / "after" / "group" / "look" / "trace.zip")

    written = {file.relative_to(baselines).as_posix(): file.read_text("utf-8") for file in baselines.rglob("*.yaml")}
    assert sorted(written) == ["group/look.yaml", "leave.yaml", "pay.yaml"]
    assert not [name for name, text in written.items() if SECRET in text or "«token-1»" not in text]
    assert (same.exit_code, alone.exit_code) == (0, 0), same.output + alone.output
    result = json.loads(other.stdout)
    assert (other.exit_code, result["faults"]) == (
        2,
        [f"enter: has no baseline in {baselines}; `journeys approve` makes one"],
    )
    assert {found["what"] for found in result["findings"]} == {"heading “Shop” is now “Store”", "test “leave” is gone"}


def make_places(folder: Path) -> None:
    """One of each sort of thing that people name."""
    write(folder / "a.zip", *visit_shop_and_pay())
    write(folder / "tests" / "one" / "trace.zip", *visit_shop_and_pay())
    write_sample(make_sample(), folder / "recordings" / NAME)
    (folder / "empty").mkdir()
    (folder / "notes.txt").write_text("notes", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("review a.zip", "a.zip: has no journeys. Name what it is compared with:"),
        ("review tests", "tests: has no journeys. Name what it is compared with:"),
        (f"review {BASELINES} a.zip", f"a: has no baseline in {BASELINES}; `journeys approve` makes one"),
        ("review a.zip recordings", "recordings: has recordings, and a.zip has a trace."),
        ("review tests recordings", "recordings: has recordings, and tests has traces of tests."),
        ("review a.zip tests", "tests: has traces of tests, and a.zip has a trace."),
        ("review recordings a.zip", "a.zip: has a trace, and recordings has recordings."),
        ("review notes.txt a.zip", "notes.txt: is neither a trace, which is a .zip, nor"),
        ("review a.zip notes.txt", "notes.txt: is neither a trace, which is a .zip, nor"),
        ("review notes.txt recordings", "notes.txt: is neither a trace, which is a .zip, nor"),
        ("review empty a.zip", "empty: no recording and no trace is there."),
        ("review empty tests", "empty: no recording and no trace is there."),
        ("review empty", "`journeys record` and `pytest --record` write recordings to output/recordings"),
        ("review gone a.zip", "gone: is not there"),
        ("review gone recordings", "has no baseline in gone; `journeys approve` makes one"),
        ("review a.zip gone", "gone: is not there"),
        ("review gone.zip a.zip", "gone.zip: is not there"),
        ("review a.zip gone.zip", "gone.zip: is not there"),
        ("approve a.zip", "a.zip: has a trace. Name the folder for its baselines: --output FOLDER"),
        ("approve tests", "tests: has traces of tests. Name the folder for its baselines: --output FOLDER"),
        ("approve notes.txt", "notes.txt: is neither a trace, which is a .zip, nor"),
        ("approve gone", "gone: is not there"),
        (f"approve {BASELINES}", f"{BASELINES}: has baselines. Name the recordings"),
        ("approve a.zip --decisions d.json", "a.zip: decisions are on recordings of journeys."),
        ("review a.zip a.zip --decide d.json", "--decide is for recordings:"),
        ("review tests tests --decide d.json", "--decide is for recordings:"),
    ],
)
def test_what_cannot_be_compared_or_approved_is_named_with_what_it_is(
    words: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_places(tmp_path)
    monkeypatch.chdir(tmp_path)

    result = journeys(*words.split())

    assert result.exit_code == 2
    assert reason in result.stdout + result.stderr
    assert not (tmp_path / "d.json").exists()


def test_only_what_a_baseline_can_have_is_decided_on(tmp_path: Path) -> None:
    """In the report and on the terminal: traces have no baseline, and baselines have no layout."""
    shown, network = visit_shop_and_pay()
    one = write(tmp_path / "one.zip", shown, network)
    other = write(tmp_path / "two.zip", shown, json.loads(json.dumps(network).replace("200", "404")))
    steps = make_sample()
    steps[1].elements[1].right = 30
    before, moved = write_sample(make_sample(), tmp_path / "before"), write_sample(steps, tmp_path / "moved")
    steps[3].elements.pop(1)
    lost = write_sample(steps, tmp_path / "lost")

    asked = journeys("review", lost, "--against", before, "--decide", tmp_path / "d.json", answers="a\n")

    assert "1 of 1, structure" in asked.stdout
    for old, new, count in ((one, other, 0), (before, moved, 0), (before, lost, 1)):
        reviewed = review(new, old)
        write_report(reviewed, tmp_path / "report.html")
        report = (tmp_path / "report.html").read_text("utf-8")
        assert reviewed.exit_code == 1
        assert report.count('class="decide"') == count
        words = report.partition("<body>")[2].partition("<script")[0]
        assert bool(re.search("Save decisions|decided|Accept", words)) is (count > 0)


def test_written_files_are_named(tmp_path: Path) -> None:
    make_places(tmp_path)
    written = [tmp_path / "r.html", tmp_path / "rules.toml"]

    report = journeys("review", tmp_path / "a.zip", tmp_path / "a.zip", "--html", written[0])
    rules = journeys("review", tmp_path / "a.zip", tmp_path / "a.zip", "--learn", "--output", written[1])

    assert [report.stderr, rules.stderr] == [f"Report: {written[0]}\n", f"Rules: {written[1]}\n"]


def test_a_catalogue_without_any_change_of_that_name_is_refused_with_the_names_there_are() -> None:
    result = journeys("catalogue", "--site", "oauth", "--change", "no such change")

    assert result.exit_code == 2
    assert "No change has the words 'no such change' in its name. The changes are: a scope more; " in result.stderr


def test_nothing_is_asked_where_the_input_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = write_sample(make_sample(), tmp_path / NAME)
    monkeypatch.setattr("sys.stdin", None)

    with pytest.raises(Problem, match="the input is closed"):
        main.main(["review", str(run), "--against", str(run), "--decide", "d.json"], standalone_mode=False)


def test_a_test_in_which_no_page_is_visited_is_compared_as_such(tmp_path: Path) -> None:
    """It was skipped, or only sends requests."""
    shown, network = visit_shop_and_pay()
    for run, pages in (("before", ("pay", "look")), ("after", ("pay", "enter"))):
        for test in ("pay", "look", "enter", "ask"):
            write(tmp_path / run / test / "trace.zip", shown if test in pages else shown[:1], network)

    result = journeys("review", tmp_path / "before", tmp_path / "after", "--format", "json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["faults"]) == (1, [])
    assert [finding["what"] for finding in found["findings"]] == [
        "test “enter” visited no page before",
        "test “look” no longer visits a page",
    ]
    assert journeys("review", tmp_path / "after", tmp_path / "after").exit_code == 0
    assert journeys("approve", tmp_path / "after", "--output", tmp_path / "made").exit_code == 0
    same = journeys("review", tmp_path / "made", tmp_path / "after")
    other = journeys("review", tmp_path / "made", tmp_path / "before")
    assert (same.exit_code, other.exit_code) == (0, 2)
    assert f"{tmp_path}/before/enter/trace.zip: no page was visited" in re.sub(r"\s*\n", "", other.output)
    [one] = (tmp_path / "made").rglob("*pay*.yaml")
    assert journeys("review", one, tmp_path / "after" / "ask" / "trace.zip").exit_code == 2
    nothing = journeys("approve", tmp_path / "after" / "ask" / "trace.zip", "--output", tmp_path / "none")
    assert (nothing.exit_code, "ask/trace.zip: no page was visited" in nothing.output) == (2, True)
