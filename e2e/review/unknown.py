"""What some traces do not tell, such as dialogs in those of old versions of Playwright, is not compared."""

from e2e.review.recording import RecordedStep, Recording


def known_in_both(before: Recording, after: Recording) -> tuple[Recording, Recording]:
    """Two recordings, each without the fields of steps that the other one does not tell."""
    unknown = {*before.unknown, *after.unknown}
    empty = {name: field.default for name, field in RecordedStep.model_fields.items() if name in unknown}
    return _changed(before, empty), _changed(after, empty)


def _changed(recording: Recording, fields: dict[str, object]) -> Recording:
    if not fields:
        return recording
    return recording.model_copy(update={"steps": tuple(step.model_copy(update=fields) for step in recording.steps)})
