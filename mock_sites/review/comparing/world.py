"""What changed in the world's journal and mails, and in the errors of browsers."""

import json
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import Indel

from mock_sites.review.changes import Change, Kind, Topic, Value
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair, align_sequences
from mock_sites.review.comparing.topics import addresses
from mock_sites.review.recording import RecordedEvent, RecordedMail


def _event_differences(pair: Pair[RecordedEvent]) -> Iterator[Change]:
    """Which entries of the journal are new or gone, and which have other details."""
    old, new = pair.before, pair.after
    if old is None:
        assert new
        yield Change(Kind.JOURNAL, f"“{new.kind}” happens in addition", topics=_about(new))
    elif new is None:
        yield Change(Kind.JOURNAL, f"“{old.kind}” no longer happens", topics=_about(old))
    elif pair.moved:
        yield Change(Kind.JOURNAL, f"“{old.kind}” comes in another order")
    else:
        for fact in sorted(old.facts.keys() | new.facts.keys()):
            was, now = old.facts.get(fact), new.facts.get(fact)
            if was != now:
                what = f"“{old.kind}” tells {fact} {_value(now)} instead of {_value(was)}"
                yield Change(Kind.JOURNAL, what, value=Value(_text(was), _text(now)))


def _mail_differences(pair: Pair[RecordedMail]) -> Iterator[Change]:
    """Which mails are new or gone, go to somebody else, or say something else."""
    old, new = pair.before, pair.after
    if old is None:
        assert new
        yield Change(Kind.MAIL, f"mail “{new.subject}” to {new.to} is sent in addition")
    elif new is None:
        yield Change(Kind.MAIL, f"mail “{old.subject}” to {old.to} is no longer sent")
    elif pair.moved:
        yield Change(Kind.MAIL, f"mail “{old.subject}” to {old.to} comes in another order")
    else:
        if old.to != new.to:
            what = f"mail “{old.subject}” goes to {new.to} instead of {old.to}"
            yield Change(Kind.MAIL, what, value=Value(old.to, new.to))
        if old.subject != new.subject:
            what = f"mail “{old.subject}” to {new.to} has the subject “{new.subject}”"
            yield Change(Kind.MAIL, what, value=Value(old.subject, new.subject))
        yield from _compare_mails(old, new)


def _console_differences(pair: Pair[str]) -> Iterator[Change]:
    """Errors of browsers that are new or gone."""
    if pair.before is None:
        yield Change(Kind.CONSOLE, f"the browser says “{pair.after}”", topics=addresses(pair.after or ""))
    elif pair.after is None:
        yield Change(Kind.CONSOLE, f"the browser no longer says “{pair.before}”", topics=addresses(pair.before or ""))


def _compare_mails(old: RecordedMail, new: RecordedMail) -> Iterator[Change]:
    """Which lines of a mail differ."""
    before, after = old.text.splitlines(), new.text.splitlines()
    for pair in align_sequences(before, after, key=lambda line: line, alike=_alike_lines):
        if pair.before is None:
            yield Change(Kind.MAIL, f"mail “{old.subject}” has the line “{pair.after}” in addition")
        elif pair.after is None:
            yield Change(Kind.MAIL, f"mail “{old.subject}” lost the line “{pair.before}”")
        elif pair.moved:
            yield Change(Kind.MAIL, f"mail “{old.subject}” has the line “{pair.before}” elsewhere")
        elif pair.before != pair.after:
            what = f"mail “{old.subject}” says “{pair.after}” instead of “{pair.before}”"
            yield Change(Kind.MAIL, what, value=Value(pair.before, pair.after))


def _key(event: RecordedEvent) -> str:
    return f"{event.kind} {_value(event.facts)}"


def _value(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _text(value: object) -> str:
    """A fact as it is written on a page."""
    return value if isinstance(value, str) else _value(value)


def _about(event: RecordedEvent) -> tuple[Topic, ...]:
    """What an entry is about: the addresses in its facts."""
    return tuple(topic for fact in event.facts.values() if isinstance(fact, str) for topic in addresses(fact))


def _alike_mails(old: RecordedMail, new: RecordedMail) -> float:
    """One mail that changed has its recipient or its subject still."""
    return 2 * (old.subject == new.subject) + (old.to == new.to)


def _alike_lines(old: str, new: str) -> float:
    return Indel.normalized_similarity(old, new)


EVENTS: Final = SequenceDiff[RecordedEvent](
    key=_key,
    alike=lambda old, new: float(old.kind == new.kind),
    differences=_event_differences,
    follows=lambda _first, _second: True,
)
MAILS: Final = SequenceDiff[RecordedMail](
    key=lambda mail: mail.model_dump_json(), alike=_alike_mails, differences=_mail_differences
)
CONSOLE: Final = SequenceDiff[str](key=lambda text: text, alike=lambda _old, _new: 0, differences=_console_differences)
