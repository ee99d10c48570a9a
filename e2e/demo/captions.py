"""The captions over the pages of a demo, in the language of the demo, as HTML."""

from collections.abc import Mapping
from html import escape
from typing import Final

from e2e.journeys import Journey, Step
from e2e.scenario.actor import ActorName
from e2e.scenario.labels import LANGUAGE_NAMES, Language

_ACTORS: Final[Mapping[ActorName, Mapping[Language, str]]] = {
    "buyer": {"en": "Buyer", "zh": "采购人员"},
    "employee": {"en": "Employee", "zh": "员工"},
    "colleague": {"en": "Colleague", "zh": "同事"},
    "manager": {"en": "Account manager", "zh": "客户经理"},
    "operator": {"en": "Operator", "zh": "操作员"},
}
_ROLES: Final[Mapping[ActorName, Mapping[Language, str]]] = {
    "buyer": {"en": "has the company's Huawei Cloud account", "zh": "使用企业的华为云账号"},
    "employee": {"en": "is going to work with Guance", "zh": "将使用观测云工作"},
    "colleague": {"en": "works with Guance at another site", "zh": "在另一个站点使用观测云"},
    "manager": {"en": "looks after customers at Guance", "zh": "在观测云负责客户"},
    "operator": {"en": "steers the mock sites", "zh": "控制模拟站点"},
}
_CLAUSES: Final[Mapping[Language, str]] = {"en": "Clauses", "zh": "条款"}
_STEPS: Final[Mapping[Language, str]] = {"en": "{} steps", "zh": "共 {} 步"}
_WAITING: Final[Mapping[Language, str]] = {"en": "is waiting", "zh": "等待中"}
_PAUSED: Final[Mapping[Language, str]] = {
    "en": "Paused: the page is yours. Space goes on.",
    "zh": "已暂停：可手动操作页面，按空格键继续。",
}
_GETTING_READY: Final[Mapping[Language, str]] = {"en": "Getting ready …", "zh": "正在准备…"}

_STYLE: Final = """
<style>
  * { box-sizing: border-box; margin: 0; overflow-wrap: anywhere; }
  .layer { position: absolute; inset: 0; color: #fff; line-height: 1.45; text-align: left;
    font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
  .cover { background: radial-gradient(circle at 78% 18%, #27508a 0, #16202e 58%); }
  .veil { background: rgb(22 32 46 / 55%); }
  .cover, .veil { display: flex; align-items: center; justify-content: center; }
  .title { width: 860px; padding-left: 32px; border-left: 6px solid #e8505b; }
  .title h1 { font-size: 46px; line-height: 1.2; margin-bottom: 20px; }
  .title .about { font-size: 23px; opacity: .9; }
  .title .facts { font-size: 18px; opacity: .75; margin-top: 36px; }
  .title .state { font-size: 18px; min-height: 1.45em; margin-top: 12px; color: #ffd479; }
  .card { width: 960px; padding: 34px 44px; border-radius: 14px; background: #16202e;
    border-left: 6px solid #e8505b; box-shadow: 0 14px 44px rgb(0 0 0 / 45%); }
  .card .who { font-size: 18px; color: #ffd479; }
  .card h1 { font-size: 34px; line-height: 1.25; margin: 10px 0 14px; }
  .card .caption { font-size: 21px; }
  .clauses { font-size: 15px; opacity: .75; margin-top: 12px; }
  .strip { position: absolute; left: 0; right: 0; bottom: 0; padding: 11px 22px; background: #16202e;
    border-top: 3px solid #e8505b; display: flex; gap: 22px; align-items: baseline; font-size: 18px; }
  .strip.paused { background: #8a4b00; border-color: #ffd479; }
  .strip.waiting { background: #3d4855; border-color: #77828f; }
  .strip .who { flex: none; color: #ffd479; }
  .strip .words { flex: 1; }
  .strip .clauses { margin-top: 2px; }
</style>
"""


def name_of(actor: ActorName, language: Language) -> str:
    """What somebody is called in a demo."""
    return _ACTORS[actor][language]


class Captions:
    """The captions of a journey."""

    def __init__(self, journey: Journey, language: Language, *, clauses: bool = False) -> None:
        """In ``language``, with the ids of the documents' clauses if ``clauses`` are wanted."""
        self._journey = journey
        self._language: Language = language
        self._with_clauses = clauses

    def title(self, *, ready: bool) -> str:
        """The title over everything before the first step: the journey and whether it can begin."""
        steps = _STEPS[self._language].format(len(self._journey.steps))
        acting = dict.fromkeys(self._actor(step.actor) for step in self._journey.steps)
        facts = " · ".join([LANGUAGE_NAMES[self._language], steps, *acting])
        about = self._journey.about.in_language(self._language) if self._journey.about else ""
        state = "" if ready else _GETTING_READY[self._language]
        return _layer(
            "<div class='title'>"
            f"<h1>{escape(self._journey.title.in_language(self._language))}</h1>"
            f"<p class='about'>{escape(about)}</p><p class='facts'>{escape(facts)}</p><p class='state'>{state}</p>"
            "</div>",
            "cover",
        )

    def chapter(self, step: Step) -> str:
        """The card at the beginning of a step: who acts, what is done, and what to notice."""
        who = f"{self._number(step)} · {self._actor(step.actor)} — {_ROLES[step.actor][self._language]}"
        return _layer(
            f"<div class='card'><p class='who'>{escape(who)}</p>"
            f"<h1>{escape(step.title.in_language(self._language))}</h1>"
            f"<p class='caption'>{escape(self.caption_of(step))}</p>{self._clauses(step)}</div>",
            "veil",
        )

    def during(self, step: Step) -> str:
        """The strip below the page while a step is played."""
        words = f"<b>{escape(step.title.in_language(self._language))}</b><br>{escape(self.caption_of(step))}"
        return self._strip(f"{self._number(step)} · {self._actor(step.actor)}", words + self._clauses(step))

    def waiting(self, actor: ActorName) -> str:
        """The strip in the window of a person who does not act."""
        return self._strip(self._actor(actor), _WAITING[self._language], "waiting")

    def pause(self, step: Step | None) -> str:
        """The strip while the demo is paused before ``step``, or at the end."""
        who = f"{self._number(step)} · {self._actor(step.actor)}" if step else ""
        title = (step or self._journey).title.in_language(self._language)
        return self._strip(who, f"<b>{escape(title)}</b><br>{_PAUSED[self._language]}", "paused")

    def caption_of(self, step: Step) -> str:
        """The text of a step for people who watch."""
        return step.caption.in_language(self._language)

    def introduction(self) -> str:
        """The text of the title."""
        about = self._journey.about
        return (about or self._journey.title).in_language(self._language)

    def speaker(self, step: Step) -> str:
        """Who acts."""
        return self._actor(step.actor)

    def _strip(self, who: str, words: str, kind: str = "") -> str:
        return _layer(
            f"<div class='strip {kind}'><span class='who'>{escape(who)}</span><span class='words'>{words}</span></div>"
        )

    def _number(self, step: Step) -> str:
        return f"{self._journey.steps.index(step) + 1}/{len(self._journey.steps)}"

    def _actor(self, actor: ActorName) -> str:
        return name_of(actor, self._language)

    def _clauses(self, step: Step) -> str:
        if not self._with_clauses or not step.clauses:
            return ""
        return f"<p class='clauses'>{_CLAUSES[self._language]}: {escape(', '.join(step.clauses))}</p>"


def _layer(inside: str, kind: str = "") -> str:
    return f"{_STYLE}<div class='layer {kind}'>{inside}</div>"
