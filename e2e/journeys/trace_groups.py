"""A group in the trace for each step of a journey."""

from e2e.journeys.journey import Step
from e2e.scenario.scenario import Scenario


class TraceGroups:
    """Groups the actions of an actor in a step, under its title and clauses.

    Without a trace being recorded it changes nothing.
    """

    def on_step_started(self, scenario: Scenario, step: Step) -> None:
        """Open the group."""
        actor = scenario.actor(step.actor)
        clauses = f" ({', '.join(step.clauses)})" if step.clauses else ""
        actor.context.tracing.group(step.title.in_language(scenario.language) + clauses)

    def on_step_finished(self, scenario: Scenario, step: Step, seconds: float, error: BaseException | None) -> None:
        """Close the group."""
        scenario.actor(step.actor).context.tracing.group_end()
