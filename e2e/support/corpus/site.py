"""What a site of the corpus is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page

from e2e.support.corpus.alterations import Alteration

Visit = Callable[[Page, str], None]
"""Visits a site at an address such as ``http://127.0.0.1:40123``, and leaves it when it has come to rest."""


@dataclass(frozen=True)
class SingleChange:
    """A change of a site, and the one finding that a review must give.

    Attributes:
        kind: the kind of the finding.
        step: the first step in which it must be found: its path, and from the second visit on its number, such as
            ``/orders 2``. It may have wildcards.
        words: a text that must be in the finding.
        also: further steps in which the same is seen, which the finding may name too.
        advice: whether the finding is only advice.
    """

    name: str
    alter: Alteration
    kind: str
    step: str
    words: str
    also: tuple[str, ...] = ()
    advice: bool = False


@dataclass(frozen=True)
class Site:
    """A site, how a stranger's test visits it, and its single changes.

    Attributes:
        tells: what it is an example of.
        app: makes it anew: each visit finds the same state.
        pictures: whether its traces have an exact picture at each action, instead of a film.
    """

    name: str
    tells: str
    app: Callable[[], Flask]
    visit: Visit
    changes: tuple[SingleChange, ...]
    pictures: bool = False


def page(title: str, body: str, *, head: str = "", lang: str = "en") -> str:
    """A page as a template."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="icon" href="data:,"><style>body {{ font: 16px sans-serif; margin: 2em }}</style>{head}</head>'
        f"<body>{body}</body></html>"
    )
