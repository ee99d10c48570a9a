"""The regional site of a request, from its host name."""

from flask import request

from mock_sites.guance.domain.sites import CONSOLE_HOSTS, LOGIN_HOSTS, RegionalSite
from mock_sites.web.context import world


def current_site() -> RegionalSite:
    """The regional site of this request's host. The host is the site's login or its console."""
    host = request.host.removesuffix(world().suffix)
    return LOGIN_HOSTS.get(host) or CONSOLE_HOSTS[host]


def current_realm() -> str:
    """The realm of the regional site of this request."""
    return current_site().realm


def current_login_page() -> str:
    """The documented address of the sign-in page of the regional site of this request."""
    return current_site().login_url
