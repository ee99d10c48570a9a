"""What changed in the look of a page, by its style sheets, classes, styles and pictures.

They are exact on every machine. Pixels are not.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rapidfuzz.distance import Indel

from mock_sites.review.changes import Change, Kind, Spot
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.comparing.style_rules import Rules, read_rules, same_value, shortened
from mock_sites.review.page_content import Look, Picture, StyleSheet

NOTHING: Final = StyleSheet("", b"")
MOST_RULES: Final = 20
"""The most rules of a style sheet whose changes are told one by one."""


def _sheet_differences(pair: Pair[StyleSheet]) -> Iterator[Change]:
    """Which rules changed. Whether a style sheet is loaded at all, the requests show."""
    old, new = pair.before, pair.after
    url = (old or new or NOTHING).url
    if pair.moved or (url and not (old and new)):
        return
    before, after = _rules_of(old), _rules_of(new)
    where = f" in {url}" if url else ""
    changed = [
        f"style “{shortened(selector)}”{where} {what}"
        for selector in dict.fromkeys([*before, *after])
        if (what := _compare_declarations(before.get(selector, {}), after.get(selector, {})))
    ]
    if len(changed) > MOST_RULES:
        changed[MOST_RULES:] = [f"{len(changed) - MOST_RULES} more styles{where or ' of the page'} changed"]
    elif not changed and [*before] != [*after]:
        changed = [f"styles{where or ' of the page'} come in another order"]
    yield from (Change(Kind.STYLE, what) for what in changed)


def _rules_of(sheet: StyleSheet | None) -> Rules:
    return read_rules(sheet.content.decode()) if sheet else {}


def _compare_declarations(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    texts: list[str] = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if not name:  # a rule without declarations, such as an import
            texts += ["is new"] * (old is None) + ["is gone"] * (new is None)
        elif old is None:
            texts.append(f"has {name} {shortened(after[name])} in addition")
        elif new is None:
            texts.append(f"no longer has {name} {shortened(old)}")
        elif same_value(old) != same_value(new):
            texts.append(f"has {name} {shortened(new)} instead of {shortened(old)}")
    return " and ".join(texts)


def _picture_differences(pair: Pair[Picture]) -> Iterator[Change]:
    """Which pictures have another content. Whether one is loaded at all, the requests show."""
    old, new = pair.before, pair.after
    if old and new and old.url == new.url and old.digest != new.digest:
        yield Change(
            Kind.STYLE, f"{new.kind} {new.url} has another content: SHA-1 {new.digest}… instead of {old.digest}…"
        )


def _look_differences(pair: Pair[Look]) -> Iterator[Change]:
    """Which elements have other classes or another style. Whether an element is there at all, the page shows."""
    old, new = pair.before, pair.after
    if old and new:
        texts = [
            f"{name} “{getattr(new, attribute)}” instead of “{getattr(old, attribute)}”"
            for attribute, name in (("classes", "the class"), ("style", "the style"))
            if getattr(old, attribute) != getattr(new, attribute)
        ]
        if texts:
            who = f"{old.role} “{old.name}”" if old.name else old.role
            before, after = (Spot(look.role, look.name) for look in (old, new))
            yield Change(Kind.STYLE, f"{who} has {' and '.join(texts)}", before=(before,), after=(after,))


def _alike_looks(old: Look, new: Look) -> float:
    """Elements of the same role, the more alike the better."""
    if old.role != new.role:
        return 0
    return (
        1 + 2 * (old.name == new.name) + Indel.normalized_similarity(old.classes + old.style, new.classes + new.style)
    )


SHEETS: Final = SequenceDiff[StyleSheet](
    key=lambda sheet: sheet, alike=lambda old, new: float(old.url == new.url), differences=_sheet_differences
)
PICTURES: Final = SequenceDiff[Picture](
    key=lambda picture: picture, alike=lambda old, new: float(old.url == new.url), differences=_picture_differences
)
LOOKS: Final = SequenceDiff[Look](
    key=lambda look: look,
    alike=_alike_looks,
    differences=_look_differences,
    marks=lambda look: [(look.role, look.name)] if look.name else [],
)
