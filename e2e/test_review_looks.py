"""Changes of colour, padding and pictures are findings, or only advice where pictures of equal runs may differ."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image, ImageDraw

from fixtures.traces import OPTIONS, PAID, SHOP, Lines, action, asked, seen, write
from mock_sites.review.changes import Kind
from mock_sites.review.comparing.compare import compare_steps
from mock_sites.review.comparing.style_rules import own_style, read_rules, same_value, styled_classes
from mock_sites.review.recording import RecordedStep, Title
from mock_sites.review.review import review

SHEET: Final = f"{SHOP}.css"
LOGO: Final = f"{SHOP}/logo.png"


class Page:
    """A trace of a page with styles and pictures. Its attributes are changed before it is written."""

    def __init__(self) -> None:
        self.sheet = "h1 { padding: 8px; color: #222 } @media print { .danger { color: red } } .primary { color: blue }"
        self.inline = "p { color: #333 }"
        self.button = {"class": "hook primary", "style": "color: green; left: 3px"}
        self.icon = "data:image/png;base64,AAAA"
        self.logo = "1" * 40
        self.status = 200
        self.version = "1.65.0"
        self.pictures = ["steelblue", "steelblue"]
        self.film = False

    def write(self, file: Path) -> Path:
        """Write the trace."""
        body = [
            "BODY",
            {},
            ["H1", {}, "Shop"],
            ["BUTTON", self.button, "Buy"],
            ["IMG", {"src": self.icon, "alt": "Cart"}],
        ]
        html = ["HTML", {}, ["HEAD", {}, ["STYLE", {}, self.inline]], body]
        shown: Lines = [{**OPTIONS, "playwrightVersion": self.version}, *action(1, 10, "goto", params={"url": SHOP})]
        shown += [seen(1, 19, "after", SHOP, html), *action(2, 30, "expect"), seen(2, 39, "after", SHOP, html)]
        held: dict[str, bytes] = {"resources/a.css": self.sheet.encode(), f"resources/{self.logo}.png": b"any"}
        for number, (colour, time) in enumerate(zip(self.pictures, (19, 39), strict=True), 1):
            suffix = "jpeg" if self.film else "png"
            name = f"pictures/{number}.{suffix}"
            about = {"pageId": "p1", "timestamp": time, "file": name}
            kind = {"type": "screencast-frame"} if self.film else {"type": "screenshot", "phase": "after"}
            shown.append({**about, **kind, **({} if self.film else {"callId": f"c{number}"})})
            held[name] = drawn(colour, suffix)
        network = [
            asked(11, "GET", SHOP),
            asked(12, "GET", SHEET, kind="stylesheet"),
            asked(13, "GET", LOGO, self.status, "image"),
        ]
        for exchange, name in zip(network[1:], ("a.css", f"{self.logo}.png"), strict=True):
            exchange["snapshot"]["response"]["content"] = {"_file": f"resources/{name}"}
        return write(file, shown, network, held)


def drawn(colour: str, suffix: str) -> bytes:
    """A picture with a field in that colour."""
    picture, content = Image.new("RGB", (80, 60), "white"), BytesIO()
    ImageDraw.Draw(picture).rectangle((10, 20, 29, 39), fill=colour)
    picture.save(content, suffix)
    return content.getvalue()


def found(tmp_path: Path, before: Page, after: Page) -> list[tuple[str, str, bool]]:
    """What a review tells of two pages."""
    files = [page.write(tmp_path / f"{number}.zip") for number, page in enumerate((before, after))]
    reviewed = review(files[1], files[0], tmp_path / "pictures")
    assert reviewed.faults == []
    return [(str(finding.kind), finding.what, finding.advice) for finding in reviewed.findings]


CHANGES: Final[Mapping[str, tuple[Mapping[str, Any], str]]] = {
    "padding": (
        {"sheet": "h1 { padding: 9px; color: #222 } @media print { .danger { color: red } } .primary { color: blue }"},
        f"style “h1” in {SHEET} has padding 9px instead of 8px",
    ),
    "in a block": (
        {"sheet": "h1 { padding: 8px; color: #222 } @media print { .danger { margin: 0 } } .primary { color: blue }"},
        f"style “@media print .danger” in {SHEET} no longer has color red and has margin 0 in addition",
    ),
    "another order": (
        {"sheet": ".primary { color: blue } h1 { padding: 8px; color: #222 } @media print { .danger { color: red } }"},
        f"styles in {SHEET} come in another order",
    ),
    "on the page": ({"inline": "p { color: #444 }"}, "style “p” has color #444 instead of #333"),
    "a class": (
        {"button": {"class": "hook danger", "style": "color: green"}},
        "button “Buy” has the class “danger” instead of “primary”",
    ),
    "its own style": (
        {"button": {"class": "hook primary", "style": "color: red"}},
        "button “Buy” has the style “color: red” instead of “color: green”",
    ),
    "a picture": (
        {"logo": "2" * 40},
        f"image {LOGO} has another content: SHA-1 222222222222… instead of 111111111111…",
    ),
    "a picture in its address": (
        {"icon": "data:image/png;base64,BBBB"},
        "img “Cart” has the style “picture 51d196572951” instead of “picture bde6da8e9d39”",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_style_is_one_finding_also_where_pictures_differ(name: str, tmp_path: Path) -> None:
    attributes, what = CHANGES[name]
    for pictures in (["steelblue"] * 2, ["orange"] * 2):
        changed = Page()
        vars(changed).update(attributes, pictures=pictures)

        assert found(tmp_path, Page(), changed) == [("style", what, False)]


@pytest.mark.parametrize(
    "attributes",
    [
        {"sheet": "h1{padding:8px;color:#222}/* 2 */@media print{.danger{color:red}}.primary{color:blue}"},
        {"sheet": "h1{padding:8px;color:rgb(34,34,34)}@media print{.danger{color:red}}.primary{color:blue}"},
        {"button": {"class": "other primary", "style": "color: green"}},
        {
            "button": {
                "class": "hook primary",
                "style": "color: green; left: 9px; margin-left: -2%; transform: none; width: 3px",
            }
        },
    ],
)
def test_what_changes_no_look_is_no_finding(attributes: Mapping[str, Any], tmp_path: Path) -> None:
    changed = Page()
    vars(changed).update(attributes)

    assert found(tmp_path, Page(), changed) == []


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("left: 0", "left: 0px"),
        ("background: #0076ff", "background: rgb(0, 118, 255)"),
        ("color: RED", "color: #f00"),
        ("box-shadow: rgba(0,0,0,.5) 0 0 10px", "box-shadow: rgba(0, 0, 0, 0.5) 0px 0px 10px"),
        ("transition: width 1s, opacity 150ms 150ms ease-in", "transition: width 1s, opacity 150ms ease-in 150ms"),
        ("background: linear-gradient(#fff, red)", "background: linear-gradient(rgb(255, 255, 255), rgb(255, 0, 0))"),
        ("font: 1em 'Fira Sans'", 'font: 1em "Fira Sans"'),
        ("background: url(a.png)", 'background: url("a.png")'),
    ],
)
def test_a_style_that_a_browser_writes_in_another_form_is_the_same(source: str, written: str) -> None:
    name, value = source.split(": ")

    assert same_value(value) == same_value(written.removeprefix(f"{name}: "))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0", "1px"),
        ("0", "0%"),
        ("0", "0s"),
        ("width 1s, opacity", "width, opacity 1s"),
        ("#0076ff", "#0076fe"),
        ("rgba(0, 0, 0, 0.5)", "rgba(0, 0, 0, 0.6)"),
        ("opacity 150ms 300ms", "opacity 300ms 150ms"),
        ("1px 2px", "2px 1px"),
        ("red", "currentcolor"),
        ("url(a.png)", "url(b.png)"),
        ("1px, 2px", "1px 2px"),
    ],
)
def test_another_style_is_another_one_in_any_form(before: str, after: str) -> None:
    assert same_value(before) != same_value(after)


def test_a_picture_that_is_lost_is_only_a_failed_request(tmp_path: Path) -> None:
    changed = Page()
    changed.status, changed.logo = 404, "2" * 40

    [(kind, what, _advice)] = found(tmp_path, Page(), changed)

    assert (kind, what) == ("requests", f"GET {LOGO} is answered with 404 instead of 200")


def test_pixels_are_a_finding_where_pictures_of_equal_runs_are_equal(tmp_path: Path) -> None:
    changed = Page()
    changed.pictures = ["orange"] * 2

    assert found(tmp_path, Page(), changed) == [("pixels", "400 pixels differ, within 20 × 20 at (10, 20)", False)]


def test_pixels_are_only_advice_in_a_film(tmp_path: Path) -> None:
    before, after = Page(), Page()
    before.film = after.film = True
    after.pictures = ["orange"] * 2

    [(kind, what, advice)] = found(tmp_path, before, after)

    # Without numbers, so that all frames that differ are one finding.
    assert (kind, what, advice) == (
        "pixels",
        "the picture differs (only advice: a film is not taken at a certain moment)",
        True,
    )


def test_pixels_are_only_advice_where_pictures_of_one_state_differ_within_a_run(tmp_path: Path) -> None:
    before, after = Page(), Page()
    before.pictures, after.pictures = ["red", "green"], ["blue", "orange"]

    [(kind, what, advice)] = found(tmp_path, before, after)

    assert (kind, advice) == ("pixels", True)
    assert what.endswith("(only advice: pictures of the same state differ here within one run too)")


def test_pixels_are_only_advice_where_another_program_drew_them(tmp_path: Path) -> None:
    before, after = Page(), Page()
    before.version, after.pictures = "1.60.0", ["orange"] * 2

    [(kind, what, advice)] = found(tmp_path, before, after)

    assert (kind, advice) == ("pixels", True)
    assert "with Playwright 1.65.0 instead of" in what


def visit_twice(file: Path, *, colour: str, heading: str, link: str, logo: int) -> Path:
    """A trace of a page to which somebody turns again after another tab, with a film of both."""
    page = ["HTML", {}, ["BODY", {}, ["A", {"href": link}, "Help"], ["H1", {}, heading]]]
    terms = ["HTML", {}, ["BODY", {}, ["P", {}, "Terms"]]]
    shown: Lines = [OPTIONS, *action(1, 10, "goto", params={"url": SHOP}), seen(1, 19, "after", SHOP, page)]
    shown += [*action(2, 30, "goto", params={"url": PAID}), seen(2, 39, "after", PAID, terms, tab=2)]
    shown += [*action(3, 50, "click", params={"selector": "h1"}), seen(3, 59, "after", SHOP, page)]
    held: dict[str, bytes] = {"resources/a.css": f"h1 {{ color: {colour} }}".encode(), "resources/1.png": b"any"}
    for time in (19, 59):
        shown.append({"type": "screencast-frame", "pageId": "p1", "timestamp": time, "file": f"pictures/{time}.jpeg"})
        held[f"pictures/{time}.jpeg"] = drawn("steelblue" if (colour, logo) == ("blue", 200) else "red", "jpeg")
    sheet, picture = asked(12, "GET", SHEET, kind="stylesheet"), asked(13, "GET", LOGO, logo, "image")
    for exchange, name in ((sheet, "a.css"), (picture, "1.png")):
        exchange["snapshot"]["response"]["content"] = {"_file": f"resources/{name}"}
    return write(file, shown, [asked(11, "GET", SHOP), sheet, picture, asked(31, "GET", PAID, tab=2)], held)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"colour": "red"}, ["style 1 3 pixels"]),
        ({"colour": "red", "link": "/faq"}, ["structure 1 3", "style 1 3 pixels"]),
        ({"logo": 404}, ["requests 1 pixels"]),
        (
            {"colour": "red", "link": "/faq", "heading": "Store"},
            ["text 1 3 pixels", "structure 1 3", "style 1 3"],
        ),
    ],
)
def test_a_picture_follows_from_a_change_that_can_be_seen_also_when_a_page_is_turned_to_again(
    changes: Mapping[str, Any], expected: list[str], tmp_path: Path
) -> None:
    same: dict[str, Any] = {"colour": "blue", "heading": "Shop", "link": "/help", "logo": 200}
    before = visit_twice(tmp_path / "before.zip", **same)
    after = visit_twice(tmp_path / "after.zip", **{**same, **changes})

    findings = [finding for finding in review(after, before, tmp_path / "pictures").findings if not finding.advice]

    numbers = ([str(place.step.number) for place in finding.places] for finding in findings)
    folded = ([str(change.kind) for change in finding.folded] for finding in findings)
    kinds = (finding.kind for finding in findings)
    assert [
        " ".join([kind, *steps, *more]) for kind, steps, more in zip(kinds, numbers, folded, strict=True)
    ] == expected


def test_many_changed_rules_are_told_in_short(tmp_path: Path) -> None:
    before, after = Page(), Page()
    before.sheet, after.sheet = (
        " ".join(f".c{number} {{ color: {colour} }}" for number in range(50)) for colour in ("red", "blue")
    )

    whats = [what for _kind, what, _advice in found(tmp_path, before, after)]

    assert len(whats) == 21
    assert f"30 more styles in {SHEET} changed" in whats


def test_rules_are_read_from_blocks_and_nested_rules() -> None:
    rules = read_rules("@import 'a.css'; @layer base { a { color: red; &:hover { color: blue !important } } }")

    assert rules == {
        '@import "a.css"': {"": ""},
        "@layer base a": {"color": "red"},
        "@layer base a &:hover": {"color": "blue !important"},
    }
    assert styled_classes(r"a.btn-x:hover, .md\:flex > .w-1\/2 {}") == {"btn-x", "md:flex", "w-1/2"}
    assert own_style("width: 3px; color: red; left: 2px") == "color: red"


def test_the_films_of_traces_without_snapshots_are_compared(tmp_path: Path) -> None:
    """Nothing else is known of their pages."""
    steps: list[RecordedStep] = []
    for colour in ("steelblue", "tomato"):
        image = tmp_path / f"{colour}.jpeg"
        image.write_bytes(drawn(colour, "jpeg"))
        about = {"number": 1, "name": "shop", "title": Title(en="shop", zh="shop"), "actor": "page 1", "url": SHOP}
        steps.append(RecordedStep.model_validate({**about, "whole": False, "image": image}))

    before, after = steps
    [change] = compare_steps(before, after)

    assert (change.kind, change.advice) == (Kind.PIXELS, True)
