"""The joint-operation kit: calls to the seller about enterprises and their members (spec huawei 4.1).

No call is repeated automatically. A failed one is listed in Partner Services, where the buyer can send it again, and
the seller gets a mail (spec huawei 2.8).
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import Select, select

from mock_sites.huawei.domain import departments, resyncing
from mock_sites.huawei.domain.jobs import Sync
from mock_sites.huawei.domain.states import CallVerdict, MemberState
from mock_sites.huawei.domain.tables import Enterprise, FailedSync, Member, Resource, SellerCall
from mock_sites.huawei.protocol import moments, names
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.kit import CANCEL, DELETE, DEPARTMENTS
from mock_sites.huawei.protocol.kit_lists import ADMINISTRATOR, DISABLED, ENABLED, ROLE
from mock_sites.huawei.seller_gateway import envelope, log, oaep, sellers
from mock_sites.huawei.seller_gateway.mails import mail_seller
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.job import as_json, from_json
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.transport import CallResult
from mock_sites.world.unit_of_work import UnitOfWork


def prepare(uow: UnitOfWork, asked: Sync) -> envelope.Signed:
    """The signed call."""
    resource = uow.session.get_one(Resource, asked.instance)
    agreed = sellers.agreed(uow, resource.order.content_id)
    fields = INTERFACES[asked.interface](uow, agreed, asked)
    common = {names.INSTANCE_ID: resource.instance_id, names.TENANT_ID: asked.enterprise, names.TEST_FLAG: 0}
    return envelope.kit(uow, agreed, asked.interface, common | fields)


def answered(uow: UnitOfWork, asked: Sync, result: CallResult) -> None:
    """Log the call. If it failed, list it. If it was about the enterprise itself, the calls that follow are not
    sent.
    """
    assert isinstance(result.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    verdict = judge(result.request, result)
    call = log.write(uow, result.request, result, verdict, asked)
    if verdict.outcome is not CallVerdict.ACCEPTED:
        _failed(uow, asked, call)
        if asked.interface is KitInterface.TENANT:
            return
    if asked.then:
        uow.schedule(Sync.of(asked.then[0], asked.enterprise, asked.instance, asked.then[1:]))


def failures_of(account_id: str) -> Select[FailedSync]:
    """The failed calls about an account's enterprises, oldest first."""
    mine = select(FailedSync).where(FailedSync.account_id == account_id, FailedSync.settled.is_(False))
    return mine.order_by(FailedSync.number)


def failure_of(uow: UnitOfWork, account_id: str, number: int) -> FailedSync | None:
    """A failed call by its number, even if it is not listed any more."""
    found = uow.session.get(FailedSync, number)
    return found if found and found.account_id == account_id else None


def retry(uow: UnitOfWork, failure: FailedSync) -> bool:
    """Send a call again as it is true now, and the calls that follow it. Requesting it twice sends it once.

    False: nothing in it is true any more. It is not sent, and not listed any longer.

    Raises:
        Refusal: its service is not in use now.
    """
    if failure.settled:
        return True
    asked = from_json(Sync, failure.asked)
    job = resyncing.up_to_date(uow, asked)
    failure.settled = True
    uow.record("sync.retried" if job else "sync.outdated", interface=failure.interface, instance=asked.instance)
    if job:
        uow.schedule(job)
    return job is not None


def _failed(uow: UnitOfWork, asked: Sync, call: SellerCall) -> None:
    call.given_up = True
    kept = asked if asked.interface is KitInterface.TENANT else replace(asked, then=())
    uow.session.add(
        FailedSync(
            number=uow.number("failed-sync"),
            at=uow.now,
            account_id=uow.session.get_one(Enterprise, asked.enterprise).account_id,
            enterprise_id=asked.enterprise,
            interface=asked.interface,
            asked=as_json(kept),
            explanation=call.explanation,
            details=call.details,
        )
    )
    resource = uow.session.get_one(Resource, asked.instance)
    mail_seller(uow, call, resource.order.product, asked.interface, tries=1, instance=resource.instance_id)


