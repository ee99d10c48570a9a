"""What DataKit sends: a host has begun to report, or has stopped. An API with its OpenAPI document."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from apiflask import APIBlueprint, APIFlask, abort
from pydantic import BaseModel, Field

from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.tables import Host as StoredHost
from mock_sites.web.context import world
from mock_sites.web.json_api import Body, create_api, written_as
from mock_sites.world.errors import Refusal

blueprint = APIBlueprint("datakit_api", __name__, url_prefix="/api/hosts", tag="Hosts")


class StoppedHost(Body):
    """The host whose DataKit has stopped."""

    token: str = Field(description="The token of the workspace, from Integrations > DataKit.")
    name: str = Field(
        description="The host name: 1 to 63 letters, digits, dots, hyphens and underscores.",
        json_schema_extra=written_as(hosts.NAME),
    )


class ReportingHost(StoppedHost):
    """The host whose DataKit has begun to send data."""

    system: Literal["linux", "windows", "macos"] = "linux"


class Host(BaseModel):
    """A host of a workspace."""

    workspace: str
    name: str
    system: str
    since: datetime = Field(description="Its first report, in ISO 8601 in UTC.")
    stopped_at: datetime | None = Field(description="When its DataKit stopped.")


def create_app() -> APIFlask:
    """The API."""
    return create_api(
        "guance.production_api.api",
        title="Mock sites: DataKit",
        description="The hosts that report to the workspaces of one world. Moments are ISO 8601 in UTC.",
        not_found="No such address",
        blueprints=[blueprint],
    )


@blueprint.post("")
@blueprint.input(ReportingHost)
@blueprint.output(Host)
@blueprint.doc(responses={403: "No workspace has this token, or it is locked", 422: "No host name"})
def report(json_data: ReportingHost) -> dict[str, Any]:
    """A host has begun to send data. The data of its workspace begin with the first host."""
    with _refusals(name=422), world().uow("guance", write=True) as uow:
        return _describe(hosts.report(uow, json_data.token, json_data.name, json_data.system))


@blueprint.post("/stop")
@blueprint.input(StoppedHost)
@blueprint.output(Host)
@blueprint.doc(responses={403: "No workspace has this token, or it is locked", 404: "No such host"})
def stop(json_data: StoppedHost) -> dict[str, Any]:
    """A host sends no more data. After ten minutes it is shown as offline."""
    with _refusals(name=404), world().uow("guance", write=True) as uow:
        return _describe(hosts.stop(uow, json_data.token, json_data.name))


@contextmanager
def _refusals(*, name: int) -> Generator[None]:
    """Refusals are answered with 403, and with the status ``name`` if they are about the name."""
    try:
        yield
    except Refusal as refusal:
        abort(name if refusal.field == "name" else 403, str(refusal))


def _describe(host: StoredHost) -> dict[str, Any]:
    return {
        "workspace": host.workspace_id,
        "name": host.name,
        "system": host.system,
        "since": host.since,
        "stopped_at": host.stopped_at,
    }
