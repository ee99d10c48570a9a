"""The trees of pages in traces: what is in frames, and any text."""

from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from e2e.support.visits import HOME, NEWS, go, page, read
from fixtures.traces import seen
from mock_sites.review.traces.trees import Written, as_yaml

ADS: Final = "http://localhost:8123/ads"
ODD: Final = "".join(map(chr, range(32, 127))) + "\t\n\\u00a0\u2028\ufeff\x1b中é😀"


def test_the_content_of_frames_is_in_the_tree_at_any_depth(tmp_path: Path) -> None:
    def frame(name: str, title: str) -> Any:
        return ["IFRAME", {"src": f"/snapshot/{name}" if name else "", "title": title}]

    shown, network = go(1, 10, HOME, page(["H1", {}, "Home"], frame("outer", "one"), ["P", {}, "End"]))
    # The inner frame is not named yet when the outer one is seen.
    inside = [
        seen(1, 19, "after", NEWS, page(["P", {}, "Outer"], frame("", "two")), frame="outer"),
        seen(1, 19, "after", ADS, page(["P", {}, "Inner"]), frame="inner"),
    ]

    [step] = read(tmp_path / "any.zip", [*shown, *inside], network)

    assert step.tree.splitlines() == [
        '- heading "Home" [level=1]',
        '- iframe "one":',
        "  - paragraph: Outer",
        '  - iframe "two":',
        "    - paragraph: Inner",
        "- paragraph: End",
    ]


def test_any_text_is_written_into_a_tree_and_read_again() -> None:
    random = Random(1)  # noqa: S311, no secret
    for length in (1, 2, 3, 4, 1_200):
        for _time in range(300 if length < 5 else 3):
            key, text = ("".join(random.choices(ODD, k=length)) for _part in range(2))
            nodes: list[Written] = [{key: text}, text or "-", {key: [text, {key: text}]}]

            assert yaml.load(as_yaml(nodes), Loader=yaml.CBaseLoader) == nodes  # noqa: S506, it makes texts only
