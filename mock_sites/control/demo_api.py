"""Demos for players (``demos.py``), as JSON below ``/api/demos``."""

from typing import Any, Final

from apiflask import APIBlueprint

from mock_sites.control import demo_schemas as schemas
from mock_sites.control.demo_notes import DemoState, note_end, note_state
from mock_sites.control.demos import Playable
from mock_sites.control.register import register
from mock_sites.world.sightings import STEP

WAIT_SECONDS: Final = 4.0
"""How long a player waits for an answer, before it asks again: less than the time after which ``mock_sites.client``
shows on the terminal that it waits (``http/loopback.py``).
"""

blueprint = APIBlueprint("demos", __name__, url_prefix="/api/demos", tag="Demos")


@blueprint.post("/next")
@blueprint.input(schemas.WaitForDemo)
@blueprint.output(schemas.NextDemo)
@blueprint.doc(responses={409: "Too many players wait"})
def next_demo(json_data: schemas.WaitForDemo) -> dict[str, Any]:
    """Wait some seconds for the next demo. Meanwhile the pages of worlds offer the journeys."""
    journeys = [Playable(**each.model_dump()) for each in json_data.journeys]
    found = register().demos.wait_for_next(journeys, WAIT_SECONDS)
    if found is None:
        return {"demo": None}
    return {
        "demo": {
            "number": found.number,
            "world": found.world,
            "journey": found.journey.name,
            "language": found.language,
            "speed": found.speed,
        }
    }


@blueprint.post("/<int:number>/begin")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "Another player has begun it, or it was stopped"})
def begin_demo(number: int) -> str:
    """Take a demo, so that no other player plays it."""
    begun = register().demos.begin(number)
    with register().worlds.using(begun.world) as world:
        world.speak(begun.language)
    note_state(register().worlds, begun, DemoState.BEGUN)
    return ""


@blueprint.post("/<int:number>/watch")
@blueprint.output(schemas.WatchedDemo)
@blueprint.doc(responses={409: "It is not being played"})
def watch_demo(number: int) -> dict[str, bool]:
    """Wait some seconds for somebody to stop a demo, from its begin to its end. A player that does not is lost."""
    return {"stopped": register().demos.wait_for_stop(number, WAIT_SECONDS).stopped}


@blueprint.post("/<int:number>/steps")
@blueprint.input(schemas.DemoStep)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "It is not being played"})
def note_step(number: int, json_data: schemas.DemoStep) -> str:
    """Say that a step begins. The timeline of the world shows it."""
    demo = register().demos.running(number)
    with register().worlds.using(demo.world) as world:
        world.see(STEP, json_data.title, step=f"{json_data.number}/{json_data.steps}", actor=json_data.actor)
    return ""


@blueprint.post("/<int:number>/end")
@blueprint.input(schemas.DemoEnd)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses={409: "It is not being played"})
def end_demo(number: int, json_data: schemas.DemoEnd) -> str:
    """Say how a demo ended."""
    demo = register().demos.end(number)
    if json_data.failure:
        note_end(register().worlds, demo, DemoState.FAILED, failure=json_data.failure)
    else:
        note_end(register().worlds, demo, DemoState.STOPPED if json_data.stopped else DemoState.DONE)
    return ""
