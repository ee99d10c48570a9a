"""English sentences with facts in them, which reports show in their own language."""

from collections.abc import Callable
from typing import Any, Self


class Phrase(str):
    """A sentence, made of a template and the facts that fill it. It reads as the English one."""

    __slots__ = ("facts", "template")

    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> Self:
        """The sentence with its facts. Facts may be phrases themselves."""
        made = super().__new__(cls, template.format(**facts))
        made.template, made.facts = template, facts
        return made


def said(text: str, translate: Callable[[str], str], foreign: Callable[[Any], Any] = lambda fact: fact) -> str:
    """A text or phrase in the language of ``translate``. Facts that are no phrases are as ``foreign`` shows them."""
    if isinstance(text, Phrase):
        facts = {
            name: said(fact, translate, foreign) if isinstance(fact, Phrase) else foreign(fact)
            for name, fact in text.facts.items()
        }
        return translate(text.template).format(**facts)
    return translate(text)
