"""Every job is declared once, and has a handler before the program starts."""

import ast
from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path

import pytest

from mock_sites.control import words
from mock_sites.guance.company import COMPANY as GUANCE
from mock_sites.huawei.company import COMPANY as HUAWEI
from mock_sites.huawei.domain.jobs import Activity, Deliver, KitCall, Sync
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.tests.support.faults import Errand
from mock_sites.tests.support.sources import sources
from mock_sites.world.job import Handler, Job, Jobs, as_json, from_json
from mock_sites.world.world import World

SOURCES = [*sources()]
JOBS = {**HUAWEI.jobs, **GUANCE.jobs}


class _ShopJob(Job):
    """The base class of the jobs of a shop."""


@dataclass(frozen=True)
class _Open(_ShopJob, kind="open"):
    day: str


@dataclass(frozen=True)
class _Close(_ShopJob, kind="close"):
    pass


def _nothing(_uow: object, _job: object) -> None:
    """Handle a job."""


def test_a_job_without_a_handler_ends_the_program_when_it_starts() -> None:
    assert len(Jobs(_ShopJob, Handler(_Open, _nothing), Handler(_Close, _nothing))) == 2
    for handled in ([_Open], [_Open, _Close, _Close], [_Open, _Open], [_Open, _Close, Errand]):
        with pytest.raises(TypeError, match="Each job needs one handler and a kind of its own"):
            Jobs(_ShopJob, *(Handler(job, _nothing) for job in handled))


def test_a_job_that_the_company_does_not_handle_is_not_scheduled(world: World) -> None:
    with world.uow("guance", write=True) as uow, pytest.raises(TypeError, match="no handler for Errand"):
        uow.schedule(Errand())


def test_a_job_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        _Open("Monday").day = "Sunday"  # pyright: ignore[reportAttributeAccessIssue]


def test_jobs_are_stored_as_their_fields_without_defaults_and_read_again() -> None:
    call = KitCall(interface=KitInterface.AUTHORIZATION, flag=1, members=("a", "b"))
    frozen = {"activity": "updateInstanceStatus", "order": "CS1", "status": "UNFREEZE", "expired": False, "tries": 2}
    synced = {"interface": "authSync", "flag": 1, "members": ["a", "b"], "enterprise": "e", "instance": "i", "then": []}
    stored = {
        Deliver(activity=Activity.NEW_INSTANCE, order="CS1"): {"activity": "newInstance", "order": "CS1"},
        Deliver(
            activity=Activity.UPDATE_INSTANCE_STATUS, order="CS1", status="UNFREEZE", expired=False, tries=2
        ): frozen,
        Sync.of(call, "e", "i", ()): synced,
    }
    for job, payload in stored.items():
        assert as_json(job) == payload
        assert from_json(type(job), payload) == job


def test_jobs_are_named_and_scheduled_by_their_classes_only() -> None:
    """The kinds of jobs are in the declarations only, and no text is scheduled.

    What the operator's pages call each kind is tested in ``test_timeline``.
    """
    wrong: list[str] = []
    for path in SOURCES:
        if path == Path(words.__file__):
            continue
        tree = ast.parse(path.read_text())
        declared = {node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "kind"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in JOBS and node not in declared:
                wrong.append(f"{path.name}:{node.lineno}: {node.value}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "schedule":
                (job,) = node.args
                if not isinstance(job, ast.Call | ast.Name):
                    wrong.append(f"{path.name}:{node.lineno}: this is scheduled and no job: {ast.unparse(job)}")
    assert wrong == []
