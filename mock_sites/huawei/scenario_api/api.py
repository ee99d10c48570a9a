"""The scenario API's app, with its OpenAPI document at ``/api/openapi.json``.

Each operation does what a page does, by calling the same rules, and refuses what the page refuses, for the same reason.
"""

from apiflask import APIFlask
from flask_babel import Babel

from mock_sites.huawei.scenario_api import acting, buying, logging_in, partner_services, services, signing_in
from mock_sites.web.json_api import create_api


def create_app() -> APIFlask:
    """The API."""
    app = create_api(
        "huawei.marketplace.api",
        title="Mock sites: marketplace without a browser",
        description="What a buyer does on the pages of one world, for programs. Moments are ISO 8601 in UTC, prices "
        "are in CNY. Sign in first, and send the token in the header X-Auth-Token.",
        not_found="No such offer, order, service or enterprise, or it belongs to another account",
        blueprints=[each.blueprint for each in (signing_in, buying, services, partner_services, logging_in)],
    )
    app.security_schemes = {acting.SCHEME: {"type": "apiKey", "in": "header", "name": acting.HEADER}}
    app.before_request(acting.check_signed_in)
    Babel(app)  # the pages' forms are used, whose messages pass through it; they stay English
    return app
