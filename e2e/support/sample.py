"""A small recording, written by hand, to try what a review finds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

from mock_sites.review.recording import FORMAT

SIZE: Final = 200, 260
"""Of the pictures, in pixels."""
MARKETPLACE: Final = "https://marketplace.huaweicloud.com"
BUYER_CENTER: Final = "https://account.huaweicloud.com"


@dataclass
class SampleElement:
    """A line of the accessibility tree and, if it has a name, a box on the picture below the one before."""

    role: str
    name: str = ""
    text: str = ""
    states: str = ""
    url: str = ""
    colour: str = "steelblue"
    right: int = 0
    down: int = 0
    wider: int = 0
    children: list["SampleElement"] = field(default_factory=list["SampleElement"])

    def lines(self) -> Iterator[str]:
        """Its part of the accessibility tree."""
        key = self.role + (f' "{self.name}"' if self.name else "") + (f" [{self.states}]" if self.states else "")
        inside = [f"- /url: {self.url}"] if self.url else []
        inside += [line for child in self.children for line in child.lines()]
        if self.text:
            yield f"- {key}: {json.dumps(self.text)}"
        elif inside:
            yield f"- {key}:"
            yield from (f"  {line}" for line in inside)
        else:
            yield f"- {key}"

    def named(self) -> Iterator["SampleElement"]:
        """It and what is in it, as far as it has a name."""
        if self.name:
            yield self
        for child in self.children:
            yield from child.named()


@dataclass
class SampleStep:
    """A step to be recorded."""

    name: str
    title: str
    url: str
    elements: list[SampleElement]
    requests: list[tuple[str, str, int]]
    clauses: list[str] = field(default_factory=list[str])
    actor: str = "buyer"
    seconds: float = 1.0
    error: str | None = None
    console: list[str] = field(default_factory=list[str])
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    mails: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    document_title: str | None = "Mock marketplace"
    document_language: str | None = "en"
    dialogs: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    downloads: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def make_sample() -> list[SampleStep]:
    """A purchase, from the sign-in to the first member."""
    return [
        SampleStep(
            "signs_in",
            "Sign in",
            f"{MARKETPLACE}/",
            [
                _banner(),
                SampleElement("heading", "Marketplace", states="level=1"),
                SampleElement("link", "Guance", url="/guance"),
            ],
            [("GET", f"{BUYER_CENTER}/sign-in", 200), ("POST", f"{BUYER_CENTER}/sign-in", 302)],
            events=[{"kind": "signed in", "facts": {"account": "hw_liwei"}}],
        ),
        SampleStep(
            "opens_the_product",
            "Open the product page",
            f"{MARKETPLACE}/guance",
            [
                _banner(),
                SampleElement("heading", "Guance", states="level=1"),
                SampleElement("paragraph", text="Pay per use: nothing is due before there is usage."),
                SampleElement("button", "Subscribe Now", colour="orange"),
            ],
            [("GET", f"{MARKETPLACE}/guance", 200)],
            clauses=["buy-1"],
            dialogs=[("confirm", "Leave this page?")],
            downloads=[("prices.csv", "5c62e091b8c0")],
        ),
        SampleStep(
            "subscribes",
            "Agree to the terms and subscribe",
            f"{MARKETPLACE}/submitted",
            [
                _banner(),
                SampleElement("heading", "Order submitted", states="level=1"),
                SampleElement("note", text="The seller is asked to open the service."),
                SampleElement("textbox", "Remark", text="none"),
                SampleElement("checkbox", "I agree to the terms", states="checked"),
                SampleElement("link", "My Orders", url="/orders"),
            ],
            [
                ("GET", f"{MARKETPLACE}/order", 200),
                ("POST", f"{MARKETPLACE}/order", 302),
                ("GET", f"{MARKETPLACE}/submitted", 200),
            ],
            clauses=["buy-3", "buy-4"],
            events=[
                {"kind": "order submitted", "facts": {"order": "CS1", "amount": "0.00"}},
                {"kind": "order paid", "facts": {"order": "CS1"}},
            ],
            calls=[{"from": "huawei", "to": "guance", "method": "POST", "path": "/saas/produce", "status": 200}],
        ),
        SampleStep(
            "finds_the_service",
            "Find the service in Purchased Services",
            f"{BUYER_CENTER}/services",
            [
                _banner(),
                SampleElement("heading", "Purchased Services", states="level=1"),
                SampleElement(
                    "table",
                    "Services",
                    children=[_row("Service", "Status", role="columnheader"), _row("Guance", "Running")],
                ),
                SampleElement(
                    "list",
                    children=[SampleElement("listitem", text="Details"), SampleElement("listitem", text="Release")],
                ),
                SampleElement("button", "Start Usage"),
            ],
            [("GET", f"{BUYER_CENTER}/services", 200)],
            clauses=["buy-5"],
            mails=[
                {
                    "to": "li.wei@example.com",
                    "subject": "Your service is open",
                    "text": "Dear Li Wei,\nGuance is open for you.\nHuawei Cloud\n",
                }
            ],
        ),
        SampleStep(
            "adds_a_member",
            "Add the first member",
            f"{BUYER_CENTER}/members",
            [
                _banner(),
                SampleElement("heading", "Members", states="level=1"),
                SampleElement("textbox", "Email"),
                SampleElement("button", "Add", states="disabled"),
                SampleElement("button", "Subscribe Now", colour="orange"),
            ],
            [("POST", f"{BUYER_CENTER}/members/add", 302), ("GET", f"{BUYER_CENTER}/members", 200)],
            clauses=["bind-11"],
            events=[{"kind": "member added", "facts": {"member": "li.wei"}}],
        ),
    ]


def write_sample(steps: list[SampleStep], folder: Path) -> Path:
    """Write a recording in the recorder's form."""
    (folder / "steps").mkdir(parents=True)
    (folder / "images").mkdir()
    written = [_write_step(number, step, folder) for number, step in enumerate(steps, 1)]
    manifest = {
        "format": FORMAT,
        "journey": "purchase",
        "title": {"en": "Purchase", "zh": "购买"},
        "language": "en",
        "seed": "sample",
        "world": "sample",
        "actors": {"buyer": "buyer.zip"},
        "steps": written,
        "redacted": {"placeholders": {}},
    }
    _write(folder / "manifest.json", manifest)
    for file, part in (("journal.json", "events"), ("mails.json", "mails"), ("calls.json", "calls")):
        items = [
            {**item, "number": place, "step": number, "at": _clock(number)}
            for number, step in enumerate(steps, 1)
            for place, item in enumerate(getattr(step, part))
        ]
        _write(folder / file, items)
    return folder


