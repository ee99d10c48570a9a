"""Real-name authentication: what is submitted, how it is verified, and what comes of it (S1, Step One, note).

Individuals are verified by a bank card at once, or by a certificate, which people review. Enterprises are verified by
the amount of a small transfer to their bank account, or by a certificate, which is compared with the register.
"""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, select, update

from mock_sites.huawei.domain import certificates, messages
from mock_sites.huawei.domain.jobs import ApproveAuthentication, RejectAuthentication, TransferAmount
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account, RealNameMethod, RealNameRequest
from mock_sites.world.company import Switch, Switches
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.phones import SMS_DOMAIN, sms_address
from mock_sites.world.translations import texts_in
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 60
LONGEST_NUMBER: Final = 32
"""The longest number of a certificate, card or bank account, in characters. The numbers are not stored."""

REVIEW_SECONDS: Final = (20, 40)
"""The shortest and the longest comparison with the register."""

LONGEST_REVIEW: Final = timedelta(days=3)
"""The longest review by people."""

TRANSFER_SECONDS: Final = (120, 300)
"""The shortest and the longest time until the amount is transferred."""

AMOUNT_FEN: Final = (1, 99)
"""The smallest and the largest amount that is transferred, in fen (0.01 CNY)."""

AMOUNT: Final = FieldRule(r"0\.[0-9]{2}", N_("Enter the amount with two decimals, such as 0.25."))

MOST_TRIES: Final = 3
"""How often a wrong amount can be entered."""

BANK: Final = f"Bank <notice@{SMS_DOMAIN}>"

WRONG_CODE: Final = N_("The unified social credit code is not in the register. Check it, and submit it again.")
UNREADABLE: Final = N_("The certificate cannot be recognized in the file. Take a sharper picture, and submit it again.")
WRONG_AMOUNTS: Final = N_("A wrong amount was entered three times. Submit the bank account again.")


def requests_of(account: Account) -> Select[RealNameRequest]:
    """What the account has submitted, the latest first."""
    return select(RealNameRequest).where(RealNameRequest.account_id == account.id).order_by(RealNameRequest.id.desc())


def decided_of(account: Account) -> Select[RealNameRequest]:
    """What the account has submitted and has been decided, the latest first."""
    return requests_of(account).where(RealNameRequest.decided_at.is_not(None))


def latest(uow: UnitOfWork, account: Account) -> RealNameRequest | None:
    """What the account has submitted last."""
    return uow.session.scalars(requests_of(account).limit(1)).first()


def may_submit(account: Account) -> bool:
    """Whether a real-name authentication can be submitted now: the first one, or another one after a rejection."""
    return account.authentication in {AuthenticationState.NONE, AuthenticationState.REJECTED}


