"""The page of one world, from which the operator steers it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mock_sites.control.forms import MOVES, AdvanceForm, DemoForm, ForkForm, MomentForm, SnapshotForm
from mock_sites.control.people_pages import residents
from mock_sites.control.register import COMPANIES, register, start_url
from mock_sites.control.switches import switches_of
from mock_sites.control.timeline_pages import KINDS, text_of
from mock_sites.web.forms import SiteForm
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.world import jobs, records, timeline
from mock_sites.world.errors import UnknownWorldError
from mock_sites.world.mail_reading import envelope, find, read
from mock_sites.world.shared_tables import StoredMail
from mock_sites.world.snapshots import Snapshot
from mock_sites.world.world import World

MOST_MAILS: Final = 5
"""How many mails the page shows; the mailbox has the others."""

MOST_STEPS: Final = 10
"""How many steps of demos the page shows; the timeline has the others."""

_NONE: Final = MappingProxyType[str, SiteForm]({})


@dataclass(frozen=True)
class Question:
    """What a dialog asks before something is removed. ``verb`` is on the button that does it, at the same address."""

    title: str
    text: str
    verb: str


def show_world(
    name: str, sent: Mapping[str, SiteForm] = _NONE, question: Question | None = None
) -> ResponseReturnValue:
    """The page of the world called ``name``. A form in ``sent`` that was refused is shown as sent, with status 422."""
    with register().touch(name) as world:
        waiting, next_job = _waiting(world)
        forms: dict[str, Any] = {
            "fork": ForkForm(None, prefix="fork-"),
            "snapshot": SnapshotForm(None, prefix="snapshot-"),
            "advance": AdvanceForm(None, prefix="advance-"),
            "demo": DemoForm(None, prefix="demo-"),
            "moment": MomentForm(None, prefix="moment-", moment=MomentForm.shown(world.clock.now())),
            "button": SiteForm(None),
        }
        page = render_template(
            "world.html",
            chosen=world,
            snapshots=_snapshots(name),
            waiting=waiting,
            next_job=next_job,
            moves=MOVES,
            companies=COMPANIES,
            residents=residents(world),
            share=start_url(world),
            mailbox=register().mailbox(world),
            for_operators=[address for address in register().addresses(world) if address.site.for_operators],
            switches=switches_of(world),
            question=question,
            mails=[envelope(mail) for mail in records.newest(world, StoredMail, MOST_MAILS)],
            mail=read(shown) if (shown := find(world, request.args.get("mail", 0, type=int))) else None,
            demos=register().demos.current(),
            later=[each for each in register().demos.known() if each.after_en],
            steps=timeline.steps(world, MOST_STEPS),
            end=text_of(timeline.position(world)),
            kinds=KINDS,
            **{**forms, **sent},
        )
    return page, 422 if any(form.refused for form in sent.values()) else 200


def _waiting(world: World) -> tuple[Page[jobs.Due], jobs.Due | None]:
    """A page of the jobs that wait for their time, and the one that is due first."""
    found, total = jobs.waiting_of_all(world, max(1, asked("jobs")) * SIZE)
    number = nearest(asked("jobs"), total, SIZE)
    return Page(found[(number - 1) * SIZE : number * SIZE], number, total, "jobs"), next(iter(found), None)


def _snapshots(name: str) -> Page[Snapshot]:
    """A page of the snapshots, the one that was taken last first."""
    worlds = register().worlds
    labels = worlds.snapshots(name)
    number = nearest(asked("snapshots"), len(labels), SIZE)
    found = list[Snapshot]()
    for label in labels[(number - 1) * SIZE : number * SIZE]:
        with suppress(UnknownWorldError):  # it has been deleted meanwhile
            found.append(worlds.look_at_snapshot(name, label))
    return Page(found, number, len(labels), "snapshots")
