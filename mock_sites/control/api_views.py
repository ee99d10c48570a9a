"""The control API: worlds with their clocks, snapshots, recordings, journal, jobs, people and sites, as JSON."""

from dataclasses import asdict
from io import BytesIO
from typing import Any, Final

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.control import recorded_tests, schemas, switches
from mock_sites.control.register import looked_at, register, start_url
from mock_sites.control.register import people as people_of
from mock_sites.web.json_api import takes_file
from mock_sites.world import jobs as world_jobs
from mock_sites.world import recording, world_files
from mock_sites.world.clock import Clock
from mock_sites.world.errors import UnknownWorldError
from mock_sites.world.world import World

WORLD_FILE: Final = "application/zip"

blueprint = APIBlueprint("worlds", __name__, url_prefix="/api/worlds", tag="Worlds")

# ---------------------------------------------------------------------- worlds


@blueprint.get("")
@blueprint.input(schemas.WorldQuery, location="query")
@blueprint.output(schemas.WorldList)
def worlds(query_data: schemas.WorldQuery) -> dict[str, Any]:
    """The worlds, main first, the others by name."""
    names = register().worlds.names(after=query_data.after)
    shown = names[: query_data.limit]
    described, unusable = looked_at(shown)
    return {
        "worlds": [_describe(world) for world in described],
        "unusable": [
            {"name": name, "reason": reason, "stored_at": register().worlds.stored_at(name)}
            for name, reason in unusable
        ],
        "next": shown[-1] if len(shown) < len(names) else None,
    }


@blueprint.post("")
@blueprint.input(schemas.MakeWorld)
@blueprint.output(schemas.World, status_code=201)
@blueprint.doc(responses={409: "The name is taken"})
def make_world(json_data: schemas.MakeWorld) -> ResponseReturnValue:
    """Make a world."""
    return _make(json_data.name, json_data)


@blueprint.get("/<name>")
@blueprint.output(schemas.World)
def world(name: str) -> schemas.World:
    """A world."""
    with register().touch(name) as found:
        return _describe(found)


@blueprint.put("/<name>")
@blueprint.input(schemas.MakeNamedWorld)
@blueprint.output(schemas.World, status_code=201)
@blueprint.doc(responses={409: "The name is taken"})
def make_named_world(name: str, json_data: schemas.MakeNamedWorld) -> ResponseReturnValue:
    """Make a world of this name."""
    return _make(name, json_data)


@blueprint.delete("/<name>")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "The world stayed in use"})
def drop_world(name: str) -> str:
    """Remove a world and its snapshots."""
    register().worlds.drop(name)
    return ""


@blueprint.post("/<name>/fork")
@blueprint.input(schemas.ForkWorld)
@blueprint.output(schemas.World, status_code=201)
@blueprint.doc(responses={409: "The name is taken, or the world stayed in use"})
def fork_world(name: str, json_data: schemas.ForkWorld) -> ResponseReturnValue:
    """Make a world that begins as this one is now, its time included."""
    return _made(register().worlds.fork(name, json_data.name))


# ---------------------------------------------------------------------- files


@blueprint.get("/<name>/file")
@blueprint.output(FileSchema(), content_type=WORLD_FILE)
@blueprint.doc(responses={409: "The world stayed in use"})
def export_world(name: str) -> Response:
    """The world as it is now, without its snapshots, as a file that any server of the same version can import."""
    archive = BytesIO()
    world_files.export_world(register().worlds, name, archive)
    return Response(archive.getvalue(), mimetype=WORLD_FILE)


@blueprint.put("/<name>/file")
@blueprint.output(schemas.World, status_code=201)
@blueprint.doc(
    responses={409: "The name is taken, or another version has exported the file", 422: "Not valid"},
    extensions=takes_file(WORLD_FILE),
)
def import_world(name: str) -> ResponseReturnValue:
    """Make a world of this name from an exported one, its time included."""
    return _made(world_files.import_world(register().worlds, BytesIO(request.get_data()), name))


# ---------------------------------------------------------------------- snapshots


@blueprint.get("/<name>/snapshots")
@blueprint.output(schemas.SnapshotList)
def snapshots(name: str) -> schemas.SnapshotList:
    """The snapshots of a world, the one that was taken last first."""
    with register().worlds.using(name):
        return schemas.SnapshotList(snapshots=[_snapshot(name, each) for each in register().worlds.snapshots(name)])


