"""Finds the steps and lines of two recordings that stand at the same place, whatever varies in them."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz.distance import LCSseq

from mock_sites.review.recording import RecordedStep
from mock_sites.review.varying.kinds import Line, read_line, replace_parts

MOST_ALIGNED: Final = 1_000_000_000
"""The greatest product of two numbers of lines that are aligned in their order."""

Places = tuple[int, int]
"""A place in the earlier sequence, and the same one in the later."""

Block = tuple[slice, slice]
"""Lines of the earlier sequence, and those of the later that they are compared with."""


def same_steps(before: Sequence[RecordedStep], after: Sequence[RecordedStep]) -> list[Places]:
    """The places of steps that have the same page and title, in order."""
    return list(same_places([*map(_key, before)], [*map(_key, after)]))


def same_lines(
    before: Sequence[str], after: Sequence[str], earlier: Mapping[str, str], blocks: Iterable[Block] = ()
) -> Iterator[tuple[Places, Line, Line]]:
    """The lines with the same skeleton, each with its places. Values with a known ``earlier`` one have to be equal.

    Those of ``blocks`` that belong together come first, and then those of all lines.
    """
    old, new = [*map(read_line, before)], [*map(read_line, after)]
    known = {value: value for value in earlier.values()}
    skeletons = [_skeleton(line, known) for line in old], [_skeleton(line, earlier) for line in new]
    for was, now in (*blocks, (slice(0, None), slice(0, None))):
        for i, j in same_places(skeletons[0][was], skeletons[1][now]):
            place = was.start + i, now.start + j
            if len(old[place[0]].parts) == len(new[place[1]].parts):
                yield place, old[place[0]], new[place[1]]


def same_places(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Places]:
    """The places of equal items, first those in the same order, then the others, each once."""
    pairs: list[Places] = []
    if len(before) * len(after) <= MOST_ALIGNED:
        for block in LCSseq.opcodes(before, after).as_matching_blocks():
            pairs += zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True)
    yield from pairs
    old, new = {i for i, _j in pairs}, {j for _i, j in pairs}
    left: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, item in enumerate(before):
        if place not in old:
            left[item].append(place)
    for place, item in enumerate(after):
        if place not in new and left[item]:
            yield left[item].popleft(), place


def _key(step: RecordedStep) -> Hashable:
    address = urlsplit(step.url)
    page = f"{address.scheme}://{address.netloc}{address.path}"
    return step.tab, read_line(page).skeleton, read_line(step.title.en).skeleton


def _skeleton(line: Line, known: Mapping[str, str]) -> str:
    if not any(part.text in known for part in line.parts):
        return line.skeleton
    return replace_parts(line.text, [(part, known.get(part.text, part.placeholder)) for part in line.parts])
