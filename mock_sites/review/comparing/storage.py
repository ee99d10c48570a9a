"""What changed in the cookies and the local storage, and in the names of the fields that are sent."""

from collections.abc import Iterator
from typing import Final

from mock_sites.review.changes import Change, Kind
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.page_content import SentForm, StoredItem


def _item_differences(pair: Pair[StoredItem]) -> Iterator[Change]:
    """Which names are new or gone, and which have other attributes or another word as their value."""
    old, new = pair.before, pair.after
    if old is None:
        assert new
        yield Change(Kind.STORAGE, f"{_describe_item(new)} is new")
    elif new is None:
        yield Change(Kind.STORAGE, f"{_describe_item(old)} is gone")
    elif not pair.moved:
        if old.value and new.value and old.value != new.value:
            yield Change(Kind.STORAGE, f"{_describe_item(old)} is “{new.value}” instead of “{old.value}”")
        if old.attributes is not None and new.attributes is not None and old.attributes != new.attributes:
            was, now = (", ".join(item) or "no attributes" for item in (old.attributes, new.attributes))
            yield Change(Kind.STORAGE, f"{_describe_item(old)} is set with {now} instead of {was}")


def _describe_item(item: StoredItem) -> str:
    return f"{item.place} “{item.name}” of {item.site}"


def _same_item(old: StoredItem, new: StoredItem) -> float:
    return float(_describe_item(old) == _describe_item(new))


def _form_differences(pair: Pair[SentForm]) -> Iterator[Change]:
    """Which names of fields are new or gone. Whether a request is sent at all, the requests show."""
    old, new = pair.before, pair.after
    if old and new and not pair.moved:
        more = ", ".join(f"“{name}”" for name in new.fields if name not in old.fields)
        less = ", ".join(f"“{name}”" for name in old.fields if name not in new.fields)
        changes = [f"sends the field {more} in addition"] * bool(more) + [f"no longer sends the field {less}"] * bool(
            less
        )
        if changes:
            yield Change(Kind.REQUESTS, f"{new.method} {new.url} {' and '.join(changes)}")


def _alike_forms(old: SentForm, new: SentForm) -> float:
    """One form that changed has its method, and its address or fields still."""
    if old.method != new.method:
        return 0
    return 2 * (old.url == new.url) + (old.fields == new.fields)


STORAGE: Final = SequenceDiff[StoredItem](key=lambda item: item, alike=_same_item, differences=_item_differences)
FORMS: Final = SequenceDiff[SentForm](key=lambda form: form, alike=_alike_forms, differences=_form_differences)
