"""The control API's app, with its OpenAPI document at ``/api/openapi.json``."""

from apiflask import APIFlask
from flask.typing import ResponseReturnValue

from mock_sites.control import api_views, demo_api
from mock_sites.control.lost import raise_trouble
from mock_sites.control.schemas import NAME_PATTERN
from mock_sites.web import unavailable
from mock_sites.web.json_api import create_api, problem
from mock_sites.world.errors import ConflictError, UnknownWorldError, WorldError
from mock_sites.world.unavailable import why_unavailable


def create_app() -> APIFlask:
    """The API."""
    app = create_api(
        "control.api",
        title="Mock sites: control",
        description="Worlds of the mock sites and everything in them. Moments are ISO 8601 in UTC.",
        not_found="No such world, snapshot or demo",
        blueprints=[api_views.blueprint, demo_api.blueprint],
        patterns={"name": NAME_PATTERN, "label": NAME_PATTERN},
    )
    app.before_request(raise_trouble)
    app.register_error_handler(WorldError, _show_refusal)
    return app


def _show_refusal(error: WorldError) -> ResponseReturnValue:
    if found := why_unavailable(error):
        return problem(unavailable.status_of(found), str(found), unavailable.headers_of(found))
    status = 404 if isinstance(error, UnknownWorldError) else 409 if isinstance(error, ConflictError) else 422
    return problem(status, str(error))
