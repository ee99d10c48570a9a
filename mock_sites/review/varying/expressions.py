"""Regular expressions of a user's rules, none of which can hold up a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from mock_sites.review.errors import ReviewError

LONGEST: Final = 1.0
"""The most seconds of processor time that an expression may take for one text."""


class SlowRuleError(ReviewError):
    """An expression takes too long, so no recording can be compared with these rules. The text says whose it is."""


@dataclass(frozen=True)
class Expression:
    """What a rule looks for in texts.

    Attributes:
        rule: the rule in one line, for the error.
    """

    compiled: regex.Pattern[str]
    rule: str

    def is_in(self, text: str) -> bool:
        """Whether it is found in a text.

        Raises:
            SlowRuleError: that takes too long.
        """
        try:
            return self.compiled.search(text, timeout=LONGEST) is not None
        except TimeoutError as error:
            raise self._too_slow(text) from error

    def spans(self, text: str) -> Sequence[Sequence[tuple[int, int]]]:
        """Where its groups are, or all of it if it has none, each time that it is found. An empty find is none.

        Raises:
            SlowRuleError: that takes too long.
        """
        groups = range(bool(self.compiled.groups), self.compiled.groups + 1)
        try:
            found = self.compiled.finditer(text, timeout=LONGEST)
            return [[match.span(group) for group in groups] for match in found if match[0]]
        except TimeoutError as error:
            raise self._too_slow(text) from error

    def _too_slow(self, text: str) -> SlowRuleError:
        return SlowRuleError(
            f"a rule takes more than {LONGEST:g} s for one text of {len(text)} characters: {self.rule}."
            " Make its pattern simpler, for example without a repetition in a repetition"
        )