# ---------------------------------------------------------------------- interfaces


def _tenant(uow: UnitOfWork, agreed: Agreed, asked: Sync) -> JsonObject:
    enterprise = uow.session.get_one(Enterprise, asked.enterprise)
    return {
        names.ORDER_ID: uow.session.get_one(Resource, asked.instance).order_id,
        names.TENANT_CODE: enterprise.domain,
        names.NAME: enterprise.name,
        names.DOMAIN_NAME: agreed.auth_centre,
        names.FLAG: asked.flag,
    }


def _application(uow: UnitOfWork, agreed: Agreed, asked: Sync) -> JsonObject:
    return {
        names.APP_ID: agreed.client.app_id,
        names.CLIENT_ID: agreed.client.client_id,
        names.CLIENT_SECRET: encrypted_secret(uow, agreed, agreed.client.client_secret),
        names.FLAG: asked.flag,
    }


def encrypted_secret(uow: UnitOfWork, agreed: Agreed, secret: str) -> str:
    """A client secret encrypted for the seller: RSA-OAEP with its public key, in Base64.

    Raises:
        ValueError: it is too long for that key.
    """
    key = cast("RSAPublicKey", load_pem_public_key(agreed.public_key.encode()))
    seed = uow.random_bytes("oaep-seed", oaep.seed_size(agreed.oaep_digest))
    hashes = {"digest": agreed.oaep_digest, "mgf_hash": agreed.mgf_hash}
    return base64.b64encode(oaep.encrypt(key, secret.encode(), seed, **hashes)).decode()


def _authorization(uow: UnitOfWork, agreed: Agreed, asked: Sync) -> JsonObject:
    """V1 has no flag for a cancelled authorization. There the member is deleted."""
    members = uow.session.scalars(select(Member).where(Member.id.in_(asked.members)).order_by(Member.account))
    users = [_user(member) for member in members]
    v1 = agreed.protocol == "v1"
    return {
        names.APP_ID: agreed.client.app_id,
        names.USER_LIST: users,
        names.CURRENT_SYNC_TIME: moments.in_the_kit(envelope.moment(uow, agreed)),
        names.FLAG: DELETE if v1 and asked.flag == CANCEL else asked.flag,
    }


def _user(member: Member) -> JsonObject:
    """A member, with the same role as in the user information of unified login."""
    contact = {names.MOBILE: member.phone, names.EMAIL: member.email}
    return {
        names.USER_NAME: member.account,
        names.NAME: member.name,
        names.ORG_CODE: member.department_code,
        names.ROLE: ADMINISTRATOR if member.is_administrator else ROLE,
        names.ENABLE: ENABLED if member.state is MemberState.ACTIVE else DISABLED,
    } | {name: value for name, value in contact.items() if value}


def _department(_uow: UnitOfWork, _agreed: Agreed, asked: Sync) -> JsonObject:
    unit = asked.department
    assert unit is not None  # noqa: S101 - ``syncing`` names it
    return {
        names.ORG_CODE: unit.code,
        names.ORG_NAME: unit.name,
        names.PARENT_CODE: unit.parent,
        names.FLAG: asked.flag,
    }


def _all_departments(uow: UnitOfWork, agreed: Agreed, asked: Sync) -> JsonObject:
    units = uow.session.scalars(departments.departments_of(uow.session.get_one(Enterprise, asked.enterprise)))
    listed, name = DEPARTMENTS[agreed.protocol]
    rows = [{names.ORG_CODE: unit.code, name: unit.name, names.PARENT_CODE: unit.parent_code or ""} for unit in units]
    return {listed: rows}


INTERFACES: Final[Mapping[KitInterface, Callable[[UnitOfWork, Agreed, Sync], JsonObject]]] = {
    KitInterface.TENANT: _tenant,
    KitInterface.APPLICATION: _application,
    KitInterface.AUTHORIZATION: _authorization,
    KitInterface.DEPARTMENT: _department,
    KitInterface.ALL_DEPARTMENTS: _all_departments,
}
