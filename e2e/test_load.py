"""``journeys bench --load``, at its smallest, and its rules."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from e2e.bench.command import bench
from e2e.bench.load import run as load_run
from e2e.bench.load.plan import Plan
from e2e.bench.load.results import LoadResults, Run, StepResult, counted, percentile, summarized


def step(users: int, requests: int, p99: float = 30) -> StepResult:
    return StepResult(
        users=users,
        requests=requests,
        errors=0,
        seconds=10,
        p50=10,
        p95=20,
        p99=p99,
        processor=5,
        generator=0.2,
        load_average=1,
    )


RUN = Run("many", [step(1, 500), step(10, 1000), step(100, 900, p99=1500)], {"GET auth.huaweicloud/: 503": 2})


def test_a_percentile_is_a_time_that_was_measured() -> None:
    times = [float(number) for number in range(1, 101)]

    assert [percentile(times, percent) for percent in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([7], 99) == 7
    assert percentile([], 99) == 0


def test_the_queue_is_as_long_as_its_users_take_at_the_best_throughput() -> None:
    assert RUN.service_time == 10
    assert [RUN.queue_time(each) for each in RUN.steps] == [10, 100, 1000]


def test_the_throughput_that_is_kept_is_the_lowest_after_the_best_step() -> None:
    assert RUN.kept_throughput == 0.9


def test_a_step_is_summarized_by_request() -> None:
    result = summarized([3, 1, 2], users=4, errors=1, seconds=2.0, server=0.03, generator=0.5, load_average=1.234)

    assert (result.requests, result.errors, result.p50, result.p99) == (3, 1, 2, 3)
    assert (result.processor, result.generator, result.load_average, result.throughput) == (10, 0.25, 1.2, 1.5)


def test_errors_are_counted_with_the_most_frequent_first() -> None:
    assert counted(["a", "b", "b"]) == [("b", 2), ("a", 1)]


def test_a_step_is_measured_after_the_queue_has_grown_for_as_long_as_its_users_need() -> None:
    plan = Plan("one", [1, 20, 200], seconds=10)

    assert [(plan.seconds_of(step), plan.settling(step), plan.measured(step)) for step in range(3)] == [
        (10, 5, 5),
        (10, 5, 5),
        (100, 50, 50),
    ]
    assert plan.total == 120


def test_users_arrive_one_after_the_other() -> None:
    plan = Plan("many", [1, 21], seconds=10)

    assert [plan.spawn_rate(step) for step in range(2)] == [1, pytest.approx(25 / 5.25)]


def test_results_are_a_table_json_and_curves() -> None:
    results = LoadResults(2, "3.11.7", [RUN, Run("one", RUN.steps)])

    assert "| 100 | 90 | 10 | 20 | 1500 | 1.50 | 0 of 900 | 5.0 | 1.0 |" in results.as_markdown()
    assert "- 2 times: GET auth.huaweicloud/: 503" in results.as_markdown()
    assert Run.from_json(json.dumps(json.loads(results.as_json())["runs"][0])) == RUN
    charts = ET.fromstring(results.as_svg()).findall("{*}svg")  # noqa: S314 - made here
    assert [len(chart.findall("{*}polyline")) for chart in charts] == [4, 4, 2]


def test_without_locust_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_run, "find_spec", {"lxml": find_spec("json")}.get)

    result = CliRunner().invoke(bench, ["--load"], obj={})

    assert "(locust)" in result.output
    assert "--group load" in result.output
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--load", "--peers"], "Choose one"),
        (["--users", "3"], "Only --load"),
        (["--output", "x"], "Only --peers, --load and"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], reason: str) -> None:
    result = CliRunner().invoke(bench, options)

    assert reason in result.output
    assert result.exit_code == 2


def test_what_a_failed_program_printed_is_shown_above_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_run, "find_spec", bool)
    monkeypatch.setattr(load_run, "SERVE", (sys.executable, "-c", "raise SystemExit('no\\nserver')"))

    result = CliRunner().invoke(bench, ["--load"])

    assert result.output.endswith("no\nserver\nbench: The server does not start, as it says above.\n")
    assert result.exit_code == 2


@pytest.mark.skipif(
    not (find_spec("locust") and find_spec("lxml")),
    reason="the packages of the group load are not installed: .venv/bin/uv pip install --group load",
)
def test_a_few_users_replay_the_journeys_without_an_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        bench, ["--load", "--users", "1", "--users", "3", "--seconds", "2", "--output", str(tmp_path)]
    )

    assert result.exit_code == 0, result.output
    runs = [Run.from_json(json.dumps(run)) for run in json.loads((tmp_path / "load.json").read_text())["runs"]]
    assert [run.worlds for run in runs] == ["many", "one"]
    for run in runs:
        assert run.errors == {}
        assert [each.users for each in run.steps] == [1, 3]
        assert all(each.requests for each in run.steps)
    assert {each.name for each in tmp_path.iterdir()} == {"load.json", "load.md", "load.svg"}
