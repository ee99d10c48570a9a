"""Ids that somebody else has chosen, such as a seller's instance ids, as segments of paths."""


def to_segment(text: str) -> str:
    """Any text as a segment of a path, without slashes. It is quoted again, as servers take ``%2F`` for a slash."""
    return text.replace("%", "%25").replace("/", "%2F")


def from_segment(segment: str) -> str:
    """The text that a segment of a path stands for."""
    return segment.replace("%2F", "/").replace("%25", "%")