@blueprint.get("/<name>/snapshots/<label>")
@blueprint.output(schemas.Snapshot)
def snapshot(name: str, label: str) -> schemas.Snapshot:
    """A snapshot."""
    with register().worlds.using(name):
        return _snapshot(name, label)


@blueprint.put("/<name>/snapshots/<label>")
@blueprint.output(schemas.Snapshot)
@blueprint.doc(responses={409: "The world stayed in use", 422: "Not valid"})
def keep_snapshot(name: str, label: str) -> schemas.Snapshot:
    """Keep the present state, in place of an older snapshot of that label."""
    register().worlds.snapshot(name, label)
    return _snapshot(name, label)


@blueprint.delete("/<name>/snapshots/<label>")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "The world stayed in use"})
def drop_snapshot(name: str, label: str) -> str:
    """Remove a snapshot; the world stays as it is."""
    register().worlds.drop_snapshot(name, label)
    return ""


@blueprint.post("/<name>/snapshots/<label>/restore")
@blueprint.output(schemas.World)
@blueprint.doc(responses={409: "The world stayed in use"})
def restore_snapshot(name: str, label: str) -> schemas.World:
    """Put the world back to the snapshot, its clock too."""
    return _describe(register().worlds.restore(name, label))


# ---------------------------------------------------------------------- recordings


@blueprint.put("/<name>/recording")
@blueprint.output(schemas.Recording, status_code=201)
@blueprint.doc(responses={409: "The world stayed in use"})
def begin_recording(name: str) -> ResponseReturnValue:
    """Record what people do in a world from now on, in place of an earlier recording."""
    recording.begin(register().worlds, name)
    with register().touch(name) as found:
        return _recording(found), 201  # pyright: ignore[reportReturnType]


@blueprint.get("/<name>/recording")
@blueprint.output(schemas.Recording)
def show_recording(name: str) -> schemas.Recording:
    """The recording of a world."""
    with register().touch(name) as found:
        return _recording(found)


@blueprint.post("/<name>/recording/stop")
@blueprint.output(schemas.Recording)
def stop_recording(name: str) -> schemas.Recording:
    """Record no more. What was recorded stays until the server ends, or the world is restored."""
    with register().touch(name) as found:
        recorded_tests.recording_of(found).stop()
        return _recording(found)


@blueprint.delete("/<name>/recording")
@blueprint.output({}, status_code=204)
def discard_recording(name: str) -> str:
    """Forget what was recorded."""
    with register().touch(name) as found:
        recorded_tests.recording_of(found)
        found.recording = None
    return ""


@blueprint.get("/<name>/recording/test")
@blueprint.input(schemas.RecordedTestQuery, location="query")
@blueprint.output(schemas.RecordedTest)
@blueprint.doc(responses={409: "Nothing was recorded yet, or not of this person", 422: "Not valid"})
def recorded_test(name: str, query_data: schemas.RecordedTestQuery) -> dict[str, Any]:
    """The recording as a test. Passwords and codes are not in it."""
    with register().touch(name) as found:
        return asdict(recorded_tests.written_test(found, query_data.person, query_data.world_file))


@blueprint.get("/<name>/recording/world")
@blueprint.output(FileSchema(), content_type=WORLD_FILE)
def recorded_world(name: str) -> Response:
    """The world as it was when the recording began, as a file, if it was not new."""
    with register().touch(name) as found:
        file = recorded_tests.recording_of(found).world_file
    if file is None:
        raise UnknownWorldError("World {name} was new when the recording began: its seed is enough.", name=name)
    return Response(file, mimetype=WORLD_FILE)


# ---------------------------------------------------------------------- clock


@blueprint.get("/<name>/clock")
@blueprint.output(schemas.Clock)
def clock(name: str) -> schemas.Clock:
    """The world's clock."""
    with register().touch(name) as found:
        return _read(found.clock)


@blueprint.patch("/<name>/clock")
@blueprint.input(schemas.ChangeClock)
@blueprint.output(schemas.Clock)
def change_clock(name: str, json_data: schemas.ChangeClock) -> schemas.Clock:
    """Freeze the clock, or let it run."""
    with register().touch(name) as found:
        found.set_frozen(json_data.frozen)
        return _read(found.clock)


