"""A baseline with the changes that were accepted, and no others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from mock_sites.review.changes import Accepts, AcceptsInStep, Change
from mock_sites.review.comparing.align import Aligned, How, align, as_one
from mock_sites.review.comparing.compare import compare_fields, compare_flow, compare_steps, follows_from_url
from mock_sites.review.comparing.page import NODES, compare_pages, edits, names_itself_after
from mock_sites.review.comparing.parts import put_back
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.comparing.step_parts import STEP_PARTS
from mock_sites.review.comparing.world import MAILS
from mock_sites.review.recording import RecordedMail, RecordedStep, Recording
from mock_sites.review.tree import Node, read_tree, write_tree


def merge(before: Recording, after: Recording, accepts: AcceptsInStep) -> Recording:
    """``before`` with the changes towards ``after`` that are accepted.

    Changes that cannot be separated, such as two of one request, are taken over if all of them are accepted.
    """
    before, after = _without_pictures(before), _without_pictures(after)
    merged: list[tuple[int | None, RecordedStep]] = []
    back: list[tuple[int, RecordedStep]] = []
    for aligned in align(before.steps, after.steps):
        shown = aligned.after or aligned.before
        accepted = all(accepts(shown[0].id, change) for change in compare_flow(aligned))
        steps = list(_merge_aligned(aligned, partial(accepts, shown[-1].id), accepted=accepted))
        was = aligned.before[0].number if aligned.before else None
        if aligned.how is How.MOVED and not accepted and was is not None:
            back += [(was, step) for step in steps]
        else:
            merged += [(was, step) for step in steps]
    steps = [step.model_copy(update={"number": number}) for number, step in enumerate(put_back(merged, back), 1)]
    return after.model_copy(update={"steps": tuple(steps)})


def _without_pictures(recording: Recording) -> Recording:
    steps = tuple(step.model_copy(update={"image": None}) for step in recording.steps)
    return recording.model_copy(update={"steps": steps})


def _merge_aligned(aligned: Aligned, accepts: Accepts, *, accepted: bool) -> Iterator[RecordedStep]:
    """The steps that result from aligned steps. ``accepted``: whether a change of whole steps is accepted."""
    how, before, after = aligned.how, aligned.before, aligned.after
    if how in {How.ADDED, How.REMOVED}:
        yield from after if accepted else before
    elif how in {How.SPLIT, How.JOINED}:
        whole = accepted and all(map(accepts, compare_steps(as_one(before), as_one(after))))
        yield from after if whole else before
    else:
        [old], [new] = before, after
        step = merge_step(old, new, accepts)
        keeps_name = how is How.RENAMED and not accepted
        yield step.model_copy(update={"name": old.name, "title": old.title}) if keeps_name else step


def merge_step(before: RecordedStep, after: RecordedStep, accepts: Accepts) -> RecordedStep:
    """A step as it was, with the changes that are accepted."""
    kept = {name: getattr(before, name) for change, name in compare_fields(before, after) if not accepts(change)}
    tree = merge_trees(before.tree, after.tree, accepts)
    redirected = follows_from_url(before, after)

    def accepts_part(change: Change) -> bool:
        return "url" not in kept if change == redirected else accepts(change)

    blends = {"mails": partial(_blend_mails, accepts)}
    parts = {
        name: tuple(part.merge(getattr(before, name), getattr(after, name), accepts_part, blends.get(name)))
        for name, part in STEP_PARTS.items()
    }
    return after.model_copy(update={**kept, **parts, "tree": tree})


def _blend_mails(accepts: Accepts, old: RecordedMail, new: RecordedMail) -> RecordedMail:
    """A mail as it was, with the accepted changes of recipient, subject and text."""
    taken: dict[str, str] = {}
    for name in ("to", "subject", "text"):
        update = {name: getattr(new, name)}
        if all(map(accepts, MAILS.differences(Pair(old, old.model_copy(update=update))))):
            taken |= update
    return old.model_copy(update=taken)


def merge_trees(before: str, after: str, accepts: Accepts) -> str:
    """An accessibility tree as it was, with the changes that are accepted."""
    accepted = [accepts(change) for change in compare_pages(before, after)]
    if all(accepted):
        return after
    if not any(accepted):
        return before
    return write_tree(_merge_nodes(read_tree(before), read_tree(after), accepts))


def _merge_nodes(before: Sequence[Node], after: Sequence[Node], accepts: Accepts) -> list[Node]:
    def blend(old: Node, new: Node) -> Node:
        children = tuple(_merge_nodes(old.children, new.children, accepts))
        follows = children != old.children and names_itself_after(old, new)
        node = replace(old, children=children, name=new.name if follows else old.name)
        for change, edit in edits(old, new):
            if accepts(change):
                node = edit(node)
        return node

    return NODES.merge(before, after, accepts, blend)