def submit_certificate(
    uow: UnitOfWork, account: Account, *, kind: str, real_name: str, number: str, scan: bytes
) -> None:
    """Submit a certificate with a file that shows it, which is approved or rejected after a review.

    Raises:
        Refusal: for ``number``: it is not written as such numbers are; for ``scan``: it is of the wrong kind; or the
            account is verified or under review.
    """
    check_may_submit(account)
    is_enterprise = kind == "enterprise"
    (certificates.CREDIT_CODE if is_enterprise else certificates.IDENTITY).check(number, "number")
    certificates.check_scan(scan)
    is_right = (certificates.is_credit_code if is_enterprise else certificates.is_identity_number)(number)
    longest = REVIEW_SECONDS[1] if is_enterprise else int(LONGEST_REVIEW.total_seconds())
    _begin(
        uow, account, AuthenticationState.REVIEWING, kind=kind, proof=RealNameMethod.CERTIFICATE, real_name=real_name
    )
    reason = "" if is_right else WRONG_CODE if is_enterprise else certificates.WRONG_IDENTITY
    job = RejectAuthentication(account.id, reason) if reason else ApproveAuthentication(account.id)
    uow.schedule(job, after=uow.random_int("review", longest // 2, longest))


def submit_bank_card(uow: UnitOfWork, account: Account, *, real_name: str, number: str, card: str) -> None:
    """Verify an individual by a bank card, at once.

    Raises:
        Refusal: for ``number`` or ``card``: it is not valid; or the account is verified or under review.
    """
    check_may_submit(account)
    certificates.check_identity_number(number)
    certificates.CARD.check(card, "card")
    if not certificates.is_card_number(card):
        raise Refusal(N_("The number of the bank card is not valid."), field="card")
    verify(uow, account, proof=RealNameMethod.BANK_CARD, real_name=real_name, ending=card[-4:])


def verify(uow: UnitOfWork, account: Account, *, proof: RealNameMethod, real_name: str, ending: str = "") -> None:
    """Verify an individual at once.

    Raises:
        Refusal: the account is verified or under review.
    """
    check_may_submit(account)
    about = {"kind": "individual", "proof": proof, "real_name": real_name, "ending": ending}
    _begin(uow, account, AuthenticationState.APPROVED, decided_at=uow.now, **about)
    uow.record("real-name.approved", account=account.name)


def submit_bank_account(uow: UnitOfWork, account: Account, *, real_name: str, number: str, bank_account: str) -> None:
    """Submit the bank account of an enterprise, to which a small amount is transferred.

    Raises:
        Refusal: for ``number`` or ``bank_account``: it is not valid; or the account is verified or under review.
    """
    check_may_submit(account)
    certificates.CREDIT_CODE.check(number, "number")
    if not certificates.is_credit_code(number):
        raise Refusal(WRONG_CODE, field="number")
    certificates.BANK_ACCOUNT.check(bank_account, "bank_account")
    about = {
        "kind": "enterprise",
        "proof": RealNameMethod.BANK_ACCOUNT,
        "real_name": real_name,
        "ending": bank_account[-4:],
    }
    _begin(uow, account, AuthenticationState.TRANSFERRING, **about)
    uow.schedule(TransferAmount(account.id), after=uow.random_int("transfer", *TRANSFER_SECONDS))


def transfer_amount(uow: UnitOfWork, job: TransferAmount) -> None:
    """The amount arrives, and the bank says so by SMS."""
    account = uow.session.get_one(Account, job.account)
    request = latest(uow, account)
    if request is None or request.state is not AuthenticationState.TRANSFERRING:
        return
    request.amount_fen = uow.random_int("amount", *AMOUNT_FEN)
    uow.record("real-name.amount-transferred", account=account.name)
    texts = texts_in(uow.mail_language(account.language))
    received = texts.gettext(N_("Your account ending in {ending} has received CNY {amount} from Huawei Cloud."))
    uow.send_mail(
        sender=BANK,
        to=sms_address(account.phone),
        subject=texts.gettext(N_("Amount received")),
        text=received.format(ending=request.ending, amount=f"{request.amount_fen / 100:.2f}") + "\n",
    )


def confirm_amount(uow: UnitOfWork, account: Account, amount: str) -> bool:
    """Verify an enterprise by the amount that its bank account has received. False: it is rejected, as this was the
    third wrong one.

    Raises:
        Refusal: for ``amount``: it is wrong, which is counted; or nothing has been transferred.
    """
    request = latest(uow, account)
    if request is None or request.state is not AuthenticationState.TRANSFERRING or not request.amount_fen:
        raise Refusal(N_("No amount has been transferred yet."), field="amount")
    if amount == f"{request.amount_fen / 100:.2f}":
        _decide(uow, account, AuthenticationState.APPROVED)
        return True
    request.tries += 1
    if request.tries == MOST_TRIES:
        _decide(uow, account, AuthenticationState.REJECTED, WRONG_AMOUNTS)
        return False
    left = MOST_TRIES - request.tries
    uow.record("real-name.wrong-amount", account=account.name, tries_left=left)
    uow.commit()
    raise Refusal(N_("This is not the amount. Tries that are left: {left}."), field="amount", left=left)


def approve(uow: UnitOfWork, job: ApproveAuthentication) -> None:
    """The end of a review: the account is verified, unless the reviewer does not recognize the certificate."""
    account = uow.session.get_one(Account, job.account)
    if account.certificate_is_recognized:
        _decide(uow, account, AuthenticationState.APPROVED)
        messages.real_name_approved(uow, account)
    else:
        _reject(uow, account, UNREADABLE)


def reject(uow: UnitOfWork, job: RejectAuthentication) -> None:
    """The end of a review: the account is not verified, and can submit another authentication."""
    _reject(uow, uow.session.get_one(Account, job.account), job.reason)


def turn(uow: UnitOfWork, key: str, on: bool) -> Switch:  # noqa: FBT001 - the state itself, not an option
    """Say whether the reviewer recognizes the certificates of an account (by its id), also one that is under review.

    Raises:
        Refusal: there is no such account.
    """
    account = uow.session.get(Account, key)
    if account is None:
        raise Refusal(N_("There is no such switch."))
    if account.certificate_is_recognized != on:
        account.certificate_is_recognized = on
        uow.record("real-name.reviewer-set", account=account.name, on=on)
    return _switch(account)


def _switch(account: Account) -> Switch:
    name = N_("Reviews of certificates recognize the uploaded file")
    return Switch(key=account.id, name=name, customer=account.name, on=account.certificate_is_recognized)


SWITCHES: Final = Switches(select(Account).order_by(Account.name), _switch, lambda customer: Account.name == customer)
"""Whether the reviewer recognizes the certificates of each account."""


def check_may_submit(account: Account) -> None:
    """Check that a real-name authentication can be submitted.

    Raises:
        Refusal: the account is verified or under review.
    """
    if not may_submit(account):
        raise Refusal(N_("This account has been verified, or is being reviewed, already."))


def _begin(uow: UnitOfWork, account: Account, state: AuthenticationState, **about: Any) -> None:
    request = RealNameRequest(account_id=account.id, submitted_at=uow.now, state=state, **about)
    uow.session.add(request)
    account.authentication, account.authentication_type = state, request.kind
    account.real_name = request.real_name
    uow.record("real-name.requested", account=account.name)


def _reject(uow: UnitOfWork, account: Account, reason: str) -> None:
    _decide(uow, account, AuthenticationState.REJECTED, reason)
    messages.real_name_rejected(uow, account, reason)


def _decide(uow: UnitOfWork, account: Account, state: AuthenticationState, reason: str = "") -> None:
    undecided = RealNameRequest.account_id == account.id, RealNameRequest.decided_at.is_(None)
    uow.session.execute(
        update(RealNameRequest).where(*undecided).values(state=state, decided_at=uow.now, reason=reason)
    )
    account.authentication = state
    if state is AuthenticationState.REJECTED:
        account.real_name = ""
    uow.record(f"real-name.{state}", account=account.name)
