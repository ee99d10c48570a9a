"""What several tests that differ from their baselines have in common."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from mock_sites.review.comparing.grouping import join_by
from mock_sites.review.review import Reviewed

MOST: Final = 5
"""Tests that are named of a cause. The others are counted."""


@dataclass(frozen=True)
class _Difference:
    """A finding in a test.

    Attributes:
        causes: by what its cause is known in other tests.
    """

    kind: str
    what: str
    causes: Sequence[Sequence[str]]
    test: str = ""

    @property
    def keys(self) -> Iterator[tuple[str, ...]]:
        return map(tuple, self.causes)


def differences(reviewed: Reviewed) -> Iterator[str]:
    """The findings that fail a test, each as JSON: processes of a run exchange texts."""
    for finding in reviewed.findings:
        if not finding.advice:
            yield json.dumps(asdict(_Difference(finding.kind, finding.what, finding.causes)), ensure_ascii=False)


def causes_of_several(found: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines about each cause that several tests have. ``found``: tests, each with one of its ``differences``."""
    seen = [_Difference(**{**json.loads(text), "test": test}) for test, text in found]
    for group in join_by(seen, lambda difference: difference.keys):
        tests = list(dict.fromkeys(difference.test for difference in group))
        if len(tests) > 1:
            yield f"one cause in {len(tests)} tests: {group[0].kind}: {group[0].what}"
            yield from (f"  {test}" for test in tests[:MOST])
            if len(tests) > MOST:
                yield f"  and {len(tests) - MOST} more"
