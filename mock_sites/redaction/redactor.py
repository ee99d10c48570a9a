"""Replaces secrets by placeholders that are the same in all files of a recording."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, Final

from mock_sites.redaction.places import Change, over_places
from mock_sites.redaction.secrets import SIGNED, Kind, Secret, distinct, named_in, signatures_in, signed
from mock_sites.redaction.shapes import find_secrets
from mock_sites.redaction.spellings import patterns

Replace = Callable[[str], str]


_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""A half of a character, as a page may cut it. It is only written in JSON, in an escape."""

_WHOLE: Final[Mapping[Kind, str]] = {"user": r"[A-Za-z0-9]", "path": r"[\w-]"}
"""What is not before or after a secret of a kind that is made of words."""


class Redactor:
    """Replaces secrets in texts. A placeholder gets its number at its first use.

    Attributes:
        files: in how many files of the recording each placeholder is; a trace counts as one file.
    """

    def __init__(self, secrets: Iterable[Secret], *, by_shape: bool = False) -> None:
        """Replace these secrets. Signed ones are also found by their form, and others too if ``by_shape``."""
        self._by_shape = by_shape
        self.files: Counter[str] = Counter()
        self._placeholders: dict[tuple[str, str], str] = {}
        self._used = set[str]()
        self._last: Counter[str] = Counter()
        self._known = {secret.value: secret for secret in distinct(secrets)}
        self._everywhere = [secret for secret in self._known.values() if secret.everywhere]
        self._patterns = [
            (text, _alone(pattern, secret), secret)
            for secret in self._everywhere
            for text, pattern in patterns(secret.value)
        ]
        # The longest first: a secret may be a part of another one.
        self._patterns.sort(key=lambda known: (-len(known[0]), known[0]))

    def text(self, text: str) -> str:
        """A file's text without secrets."""
        return self._without_shapes(self._replacing(text)(text))

    def json_lines(self, text: str, over: Callable[[Any, Change], Any] = over_places) -> str:
        """JSON values, one per line, without secrets. Only strings are changed, so that they stay valid.

        ``over`` changes the secrets in a value that their place tells; by default as in any JSON.
        """
        values = [json.loads(line) for line in text.split("\n") if line]
        replace = self._replacing(_strings(values))
        cleaned = (over_strings(over(value, self.place), replace) for value in values)
        lines = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in cleaned]
        together = _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", "\n".join(lines))
        return self._without_shapes(together) + "\n" * text.endswith("\n")

    def value(self, value: Any) -> Any:
        """A JSON value without secrets."""
        return over_strings(value, self._replacing(_strings(value)))

    def place(self, secret: Secret) -> str:
        """The placeholder of a secret, which is used now."""
        placeholder = self._placeholder(self._known.get(secret.value, secret))
        self._used.add(placeholder)
        return placeholder

    def end_file(self) -> None:
        """Count the placeholders that were used since the last file ended."""
        self.files.update(self._used)
        self._used.clear()

    def kinds_in(self, text: str) -> set[str]:
        """The kinds of secrets in ``text``."""
        kinds = {signed(found[0]).kind for found in signatures_in(text)}
        for known, pattern, secret in self._patterns:
            if secret.kind not in kinds and known in text and re.search(pattern, text):
                kinds.add(secret.kind)
        return {*kinds}

    def find_in(self, value: Any) -> Callable[[str], bool]:
        """A function that says whether a string of a JSON value has a secret in it."""
        present = self._present(_strings(value))
        known = re.compile("|".join(pattern for pattern, _secret in present)) if present else None
        return lambda part: bool(SIGNED.search(part) or (known and known.search(part)))

    def _present(self, text: str) -> list[tuple[str, Secret]]:
        return [(pattern, secret) for known, pattern, secret in self._patterns if known in text]

    def _replacing(self, text: str) -> Replace:
        """A function that replaces secrets in parts of ``text``. It only searches for those that are in it."""
        signatures = signatures_in(text)
        present = self._present(text)
        known = re.compile("|".join(f"({pattern})" for pattern, _secret in present)) if present else None

        def replace(part: str) -> str:
            if signatures:
                part = SIGNED.sub(lambda found: self.place(signed(found[0])), part)
            if known:
                part = known.sub(lambda found: self.place(present[(found.lastindex or 1) - 1][1]), part)
            return part

        return replace

    def _without_shapes(self, text: str) -> str:
        """``text`` without what has the form of a secret, known ones in any encoding, and short ones by their name."""
        if not self._by_shape:
            return text
        known = [secret for secret in self._everywhere if secret.kind not in _WHOLE]
        text = self._without(find_secrets(text, known), text)
        # A short one, such as a PIN, is only known at its place: each of the two patterns finds some.
        has_short = len(self._everywhere) < len(self._known)
        return self._without(sorted(named_in(text), key=itemgetter(0)), text) if has_short else text

    def _without(self, found: Iterable[tuple[int, int, Secret]], text: str) -> str:
        """``text`` without the secrets at these places, which are in order."""
        parts: list[str] = []
        last = 0
        for start, end, secret in found:
            if start >= last:
                parts += text[last:start], self.place(secret)
                last = end
        return "".join(parts) + text[last:]

    def _placeholder(self, secret: Secret) -> str:
        wanted = secret.kind, secret.identity
        if wanted not in self._placeholders:
            self._last[secret.kind] += 1
            self._placeholders[wanted] = f"«{secret.kind}-{self._last[secret.kind]}»"
        return self._placeholders[wanted]


def _alone(pattern: str, secret: Secret) -> str:
    sign = _WHOLE.get(secret.kind)
    return f"(?<!{sign}){pattern}(?!{sign})" if sign else pattern


def _strings(value: Any) -> str:
    """The strings of a JSON value, each in a line of its own."""
    strings: list[str] = []
    over_strings(value, lambda part: strings.append(part) or part)
    return "\n".join(strings)


def over_strings(value: Any, change: Replace) -> Any:
    """``value`` with each string changed, the names of fields included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [over_strings(part, change) for part in value]  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, dict):
        return {change(name): over_strings(part, change) for name, part in value.items()}  # pyright: ignore[reportUnknownArgumentType]
    return value
