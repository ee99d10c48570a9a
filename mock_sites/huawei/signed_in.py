"""The account that is signed in to Huawei Cloud, and its IAM user, for views and pages."""

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from mock_sites.huawei import people, readers
from mock_sites.huawei.domain import accounts, iam_users
from mock_sites.huawei.domain.tables import Account, IamAccess, IamUser
from mock_sites.web import language
from mock_sites.web.context import uow
from mock_sites.web.signing_in import login_required, set_up_sign_in, sign_in, signed_in_subject
from mock_sites.web.texts import spoken

DOMAIN = "huaweicloud.com"
SIGN_IN_PAGE = "https://auth.huaweicloud.com/authui/login"

Parameters = ParamSpec("Parameters")
View = Callable[Parameters, ResponseReturnValue]

__all__ = [
    "account",
    "begin",
    "called",
    "for_administrators",
    "for_the_account",
    "iam_user",
    "login_required",
    "set_up",
    "signed_in",
]


def set_up(app: Flask) -> None:
    """Let Huawei Cloud accounts and their IAM users sign in to the site, and show who is signed in."""
    set_up_sign_in(app, realm=accounts.REALM, page=SIGN_IN_PAGE, begin=begin)
    app.before_request(_refuse_readers)
    app.context_processor(
        lambda: {"signed_in": signed_in(), "iam_user": iam_user(), "initials": _initials, "shown_name": _shown_name}
    )
    app.jinja_env.filters["called"] = called
    app.jinja_env.filters["usable"] = readers.usable


def begin(subject: str) -> None:
    """Sign in. Messages are in the language of these pages from now on."""
    who = iam_users.user_of(uow(), subject) or uow().session.get_one(Account, iam_users.account_id_of(subject))
    who.language = language.current()
    sign_in(subject)


def signed_in() -> Account | None:
    """The account that is signed in, if any."""
    subject = signed_in_subject()
    return uow().session.get(Account, iam_users.account_id_of(subject)) if subject else None


def account() -> Account:
    """The account that is signed in. Only for views with ``login_required``."""
    return uow().session.get_one(Account, iam_users.account_id_of(signed_in_subject() or ""))


def iam_user() -> IamUser | None:
    """The account's IAM user who is signed in. None for the account itself, and for visitors."""
    return iam_users.user_of(uow(), signed_in_subject() or "")


def for_administrators(view: View[Parameters]) -> View[Parameters]:
    """Let only the account itself, and its administrators, see the page."""
    return _unless(lambda user: user.access is not IamAccess.ADMINISTRATOR, view)


def for_the_account(view: View[Parameters]) -> View[Parameters]:
    """Let only the account itself see the page, and none of its IAM users."""
    return _unless(lambda _user: True, view)


def _unless(is_refused: Callable[[IamUser], bool], view: View[Parameters]) -> View[Parameters]:
    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        user = iam_user()
        if user and is_refused(user):
            abort(403)
        return view(*args, **kwargs)

    return login_required(guarded)


def called(name: str) -> str:
    """A person's name as pages in this language say it."""
    return spoken(people.person_names(name))


def _shown_name() -> str:
    """How the pages call who is signed in: the IAM user, or the account."""
    user = iam_user()
    return user.name if user else called(account().shown_name)


def _initials() -> str:
    """The first letters of the name of who is signed in."""
    name = _shown_name().removeprefix("hw_")
    return "".join(word[0] for word in re.findall(r"[^\W_]+", name)[:2]).upper() or name[:1]


def _refuse_readers() -> None:
    """Refuse what changes something for an IAM user who may only read."""
    if request.method not in {"GET", "HEAD", "OPTIONS"} and readers.is_refused(request.endpoint):
        abort(403)
