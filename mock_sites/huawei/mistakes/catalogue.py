"""The catalogue: each usual mistake of sellers with the sentence that cures it, and how it is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from mock_sites.huawei.mistakes import body_sign, in_answers, in_calls, usage_push
from mock_sites.huawei.protocol import codes, names
from mock_sites.huawei.protocol.answers import LONGEST, LONGEST_ID, LONGEST_MESSAGE
from mock_sites.huawei.protocol.moments import SKEW
from mock_sites.world.foreign_text import filled


class FoundBy(Enum):
    """How a mistake is found."""

    CALLING = "the call is made with the mistake, and the seller accepts that one"
    SIGNING = "the answer, or the usage push, is signed with the mistake, and the signature is the seller's"
    LOOKING = "it is seen in the answer"


@dataclass(frozen=True)
class Mistake:
    """A usual mistake of sellers."""

    name: str
    cure: str
    """What to fix: an English sentence that pages translate, with ``{names}`` to fill."""
    found_by: FoundBy


MISTAKES: Final[Mapping[str, Mistake]] = {
    name: Mistake(name, cure, found_by)
    for found_by, cures in (
        (FoundBy.CALLING, in_calls.CURES),
        (FoundBy.SIGNING, body_sign.CURES),
        (FoundBy.SIGNING, usage_push.CURES),
        (FoundBy.LOOKING, in_answers.CURES),
    )
    for name, cure in cures.items()
}
"""All mistakes, by name."""

_FACTS: Final[Mapping[str, Any]] = {
    "invalid_parameter": codes.INVALID_PARAMETER,
    "unknown_instance": codes.UNKNOWN_INSTANCE,
    "processing": codes.PROCESSING,
    "misprint": codes.MISPRINT,
    "skew": SKEW.seconds,
    "longest_id": LONGEST_ID,
    "longest_message": LONGEST_MESSAGE,
    "longest_address": LONGEST[names.FRONT_END_URL],
    "longest_secret": LONGEST[names.PASSWORD],
}
"""Facts of the protocol in the sentences."""


def cure(name: str, translate: Callable[[str], str] = str, **details: Any) -> str:
    """The sentence that cures a mistake, in the language of ``translate``. ``details`` fill the names in it."""
    return filled(translate(MISTAKES[name].cure), {**_FACTS, **details})
