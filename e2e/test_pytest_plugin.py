"""The plugin that every installation brings: its fixtures and options, and that it changes nobody else's tests."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from fixtures.inner_runs import run_pytest
from mock_sites import Server


def suite(folder: Path, tests: str, configuration: str = "") -> Path:
    """A suite of somebody else in ``folder``."""
    (folder / "pytest.ini").write_text(f"[pytest]\n{configuration}\n", encoding="utf-8")
    (folder / "test_theirs.py").write_text(dedent(tests), encoding="utf-8")
    return folder


def test_a_run_that_uses_none_of_its_fixtures_is_left_alone(tmp_path: Path) -> None:
    theirs = suite(
        tmp_path,
        """
        import sys

        def test_their_browser_is_theirs(browser_type_launch_args):
            assert browser_type_launch_args == {}
            assert not [name for name in sys.modules if name.startswith(("mock_sites.", "flask", "sqlalchemy"))
                        and not name.startswith(("mock_sites.pytest_plugin", "mock_sites.process"))]
        """,
    )

    code, said = run_pytest(theirs)

    assert code == 0, said


def test_a_world_with_its_people_and_mails_comes_from_the_seed_of_the_command_line(tmp_path: Path) -> None:
    theirs = suite(
        tmp_path,
        """
        import pytest

        worlds = []

        @pytest.mark.parametrize("time", [1, 2])
        def test_each_test_has_a_world(time, mock_world, mock_worlds, mock_people, mock_mailbox, mock_server):
            worlds.append(mock_world.name)
            assert mock_world.seed == "7"
            assert mock_world.clock.frozen
            assert mock_mailbox.mails() == []
            assert mock_people["verified-buyer"].password
            assert [world.name for world in mock_worlds.all()] == worlds[-1:]
            assert mock_server.url.startswith("http://localhost:")
            assert mock_world.local("https://boss.guance.com").startswith("http://boss.guance.com.w")
            assert mock_world.suffix.partition(":")[0].endswith(".market.test")

        def test_the_browser_is_one_of_this_machine(browser_type_launch_args):
            assert browser_type_launch_args["executable_path"].exists()
            assert any(word.startswith("--host-resolver-rules=MAP *.market.test 127.0.0.1, MAP * ~NOTFOUND")
                       for word in browser_type_launch_args["args"])
        """,
        "mock_seed = 6\nmock_domain = market.test",
    )

    code, said = run_pytest(theirs, "--mock-seed", "7", "-p", "no:randomly")

    assert code == 0, said


def test_the_configuration_names_a_running_server_and_leaves_the_browser_alone(tmp_path: Path, server: Server) -> None:
    theirs = suite(
        tmp_path,
        f"""
        def test_the_world_is_there(mock_world, mock_server, browser_type_launch_args):
            assert mock_world.seed == "6"
            assert mock_server.url == mock_world.url.partition("?")[0] == {server.url!r}
            assert browser_type_launch_args == {{}}

        def test_a_test_may_drop_its_world(mock_world):
            mock_world.drop()
        """,
        f"mock_seed = 6\nmock_server = {server.url}\nmock_browser = never",
    )
    before = server.worlds.names()

    code, said = run_pytest(theirs)

    assert code == 0, said
    assert server.worlds.names() == before


@pytest.mark.parametrize(
    ("options", "configuration", "words"),
    [
        (
            ["--mock-server", "http://localhost:9/?world=w1"],
            "",
            "No mock sites answer at http://localhost:9: .*mock-sites serve",
        ),
        (["--mock-server", "https://localhost:9"], "", "'https://localhost:9' is no address of mock sites. Use "),
        (["--mock-domain", "10.0.0.1"], "", "'10.0.0.1' is no domain"),
        ([], "mock_browser = sometimes", "mock_browser is 'sometimes'. Use one of auto, always, never."),
        (
            ["-p", "no:playwright"],
            "mock_browser = never ever",
            "mock_browser is 'never ever'. Use one of auto, always, ",
        ),
    ],
)
def test_what_cannot_be_done_is_reported_in_a_sentence(
    tmp_path: Path, options: list[str], configuration: str, words: str
) -> None:
    theirs = suite(tmp_path, "def test_anything(mock_world): pass", configuration)

    code, said = run_pytest(theirs, *options)

    assert code != 0
    assert re.search(words, said)
    assert "Traceback" not in said


def test_a_fixture_that_is_asked_for_too_late_is_told(tmp_path: Path) -> None:
    theirs = suite(
        tmp_path,
        """
        def test_the_browser_was_chosen_before(browser_type_launch_args, request):
            assert browser_type_launch_args == {}
            assert request.getfixturevalue("mock_world").clock.frozen
        """,
    )

    code, said = run_pytest(theirs)
    assert code == 0, said
    assert "Set mock_browser = always in the configuration of pytest." in said


def test_a_fixture_that_is_asked_for_in_time_chooses_the_browser(tmp_path: Path) -> None:
    theirs = suite(
        tmp_path,
        """
        import pytest

        @pytest.fixture(scope="session", autouse=True)
        def theirs(request):
            return request.getfixturevalue("mock_server")

        def test_the_browser_is_one_of_this_machine(theirs, browser_type_launch_args):
            assert browser_type_launch_args["executable_path"].exists()
        """,
    )

    code, said = run_pytest(theirs, "-W", "error::pytest.PytestWarning")

    assert code == 0, said
