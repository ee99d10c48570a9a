"""Replaces secrets by placeholders that are the same in all files of a recording."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from e2e.recording.secrets import SIGNED, Secret, distinct, signed
from e2e.recording.spellings import patterns

Replace = Callable[[str], str]


class Redactor:
    """Replaces secrets in texts. A placeholder gets its number at its first use.

    Attributes:
        files: in how many files of the recording each placeholder is; a trace counts as one file.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Replace these secrets. Signed ones are also found by their form."""
        self.files: Counter[str] = Counter()
        self._placeholders: dict[tuple[str, str], str] = {}
        self._used = set[str]()
        self._last: Counter[str] = Counter()
        self._known = {secret.value: secret for secret in distinct(secrets)}
        self._patterns = [
            (text, pattern, secret) for secret in self._known.values() for text, pattern in patterns(secret.value)
        ]
        # The longest first: a secret may be a part of another one.
        self._patterns.sort(key=lambda known: (-len(known[0]), known[0]))

    def text(self, text: str) -> str:
        """A file's text without secrets."""
        return self._replacing(text)(text)

    def json_lines(self, text: str) -> str:
        """JSON values, one per line, without secrets. Only strings are changed, so that they stay valid."""
        values = self.value([json.loads(line) for line in text.splitlines()])
        lines = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values]
        return "\n".join(lines) + "\n" * text.endswith("\n")

    def value(self, value: Any) -> Any:
        """A JSON value without secrets."""
        strings: list[str] = []
        over_strings(value, lambda part: strings.append(part) or part)
        return over_strings(value, self._replacing("\n".join(strings)))

    def end_file(self) -> None:
        """Count the placeholders that were used since the last file ended."""
        self.files.update(self._used)
        self._used.clear()

    def kinds_in(self, text: str) -> set[str]:
        """The kinds of secrets in ``text``."""
        kinds = {signed(found[0]).kind for found in SIGNED.finditer(text)}
        for known, pattern, secret in self._patterns:
            if secret.kind not in kinds and known in text and re.search(pattern, text):
                kinds.add(secret.kind)
        return {*kinds}

    def _replacing(self, text: str) -> Replace:
        """A function that replaces secrets in parts of ``text``. It only searches for those that are in it."""
        present = [(pattern, secret) for known, pattern, secret in self._patterns if known in text]
        known = re.compile("|".join(f"({pattern})" for pattern, _secret in present)) if present else None

        def place(secret: Secret) -> str:
            placeholder = self._placeholder(secret)
            self._used.add(placeholder)
            return placeholder

        def replace(part: str) -> str:
            part = SIGNED.sub(lambda found: place(self._known.get(found[0]) or signed(found[0])), part)
            if known:
                part = known.sub(lambda found: place(present[(found.lastindex or 1) - 1][1]), part)
            return part

        return replace

    def _placeholder(self, secret: Secret) -> str:
        wanted = secret.kind, secret.identity
        if wanted not in self._placeholders:
            self._last[secret.kind] += 1
            self._placeholders[wanted] = f"«{secret.kind}-{self._last[secret.kind]}»"
        return self._placeholders[wanted]


def over_strings(value: Any, change: Replace) -> Any:
    """``value`` with each string changed, the names of fields included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [over_strings(part, change) for part in value]  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, dict):
        return {change(name): over_strings(part, change) for name, part in value.items()}  # pyright: ignore[reportUnknownArgumentType]
    return value
