"""The test that a recording of a world becomes, as a file to save."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final
from weakref import WeakKeyDictionary
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mock_sites.control.codegen.known import known_of, signed_in_people
from mock_sites.control.codegen.python import Line, lines_of, source_of
from mock_sites.control.codegen.story import people, story
from mock_sites.world.company import Person
from mock_sites.world.errors import N_, ConflictError, UnknownWorldError
from mock_sites.world.recording import Recording
from mock_sites.world.world import World

TEST_FILE: Final = "test_recorded.py"
"""What the file is called. pytest finds it by that name."""

WORLD_FILE: Final = "test_recorded.zip"
"""What the file of the world is called that lies beside it, if the world was not new."""


@dataclass(frozen=True)
class SavedFile:
    """A file to save: the test in Python, or an archive of it and the world in which it begins."""

    name: str
    kind: str
    content: bytes


def recording_of(world: World) -> Recording:
    """The recording of ``world``.

    Raises:
        UnknownWorldError: it has none.
    """
    if world.recording is None:
        raise UnknownWorldError(N_("World {name} is not recorded."), name=world.name)
    return world.recording


def recorded_people(world: World) -> list[Person]:
    """The ready-made people who acted in the recording of ``world``."""
    found = people(recording_of(world), signed_in_people(world))
    return list({person.key: person for there in found.values() for person in there}.values())


@dataclass(frozen=True)
class WrittenTest:
    """A test: its whole source, and the parts of which it was made.

    ``file`` is the name of the world's file beside it; empty if its world is new.
    """

    source: str
    lines: list[Line]
    language: str
    seed: str
    file: str


_LAST: Final = WeakKeyDictionary[Recording, tuple[tuple[object, ...], WrittenTest]]()
"""Of each recording, the test that was last written, with what it was made of: who reads it saves it next."""


def written_test(world: World, person: str = "", world_file: str = WORLD_FILE) -> WrittenTest:
    """The recording of ``world`` as a test: what everybody did, or the browsers of the person with this key.

    Raises:
        UnknownWorldError: it has no recording.
        ConflictError: nothing was recorded yet, or the person did nothing.
    """
    recording = recording_of(world)
    asked = (person, world_file, len(recording.visits), len(recording.acts), world.last_number())
    last = _LAST.get(recording)
    if last is None or last[0] != asked:
        last = _LAST[recording] = asked, _write_test(world, recording, person, world_file)
    return last[1]


def _write_test(world: World, recording: Recording, person: str, world_file: str) -> WrittenTest:
    known = known_of(world)
    if not recording.visits:
        raise ConflictError(N_("Nothing was recorded yet: nobody has opened a page of this world."))
    found = people(recording, known.person)
    chosen = [browser for browser, there in found.items() if not person or person in {one.key for one in there}]
    if not chosen:
        raise ConflictError(N_("This person did nothing while the world was recorded."), field="person")
    done = story(recording, known, chosen)
    file = world_file if recording.world_file else ""
    source = source_of(done.steps, seed=recording.seed, language=done.language, file=file)
    return WrittenTest(source, lines_of(done.steps), done.language, recording.seed, file)


def saved_file(world: World, person: str = "") -> SavedFile:
    """What to save of the recording of ``world``; raises as ``written_test``."""
    test = written_test(world, person).source.encode()
    recording = recording_of(world)
    if recording.world_file is None:
        return SavedFile(TEST_FILE, "text/x-python", test)
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        for name, content in ((TEST_FILE, test), (WORLD_FILE, recording.world_file)):
            files.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return SavedFile("test_recorded_with_world.zip", "application/zip", archive.getvalue())
