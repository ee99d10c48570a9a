"""The README agrees with the programs."""

from pathlib import Path

from mock_sites.environment.doctor import TOPICS

README = (Path(__file__).parents[2] / "README.md").read_text()


def test_the_troubleshooting_table_is_the_doctors() -> None:
    for topic in TOPICS:
        assert f"| {topic.symptom} | {topic.advice} |" in README