@blueprint.post("/<name>/clock/advance")
@blueprint.input(schemas.AdvanceClock)
@blueprint.output(schemas.AdvancedClock)
def advance_clock(name: str, json_data: schemas.AdvanceClock) -> dict[str, Any]:
    """Move the clock forward, doing each job on the way at its time."""
    with register().worlds.using(name) as found:
        done = world_jobs.advance(found, json_data.seconds)
        return {**_read(found.clock).model_dump(), "jobs_done": done}


# ---------------------------------------------------------------------- switches


@blueprint.put("/<name>/switches")
@blueprint.input(schemas.TurnSwitch)
@blueprint.output({}, status_code=204)
def turn_switch(name: str, json_data: schemas.TurnSwitch) -> str:
    """Turn on or off what the staff of a company would turn for a customer."""
    with register().touch(name) as found:
        company, switch = switches.find_switch(found, json_data.name, json_data.customer)
        switches.turn_switch(found, company, switch.key, on=json_data.on)
    return ""


# ---------------------------------------------------------------------- what there is in a world


@blueprint.get("/<name>/journal")
@blueprint.input(schemas.JournalQuery, location="query")
@blueprint.output(schemas.Journal)
def journal(name: str, query_data: schemas.JournalQuery) -> dict[str, Any]:
    """What happened, the earliest first."""
    with register().touch(name) as found:
        events = found.journal(query_data.after, query_data.kind, query_data.limit + 1)
    described = [
        {"number": event.number, "at": event.at, "kind": event.kind, "facts": event.details}
        for event in events[: query_data.limit]
    ]
    return {"events": described, "more": len(events) > query_data.limit}


@blueprint.get("/<name>/jobs")
@blueprint.input(schemas.JobQuery, location="query")
@blueprint.output(schemas.JobList)
def jobs(name: str, query_data: schemas.JobQuery) -> dict[str, Any]:
    """The jobs that wait for their time."""
    with register().touch(name) as found:
        waiting = world_jobs.waiting(found, query_data.limit + 1)
    described = [{"due": job.due, "company": job.company, "kind": job.kind} for job in waiting[: query_data.limit]]
    return {"jobs": described, "more": len(waiting) > query_data.limit}


@blueprint.get("/<name>/people")
@blueprint.output(schemas.PersonList)
def people(name: str) -> dict[str, Any]:
    """The ready-made people."""
    with register().touch(name) as found:
        described = [
            asdict(person) | {"company": company, "name": person.name, "sign_in": found.local(person.sign_in)}
            for company, person in people_of(found)
        ]
    return {"people": described}


@blueprint.get("/<name>/sites")
@blueprint.output(schemas.SiteList)
def sites(name: str) -> dict[str, Any]:
    """The sites."""
    with register().touch(name) as found:
        described = [
            {
                "name": address.site.host,
                "url": address.url,
                "title": address.site.title,
                "company": address.site.company,
                "for_people": bool(address.site.about),
            }
            for address in register().addresses(found)
        ]
    return {"sites": described}


# ---------------------------------------------------------------------- inside


def _make(name: str | None, asked: schemas.MakeNamedWorld) -> ResponseReturnValue:
    made = register().worlds.make(name, asked.seed, running=asked.running)
    made.speak(asked.language)
    return _made(made)


def _made(world: World) -> ResponseReturnValue:
    """The answer about a new world."""
    return _describe(world), 201, {"Location": url_for(".world", name=world.name)}  # pyright: ignore[reportReturnType]


def _describe(world: World) -> schemas.World:
    return schemas.World(
        name=world.name,
        seed=world.seed.text,
        clock=_read(world.clock),
        snapshots=register().worlds.snapshots(world.name),
        suffix=world.suffix,
        url=start_url(world),
        stored_at=register().worlds.stored_at(world.name),
        mailbox=register().mailbox(world),
    )


def _snapshot(name: str, label: str) -> schemas.Snapshot:
    found = register().worlds.look_at_snapshot(name, label)
    clock = schemas.Clock(now=found.now, frozen=found.frozen) if found.now else None
    return schemas.Snapshot(world=name, label=label, clock=clock)


def _recording(world: World) -> schemas.Recording:
    found = recorded_tests.recording_of(world)
    return schemas.Recording(
        running=found.running,
        began=found.began,
        visits=len(found.visits),
        has_world_file=found.world_file is not None,
        people=[person.key for person in recorded_tests.recorded_people(world)],
    )


def _read(clock: Clock) -> schemas.Clock:
    return schemas.Clock(now=clock.now(), frozen=clock.frozen)