def _write_step(number: int, step: SampleStep, folder: Path) -> dict[str, Any]:
    tree, boxes, image = (
        f"steps/{number:02}-{step.name}.yaml",
        f"steps/{number:02}-{step.name}.boxes.json",
        f"images/{number:02}-{step.name}.png",
    )
    lines = [line for element in step.elements for line in element.lines()]
    (folder / tree).write_text("\n".join(lines) + "\n", encoding="utf-8")
    picture = Image.new("RGB", SIZE, "white")
    drawn = ImageDraw.Draw(picture)
    found: list[dict[str, Any]] = []
    for place, element in enumerate(named for top in step.elements for named in top.named()):
        x, y, width = 20 + element.right, 10 + 30 * place + element.down, 60 + len(element.name) + element.wider
        found.append({"role": element.role, "name": element.name, "x": x, "y": y, "width": width, "height": 24})
        drawn.rectangle((x, y, x + width - 1, y + 23), fill=element.colour)
    _write(folder / boxes, found + list(_texts(step.elements)))
    picture.save(folder / image, compress_level=1)
    return {
        "number": number,
        "name": step.name,
        "title": {"en": step.title, "zh": step.title},
        "actor": step.actor,
        "clauses": step.clauses,
        "began": float(number),
        "seconds": step.seconds,
        "error": step.error,
        "url": step.url,
        "tree": tree,
        "image": image,
        "masked": False,
        "boxes": boxes,
        "requests": step.requests,
        "request_times": [[number + 0.1 * place, number + 0.1 * place + 0.05] for place in range(len(step.requests))],
        "clock": _clock(number),
        "console": step.console,
        "document_title": step.document_title,
        "document_language": step.document_language,
        "dialogs": step.dialogs,
        "downloads": step.downloads,
    }


def _texts(elements: list[SampleElement]) -> Iterator[dict[str, Any]]:
    """The boxes of elements with a text and no name, at the right edge of the picture."""
    for place, element in enumerate(elements):
        if element.text and not element.name:
            yield {
                "role": element.role,
                "text": element.text,
                "x": 150,
                "y": 10 + 30 * place,
                "width": 40,
                "height": 24,
            }


def _clock(number: int) -> str:
    """The time of the world's clock at the end of a step."""
    return f"2026-03-02T01:{number:02}:00Z"


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _banner() -> SampleElement:
    return SampleElement("banner", children=[SampleElement("link", "Sign Out", url="/sign-out")])


def _row(*cells: str, role: str = "cell") -> SampleElement:
    return SampleElement("row", " ".join(cells), children=[SampleElement(role, cell) for cell in cells])
