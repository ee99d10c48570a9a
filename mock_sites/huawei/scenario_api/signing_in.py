"""Signing in and out."""

from typing import Any

from apiflask import APIBlueprint

from mock_sites.huawei.console.forms import SignInForm
from mock_sites.huawei.domain import accounts, second_verification
from mock_sites.huawei.scenario_api import acting, answers, schemas
from mock_sites.web.json_forms import typed
from mock_sites.world import sign_ins

blueprint = APIBlueprint("scenario_sign_in", __name__, url_prefix="/api", tag="Sign-in")


@blueprint.post("/sign-ins")
@blueprint.input(schemas.SignIn)
@blueprint.output(schemas.SignedIn, status_code=201)
def sign_in(json_data: schemas.SignIn) -> dict[str, Any]:
    """Sign an account in. It lasts 12 hours of the world's time."""
    typed(SignInForm, {"name": json_data.name, "password": json_data.password})
    with acting.working() as uow:
        account = accounts.authenticate(uow, json_data.name, json_data.password)
        second_verification.check_none(account)
        begun = sign_ins.begin(uow, accounts.REALM, account.id)
        return {"token": begun.token, "ends_at": begun.ends_at, "account": answers.account(account)}


@blueprint.delete("/sign-ins")
@blueprint.output({}, status_code=204)
@blueprint.doc(security=acting.SCHEME)
def sign_out() -> str:
    """Sign out: the token opens nothing any more."""
    with acting.working() as uow:
        found = acting.sign_in_of(uow)
        sign_ins.end(uow, found.token, found.subject)
    return ""


@blueprint.get("/account")
@blueprint.output(schemas.Account)
@blueprint.doc(security=acting.SCHEME)
def account() -> dict[str, Any]:
    """The account that is signed in."""
    with acting.reading() as (_, found):
        return answers.account(found)
