"""The README agrees with the programs."""

import re
from pathlib import Path

from mock_sites.environment.doctor import TOPICS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_the_troubleshooting_table_is_the_doctors() -> None:
    for topic in TOPICS:
        assert f"| {topic.symptom} | {topic.advice} |" in README


def test_the_targets_of_the_makefile_are_documented() -> None:
    targets = re.findall("^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    pages = "".join([README, *(page.read_text() for page in (ROOT / "docs").glob("*.md"))])

    assert [target for target in targets if f"make {target}" not in pages] == []
