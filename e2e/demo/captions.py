"""What is laid over the pages of a demo, in the language of the demo."""

from collections.abc import Mapping
from html import escape
from typing import Final

from e2e.clauses import all_clauses
from e2e.journeys import Journey, Step
from e2e.stage.actor import ActorName
from e2e.stage.words import Language

_ACTORS: Final[Mapping[ActorName, Mapping[Language, str]]] = {
    "buyer": {"en": "Buyer", "zh": "采购人员"},
    "employee": {"en": "Employee", "zh": "员工"},
    "colleague": {"en": "Colleague", "zh": "同事"},
    "manager": {"en": "Account manager", "zh": "客户经理"},
}
_CLAUSE: Final[Mapping[Language, str]] = {"en": "Clause", "zh": "条款"}
_PAUSED: Final[Mapping[Language, str]] = {
    "en": "Paused: the page is yours. Space goes on",
    "zh": "已暂停：可手动操作页面，按空格键继续",
}
_GETTING_READY: Final[Mapping[Language, str]] = {"en": "Getting ready …", "zh": "正在准备…"}
_LETTERS: Final = "font-family:system-ui,'Noto Sans CJK SC',sans-serif"


class Captions:
    """The captions of a journey."""

    def __init__(self, journey: Journey, language: Language) -> None:
        """In ``language``."""
        self._journey = journey
        self._language: Language = language

    def chapter(self, step: Step) -> str:
        """What stands below the title of a step on its chapter card: its number, who acts, the clauses."""
        return " · ".join([self._number(step), self._actor(step), *self._clauses(step)])

    def during(self, step: Step) -> str:
        """The strip below the page while a step is played."""
        return self._strip(step, " · ".join(self._clauses(step)))

    def pause(self, step: Step | None) -> str:
        """The strip while the demo stands still before ``step``, or at the end."""
        return self._strip(step, _PAUSED[self._language], background="#8a4b00")

    def curtain(self) -> str:
        """What hides the page while a demo is getting ready."""
        return (
            "<div style='position:absolute;inset:0;background:#16202e;color:#fff;display:flex;align-items:center;"
            f"justify-content:center;font-size:28px;{_LETTERS}'>{_GETTING_READY[self._language]}</div>"
        )

    def _strip(self, step: Step | None, right: str, *, background: str = "#16202e") -> str:
        title = (step or self._journey).title.in_language(self._language)
        left = f"{self._number(step)} · {self._actor(step)} · " if step else ""
        return (
            "<div style='position:absolute;left:0;right:0;bottom:0;box-sizing:border-box;padding:10px 20px;"
            f"background:{background};color:#fff;display:flex;gap:24px;justify-content:space-between;"
            f"font-size:17px;line-height:1.4;{_LETTERS}'>"
            f"<span style='flex:none'>{escape(left)}<b>{escape(title)}</b></span>"
            "<span style='overflow:hidden;text-overflow:ellipsis;white-space:nowrap;opacity:.85'>"
            f"{escape(right)}</span></div>"
        )

    def _number(self, step: Step) -> str:
        return f"{self._journey.steps.index(step) + 1}/{len(self._journey.steps)}"

    def _actor(self, step: Step) -> str:
        return _ACTORS[step.actor][self._language]

    def _clauses(self, step: Step) -> list[str]:
        """The step's clauses; what they say is known in English."""
        if self._language == "en":
            return [f"{name}: {all_clauses()[name].says}" for name in step.clauses]
        return [f"{_CLAUSE[self._language]} {name}" for name in step.clauses]
