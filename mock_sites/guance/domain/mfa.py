"""MFA of a console account: after the password, a code of an authenticator app (spec guance 0.3, source C7).

Binding begins with a code by mail. Then the app gets the secret, and its first code shows that it has it. Who has lost
the app asks customer service to unbind it, with a code by mail too.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import codes, mails
from mock_sites.guance.domain.jobs import UnbindMfa
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.storage import check_open
from mock_sites.guance.domain.tables import Account, Member, MfaDevice, Workspace
from mock_sites.guance.domain.tickets import ANSWER_SECONDS
from mock_sites.guance.domain.workspaces import LANGUAGES
from mock_sites.world import passwords, sign_ins, throttle, totp
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

BIND: Final = codes.Purpose.BIND_MFA
UNBIND: Final = codes.Purpose.UNBIND_MFA
"""What the codes by mail are for."""

TIME_TO_BIND: Final = timedelta(minutes=10)
"""How long the secret of a new app is shown."""

_REALM: Final = "mfa"
"""The realm of wrong codes."""


def is_bound(uow: UnitOfWork, account: Account) -> bool:
    """Whether an account has an authenticator app."""
    device = _device(uow, account)
    return device is not None and device.bound_at is not None


def stamp(uow: UnitOfWork, account: Account) -> str:
    """What a sign-in keeps until the code is entered: another text after the password or the app was changed."""
    device = _device(uow, account)
    return passwords.stamp(account.password_hash, device.begun_at.isoformat() if device else "")


def waiting(uow: UnitOfWork, account: Account) -> MfaDevice | None:
    """The app of an account whose first code is expected."""
    device = _device(uow, account)
    return device if device and not device.bound_at and uow.now < device.begun_at + TIME_TO_BIND else None


def address_of(device: MfaDevice, account: Account) -> str:
    """What an app reads from the QR code."""
    return totp.address_of(totp.key_of(device.secret), account.email, "Guance")


def send_code(uow: UnitOfWork, account: Account, purpose: str, language: str) -> None:
    """Mail a code for ``BIND`` or ``UNBIND``.

    Raises:
        Refusal: for ``email``: the last code is less than 60 seconds old.
    """
    codes.send(
        uow,
        account.email,
        _purpose(purpose, account),
        lambda digits: mails.write(
            language,
            N_("Guance verification code"),
            N_("Your verification code for the MFA of your account {username} is:"),
            digits,
            N_("It is valid for 5 minutes and can be used once. If you did not ask for it, ignore this mail."),
            username=account.username,
        ),
    )


def begin(uow: UnitOfWork, account: Account, digits: str) -> None:
    """Make the secret for a new app, with the code that was mailed.

    Raises:
        Refusal: for ``code``, or because there is an app already.
    """
    if is_bound(uow, account):
        raise Refusal(N_("MFA is bound to this account already."))
    codes.redeem(uow, account.email, _purpose(BIND, account), digits)
    secret = totp.text_of(uow.random_bytes("mfa-key", totp.KEY_LENGTH))
    uow.session.merge(MfaDevice(account_id=account.id, secret=secret, begun_at=uow.now, bound_at=None, last_step=0))


def bind(uow: UnitOfWork, account: Account, code: str) -> None:
    """Bind the new app, with its first code. All sign-ins of the account end.

    Raises:
        Refusal: for ``security_code``: it is wrong; or because the secret was made too long ago.
    """
    device = waiting(uow, account)
    if device is None:
        raise Refusal(N_("The time to bind is over. Begin again with a code by mail."))
    _use(uow, device, code)
    device.bound_at = uow.now
    sign_ins.end_all(uow, SITES[account.site].realm, account.id)
    uow.record("account.mfa-bound", account=account.id, site=account.site)


def check(uow: UnitOfWork, account: Account, code: str) -> None:
    """Use up a code at a sign-in.

    Raises:
        Refusal: for ``security_code``: it is wrong or was used, or there were too many wrong ones; or no app is bound.
    """
    _use(uow, _bound(uow, account), code)


def unbind(uow: UnitOfWork, account: Account, code: str, language: str) -> None:
    """Unbind the app with one of its codes. A mail in ``language`` says so.

    Raises:
        Refusal: for ``security_code``, as ``check``.
    """
    check(uow, account, code)
    _unbind(uow, account, language)


def ask_to_unbind(uow: UnitOfWork, account: Account, digits: str, description: str, language: str) -> None:
    """Ask customer service to unbind the app, with the code that was mailed. It answers in ``language``.

    Raises:
        Refusal: for ``code``; or no app is bound.
    """
    device = _bound(uow, account)
    codes.redeem(uow, account.email, _purpose(UNBIND, account), digits)
    uow.record("account.mfa-unbinding-asked", account=account.id, description=description)
    uow.schedule(
        UnbindMfa(account.id, language, device.begun_at.isoformat()),
        after=uow.random_int("mfa-unbinding", *ANSWER_SECONDS),
    )


def unbind_for(uow: UnitOfWork, job: UnbindMfa) -> None:
    """The job: customer service unbinds the app, unless another one was bound since."""
    account = uow.session.get_one(Account, job.account)
    device = _device(uow, account)
    if device and device.bound_at and device.begun_at.isoformat() == job.begun_at:
        _unbind(uow, account, job.language)


def require(uow: UnitOfWork, workspace: Workspace, account: Account, *, required: bool) -> None:
    """Let only accounts with MFA open a workspace, or all of its members again. Repeating it changes nothing.

    Raises:
        Refusal: the workspace is locked, or ``account``, which asks for it, has no MFA.
    """
    check_open(workspace)
    if workspace.requires_mfa is required:
        return
    if required and not is_bound(uow, account):
        raise Refusal(N_("Bind MFA to your own account first. You would lock yourself out."))
    workspace.requires_mfa = required
    uow.record("workspace.mfa-required", workspace=workspace.id, required=required)


def may_enter(uow: UnitOfWork, workspace: Workspace, account: Account) -> bool:
    """Whether an account has the MFA that a workspace requires."""
    return not workspace.requires_mfa or is_bound(uow, account)


def bound_members(uow: UnitOfWork, workspace: Workspace) -> int:
    """How many of the owner and the members of a workspace have MFA."""
    bound = select(Member.account_id).join(MfaDevice, MfaDevice.account_id == Member.account_id)
    members = bound.where(Member.workspace_id == workspace.id, MfaDevice.bound_at.is_not(None))
    return count_of(uow, members) + is_bound(uow, workspace.owner)


def _device(uow: UnitOfWork, account: Account) -> MfaDevice | None:
    return uow.session.get(MfaDevice, account.id)


def _bound(uow: UnitOfWork, account: Account) -> MfaDevice:
    device = _device(uow, account)
    if device is None or not device.bound_at:
        raise Refusal(N_("MFA is not bound to this account any more."))
    return device


def _purpose(purpose: str, account: Account) -> str:
    return f"{purpose}/{account.id}"


def _use(uow: UnitOfWork, device: MfaDevice, code: str) -> None:
    throttle.check(uow, _REALM, device.account_id, field="security_code")
    step = totp.step_of(totp.key_of(device.secret), code, uow.now)
    if step is None:
        throttle.count(uow, _REALM, device.account_id)
        raise Refusal(N_("This security code is wrong. Enter the one that the app shows now."), field="security_code")
    if step <= device.last_step:
        raise Refusal(
            N_("This security code was used already. Wait until the app shows another one."), field="security_code"
        )
    device.last_step = step
    throttle.forget(uow, _REALM, device.account_id)


def _unbind(uow: UnitOfWork, account: Account, language: str) -> None:
    device = uow.session.get_one(MfaDevice, account.id)
    uow.session.delete(device)
    uow.unschedule(*(UnbindMfa(account.id, asked_in, device.begun_at.isoformat()) for asked_in in LANGUAGES))
    uow.record("account.mfa-unbound", account=account.id, site=account.site)
    mails.send(
        uow,
        account.email,
        mails.write(
            language,
            N_("MFA was unbound"),
            N_("MFA was unbound from your account {username}. From now on your password is enough to sign in."),
            N_("If you did not ask for it, change your password."),
            username=account.username,
        ),
    )
