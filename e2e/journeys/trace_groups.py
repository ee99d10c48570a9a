"""A group in the trace for each step of a journey."""

from e2e.journeys.journey import Step
from e2e.stage.stage import Stage


class TraceGroups:
    """Groups what an actor does in a step; without a trace being recorded it changes nothing."""

    def on_step_started(self, stage: Stage, step: Step) -> None:
        """Open the group."""
        actor = stage.actor(step.actor)
        actor.context.tracing.group(step.title.in_language(stage.language))

    def on_step_finished(self, stage: Stage, step: Step, seconds: float, error: BaseException | None) -> None:
        """Close the group."""
        stage.actor(step.actor).context.tracing.group_end()
