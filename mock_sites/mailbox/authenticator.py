"""An authenticator app, as people have it on their phones: it shows the codes of a secret, at the world's time."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import StringField

from mock_sites.web.context import world
from mock_sites.web.forms import SiteForm, form_page, required, submit, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world import totp

blueprint = Blueprint("authenticator", __name__)


class SecretForm(SiteForm):
    """The secret that a site shows when an app is bound to an account."""

    saves = False

    secret = StringField(_l("Secret"), filters=[trimmed], validators=required())


@dataclass(frozen=True)
class Code:
    """A code, and for how many seconds the app shows it."""

    digits: str
    seconds: int


@blueprint.route("/authenticator", methods=["GET", "POST"])
def app() -> ResponseReturnValue:
    """The code of a secret now. Nothing is stored."""
    form = SecretForm()
    return form_page("authenticator.html", form, code=submit(form, lambda: _code(form.secret.data or "")))


def _code(secret: str) -> Code:
    now = world().clock.now()
    return Code(totp.code_at(totp.key_of(secret), now), totp.STEP - int(now.timestamp()) % totp.STEP)
