"""The README agrees with the programs."""

from pathlib import Path

from mock_sites.environment.doctor import troubleshooting_rows

README = (Path(__file__).parents[2] / "README.md").read_text()


def test_the_troubleshooting_table_is_the_doctors() -> None:
    for symptom, advice in troubleshooting_rows():
        assert f"| {symptom} | {advice} |" in README
