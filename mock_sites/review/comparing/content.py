"""What changed in the dialogs, files and WebSockets of a step."""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from rapidfuzz.distance import Indel

from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.comparing.parts import SequenceDiff
from mock_sites.review.comparing.sequences import Pair
from mock_sites.review.page_content import Dialog, SocketMessage, TransferredFile

T = TypeVar("T")


def _whole(kind: Kind, pair: Pair[T], describe: Callable[[T], str], happens: str) -> Iterator[Change]:
    """The change of a pair whose one side is missing, or whose place changed."""
    if pair.before is None:
        assert pair.after is not None
        yield Change(kind, f"{describe(pair.after)} {happens} in addition")
    elif pair.after is None:
        yield Change(kind, f"{describe(pair.before)} no longer {happens}")
    elif pair.moved:
        yield Change(kind, f"{describe(pair.before)} comes in another order")


def _dialog_differences(pair: Pair[Dialog]) -> Iterator[Change]:
    """Which dialogs are new or gone, of another kind, or say something else."""
    old, new = pair.before, pair.after
    yield from _whole(Kind.DIALOGS, pair, _describe_dialog, "opens")
    if old and new and not pair.moved:
        if old.kind != new.kind:
            yield Change(Kind.DIALOGS, f"{_describe_dialog(old)} is now {_article(new.kind)}")
        if old.message != new.message:
            what = f"{_describe_dialog(old)} now says “{new.message}”"
            yield Change(Kind.DIALOGS, what, value=Value(old.message, new.message))
        if old.proposed != new.proposed:
            what = f"{_describe_dialog(old)} proposes “{new.proposed}” instead of “{old.proposed}”"
            yield Change(Kind.DIALOGS, what, value=Value(old.proposed, new.proposed))
        if old.answer and new.answer and old.answer != new.answer:
            what = f"{_describe_dialog(old)} is answered with {new.answer} instead of {old.answer}"
            yield Change(Kind.DIALOGS, what)


def _describe_dialog(dialog: Dialog) -> str:
    return f"{dialog.kind} “{dialog.message}”"


def _article(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def _alike_dialogs(old: Dialog, new: Dialog) -> float:
    """One dialog that changed has its kind or its message still."""
    return 2 * (old.message == new.message) + (old.kind == new.kind)


def _differences_of_files(what: str) -> Callable[[Pair[TransferredFile]], Iterator[Change]]:
    """Which files are new or gone, have another name or, as far as it is known, another content."""

    def describe(file: TransferredFile) -> str:
        return f"{what} of “{file.name}”"

    def differences(pair: Pair[TransferredFile]) -> Iterator[Change]:
        old, new = pair.before, pair.after
        yield from _whole(Kind.FILES, pair, describe, "happens")
        if old and new and not pair.moved:
            if old.name != new.name:
                what = f"{describe(old)} has the name “{new.name}” now"
                yield Change(Kind.FILES, what, value=Value(old.name, new.name))
            if _other_content(old, new):
                yield Change(
                    Kind.FILES, f"{describe(old)} has another content: SHA-256 {new.digest}… instead of {old.digest}…"
                )
            elif old.size != new.size and None not in {old.size, new.size}:
                yield Change(Kind.FILES, f"{describe(old)} has {new.size} instead of {old.size} bytes")

    return differences


def _other_content(old: TransferredFile, new: TransferredFile) -> bool:
    return bool(old.digest and new.digest) and old.digest != new.digest


def _alike_files(old: TransferredFile, new: TransferredFile) -> float:
    """Files with the same name or content, or else any two of the same place in order."""
    return 1 + 2 * (old.name == new.name) + 2 * (bool(old.digest) and old.digest == new.digest)


def _socket_differences(pair: Pair[SocketMessage]) -> Iterator[Change]:
    """Which messages are new or gone, or say something else."""
    old, new = pair.before, pair.after
    yield from _whole(Kind.SOCKETS, pair, _describe_message, "comes")
    if old and new and not pair.moved:
        if old.url != new.url:
            what = f"{_describe_message(old)} belongs to {new.url} now"
            yield Change(Kind.SOCKETS, what, value=Value(old.url, new.url))
        if (old.text, old.size) != (new.text, new.size):
            now = f"“{new.text}”, {new.size} instead of {old.size} bytes" if old.size != new.size else f"“{new.text}”"
            yield Change(Kind.SOCKETS, f"{_describe_message(old)} is now {now}", value=Value(old.text, new.text))


def _describe_message(message: SocketMessage) -> str:
    return f"message “{message.text}” {message.direction} by {message.url}"


def _alike_messages(old: SocketMessage, new: SocketMessage) -> float:
    """Messages of the same direction, the more alike the better."""
    if old.direction != new.direction:
        return 0
    return 0.1 + (old.url == new.url) + Indel.normalized_similarity(old.text, new.text)


DIALOGS: Final = SequenceDiff[Dialog](key=lambda dialog: dialog, alike=_alike_dialogs, differences=_dialog_differences)
DOWNLOADS: Final = SequenceDiff[TransferredFile](
    key=lambda file: file, alike=_alike_files, differences=_differences_of_files("download")
)
UPLOADS: Final = SequenceDiff[TransferredFile](
    key=lambda file: file, alike=_alike_files, differences=_differences_of_files("upload")
)
SOCKETS: Final = SequenceDiff[SocketMessage](
    key=lambda message: message, alike=_alike_messages, differences=_socket_differences
)
