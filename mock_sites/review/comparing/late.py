"""Pages that are only late: what one run shows at the end of a step, the other one has shown shortly before it."""

from mock_sites.review.recording import RecordedStep


def without_late(before: RecordedStep, after: RecordedStep) -> tuple[RecordedStep, RecordedStep]:
    """Both steps, without differences of their title, looks and styles that are only late in one of them."""
    return _settled(before, after), _settled(_with_title(after, before), before)


def _with_title(after: RecordedStep, before: RecordedStep) -> RecordedStep:
    """The later step, with the title of the earlier one if it differs only because one of them is late."""
    is_late = before.document_title in after.passing.titles or after.document_title in before.passing.titles
    return after.model_copy(update={"document_title": before.document_title}) if is_late else after


def _settled(step: RecordedStep, other: RecordedStep) -> RecordedStep:
    """A step without what the other one showed, but no longer shows."""
    past = other.passing.looks.difference(other.looks), other.passing.styles.difference(other.sheets)
    if past[0].isdisjoint(step.looks) and past[1].isdisjoint(step.sheets):
        return step
    looks = tuple(look for look in step.looks if look not in past[0])
    late = {sheet.url for sheet in step.sheets if sheet in past[1]}
    kept = [sheet for sheet in step.sheets if sheet.url not in late]
    sheets = (*(sheet for sheet in other.sheets if sheet.url in late), *kept)
    return step.model_copy(update={"looks": looks, "sheets": sheets})
