"""The actions of people, step by step. They are written once and used for tests, demos and recordings."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from e2e.scenario.actor import Actor, ActorName
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario

Act = Callable[[Actor, Scenario], None]


@dataclass(frozen=True)
class Text:
    """A text for people, in both languages."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """The text in ``language``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Step:
    """An action of one actor, and the clauses that it shows."""

    name: str
    title: Text
    caption: Text
    """What a viewer should notice, and why it matters, in one or two lines."""
    actor: ActorName
    clauses: tuple[str, ...]
    act: Act
    afresh: bool = False
    """Whether its actor needs no page and no sign-in from an earlier step."""

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return self.name.replace("_", "-")

    def play(self, scenario: Scenario, *listeners: "Listener") -> None:
        """Do this step. The world's clock advances only as far as the step advances it."""
        with _notifying(scenario, self, listeners), scenario.world.clock.held():
            self.act(scenario.actor(self.actor), scenario)


class Listener(Protocol):
    """Is called while a journey is played, such as a demo or a recording."""

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Called before a step."""
        ...

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Called after a step, with its duration and, if it failed, with the error."""
        ...


class Journey:
    """A named sequence of steps.

    Attributes:
        name: its name on the command line.
        title: its name on pages and in reports.
        about: what it shows, in a sentence or two. None if it is only played as a part of others.
        begins_after: the step of another journey after which this one begins. None: it begins in a new world.
        steps: its steps in order.
    """

    def __init__(
        self, name: str, *, en: str, zh: str, about: Text | None = None, begins_after: Step | None = None
    ) -> None:
        """A journey without steps, titled in both languages."""
        self.name = name
        self.title = Text(en, zh)
        self.about = about
        self.begins_after = begins_after
        self.steps: list[Step] = []

    def step(
        self,
        actor: ActorName,
        *,
        en: str,
        zh: str,
        caption: Text,
        clauses: Sequence[str] = (),
        afresh: bool = False,
    ) -> Callable[[Act], Step]:
        """Make the decorated function the next step, named after it."""

        def add(act: Act) -> Step:
            step = Step(act.__name__, Text(en, zh), caption, actor, tuple(clauses), act, afresh)
            self.steps.append(step)
            return step

        return add

    def fresh_start(self, step: Step) -> Step:
        """The latest step, not after ``step``, from which the journey can begin without a browser from earlier steps.

        It only needs the world as it was, which a fork provides.
        """
        for start in range(self.steps.index(step), 0, -1):
            first: dict[ActorName, Step] = {}
            for later in self.steps[start:]:
                first.setdefault(later.actor, later)
            if all(each.afresh for each in first.values()):
                return self.steps[start]
        return self.steps[0]

    def steps_after(self, step: Step | None) -> list[Step]:
        """The steps after ``step``. All steps if it is None."""
        return self.steps[self.steps.index(step) + 1 if step else 0 :]

    def play(
        self, scenario: Scenario, *listeners: Listener, after: Step | None = None, until: Step | None = None
    ) -> None:
        """Do the steps in order, from the one after ``after`` to ``until``."""
        for step in self.steps_after(after):
            step.play(scenario, *listeners)
            if step is until:
                return


@contextmanager
def _notifying(scenario: Scenario, step: Step, listeners: Sequence[Listener]) -> Generator[None]:
    """Call the listeners at the beginning of a step, and in the reverse order at its end."""
    for listener in listeners:
        listener.on_step_started(scenario, step)
    began = time.perf_counter()
    error: BaseException | None = None
    try:
        yield
    except BaseException as raised:
        error = raised
        raise
    finally:
        seconds = time.perf_counter() - began
        for listener in reversed(listeners):
            listener.on_step_finished(scenario, step, seconds, error)
