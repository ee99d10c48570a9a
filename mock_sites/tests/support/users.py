"""The people of the test world of ``visitors``: an owner and a stranger for each site, and the ids of what they own."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from mock_sites.guance.domain import (
    accounts,
    high_consumption,
    locks,
    profile,
    recharges,
    settlement,
    subscriptions,
    tickets,
)
from mock_sites.guance.domain import members as guance_members
from mock_sites.guance.domain import workspaces as guance_workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, MfaDevice, Tenant, Workspace
from mock_sites.guance.domain.visits import VisitingMember, begin, visitor_of
from mock_sites.huawei.domain import (
    access_keys,
    automatic,
    departments,
    groups,
    iam_users,
    member_import,
    member_management,
    members,
    qr_sign_in,
    questions,
    reviews,
    usage_records,
    vouchers,
)
from mock_sites.huawei.domain.catalogue import CARD_CONTENT
from mock_sites.huawei.domain.listings import all_listings
from mock_sites.huawei.domain.states import SupervisionState, UsageState
from mock_sites.huawei.domain.tables import Account as Buyer
from mock_sites.huawei.domain.tables import DailyExpense, Enterprise, FailedSync, IamUser, Order, Product, Resource
from mock_sites.huawei.protocol import usage_push
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.enterprises import PASSWORD, WENDY, service_of
from mock_sites.tests.support.packages import offer
from mock_sites.tests.support.plans import buy as buy_plan
from mock_sites.tests.support.subscribing import buy, enterprise_with_wendy, order
from mock_sites.tests.support.visitors import Visitor, apps, arguments
from mock_sites.web.signing_in import cookie_of
from mock_sites.world import jobs, sign_ins
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

CN4: Final = SITES["cn4"]
PAYER: Final = "0123456789abcdef0123456789abcdef"
"""A Huawei Cloud account that has closed its subscription, so that a workspace is locked."""

HOSTS: Final = {
    "guance.auth": CN4.login_host,
    "guance.console": CN4.console_host,
    "control": "localhost:8700",
    "control.api": "localhost:8700",
    "control.lost": "nowhere.localhost:8700",
}
"""The host to ask for an app with several hosts, or for an app outside of the worlds."""


@dataclass(frozen=True)
class Users:
    """The world, the ids that the owners own, and its visitors."""

    dispatcher: Dispatcher
    world: World
    ids: dict[str, str]
    sessions: dict[str, tuple[str, str, str]]
    """For each app: the owner, the stranger, and others, each as company, realm and subject of a sign-in."""

    def path(self, rule: Rule) -> str:
        """An address of a rule, filled with the owner's ids."""
        known = {
            **self.ids,
            "name": self.world.name,
            "kind": "email",
            "branch": "no-account",
            "chosen": "zh",
            "number": 1,
            "member_id": self.ids["member"],
            "interface": "tenantSync",
            "label": "none",
            "company": "guance",
            "key": self.ids["billing_account"],
            "filename": "none",
            "host": "boss.guance.com",
            "product": self.ids["content_id"],
            "account_id": self.ids["account"],
        }
        _, path = rule.build({name: known[name] for name in arguments(rule)}) or ("", "")
        return path

    def app(self, name: str) -> Flask:
        """An app by its name."""
        return apps(self.dispatcher)[name]

    def visitor(self, app_name: str, who: str = "nobody", **session: Any) -> Visitor:
        """A visitor at the host of an app: ``owner``, ``stranger``, ``nobody``, or ``ended``, whose session has
        ended.
        """
        signed = {"_user_id": "ended"} if who == "ended" else self._session(app_name, who)
        return Visitor(self.dispatcher, self.world, self.app(app_name), self._host(app_name), {**signed, **session})

    def _host(self, app_name: str) -> str:
        found = self.app(app_name)
        sites = self.dispatcher.sites.items()
        return HOSTS.get(app_name) or next(host for host, site in sites if found in {site.app, site.api})

    def _session(self, app_name: str, who: str) -> dict[str, str]:
        """The content of a visitor's session at an app."""
        signed = dict[str, str]()
        if found := self.sessions.get(f"{who}/{app_name}") or self.sessions.get(f"{who}/{app_name.partition('.')[0]}"):
            company, realm, subject = found
            with self.world.uow(company, write=True) as uow:
                signed = cookie_of(sign_ins.begin(uow, realm, subject))
        if app_name == "guance.auth" and who in {"owner", "stranger"}:
            signed |= {"visit": self.ids[f"{who}'s visit"], "visitor": self.ids["visitor"]}
        return signed

    def traveller(self, who: str, language: str = "en") -> Visitor:
        """A visitor at the start page who is signed in at all sites."""
        visitor = Visitor(self.dispatcher, self.world, self.app("control"), HOSTS["control"], {}, language)
        for known in (found.partition("/")[2] for found in self.sessions if found.startswith(f"{who}/")):
            app = "huawei.portal" if known == "huawei" else known
            visitor.enter(self.world, self.app(app), self._host(app), self._session(app, who))
        return visitor


def populate(dispatcher: Dispatcher) -> Users:
    """A fresh world with all these people in it."""
    return fork(_populated(dispatcher))


def fork(users: Users) -> Users:
    """The same people in another world."""
    world = users.dispatcher.worlds.fork(users.world.name)
    return replace(users, world=world, ids={**users.ids, "name": world.name})


@cache
def _populated(dispatcher: Dispatcher) -> Users:
    """The world from which all others are forked."""
    world = dispatcher.worlds.make(running=False)
    ids, sessions = _huawei(world)
    with world.uow("guance", write=True) as uow:
        _guance(uow, ids, sessions)
    return Users(dispatcher, world, ids, sessions)


def _huawei(world: World) -> tuple[dict[str, str], dict[str, tuple[str, str, str]]]:
    """Li Wei with a plan, an enterprise, its member Wendy and an unpaid card; Wang Fang with her own enterprise."""
    plan, package = buy_plan(world), offer(world)
    instance = buy(world)
    enterprise = enterprise_with_wendy(world, instance)
    organization = _organize(world, enterprise)
    jobs.run_due(world)
    card = order(world)
    with world.uow("huawei", write=True) as uow:
        wendy = uow.session.scalars(members.members_of(uow.session.get_one(Enterprise, enterprise))).one()
        found = {one.name: one for one in uow.session.scalars(select(Buyer))}
        bought = uow.session.get_one(Resource, instance).order
        supervised = uow.session.get_one(Order, card)
        supervised.supervision, supervised.supervised_at = SupervisionState.DELIVERING, uow.now
        uow.session.add(
            theirs := Enterprise(
                id="e" * 32,
                account_id=found["hw_wangfang"].id,
                name="Globex",
                domain="globex",
                created_at=uow.now,
                ready_at=uow.now,
                state="ready",
            )
        )
        departments.add_top(uow, theirs)
        _, other = service_of(uow, "hw_wangfang")
        other.enterprise_id, other.role = theirs.id, "personal"
        failed = FailedSync(
            number=uow.number("failed-sync"),
            at=uow.now,
            account_id=bought.account_id,
            enterprise_id=enterprise,
            interface="tenantSync",
            asked={"interface": "tenantSync", "enterprise": enterprise, "instance": instance, "flag": 1},
            explanation="",
            details={},
        )
        uow.session.add(failed)
        used = dict.fromkeys(usage_push.LONGEST, "") | {"instance_id": instance, "usage_value": "1"}
        records = usage_records.read(uow, [used] * (len(usage_push.RECORD_CODES) + 1), {bought.content_id}, older=False)
        usage_records.receive(uow, records)
        uow.session.flush()
        for record, record.code in zip(records, usage_push.RECORD_CODES, strict=False):
            record.relate_pkg_instance, record.state = package, UsageState.REFUSED
        asked = questions.ask(uow, found["hw_liwei"], all_listings()[0], "Is there an agent for my system?")
        reviews.write(uow, uow.session.get_one(Resource, instance), 4, "Works as described.")
        vouchers.give(uow, uow.session.get_one(Product, CARD_CONTENT), "hw_liwei", amount=50, least=0, days=30)
        whose = {"account_id": bought.account_id, "content_id": bought.content_id}
        uow.session.add(DailyExpense(instance_id=instance, day=date(2026, 3, 2), **whose))
        key = access_keys.create(uow, iam_users.id_of(uow, found["hw_liwei"], None), "Pipeline")
        ids = organization | {
            "key_id": key.id,
            "ticket": qr_sign_in.new_ticket(uow, "another device"),
            "content_id": bought.content_id,
            "dashboard": "hosts",
            "feature": "ci",
            "card": card,
            "order_id": bought.id,
            "instance_id": instance,
            "plan": plan,
            "package_id": package,
            "package": package,
            "failure": str(failed.number),
            "question": str(asked.number),
            "enterprise": enterprise,
            "member": wendy.id,
            "code": wendy.department_code,
            "account": found["hw_liwei"].id,
            "user_id": uow.session.scalars(select(IamUser.id).where(IamUser.name == "chen.tao")).one(),
            "stranger": found["hw_wangfang"].id,
        }
        sessions = {
            "owner/huawei": ("huawei", "account", ids["account"]),
            "stranger/huawei": ("huawei", "account", ids["stranger"]),
            "unverified/huawei": ("huawei", "account", found["hw_chenjing"].id),
            "owner/huawei.unified_login": ("huawei", "member", wendy.id),
        }
        for user in uow.session.scalars(select(IamUser)):
            sessions[f"IAM user, {user.access}/huawei"] = ("huawei", "account", user.subject)
    return ids, sessions


def _organize(world: World, enterprise_id: str) -> dict[str, str]:
    """Make Wendy an administrator, disable another member, import a sheet with a mistake, and make a group."""
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, enterprise_id)
        dora = members.add(uow, enterprise, replace(WENDY, name="Dora", account="dora"), password=PASSWORD)
        member_management.disable(uow, dora)
        member_management.appoint(uow, enterprise, WENDY.account)
        rows = member_import.rows_of({1: ["-"], 2: ["Eve"]}, [["-", "+"]])
        record = member_import.import_rows(uow, enterprise, "staff.csv", rows, lambda _row: None, str)
        group = groups.add(uow, enterprise, name="On call", description="Nights")
        groups.put_in(uow, enterprise, group, WENDY.account)
        automatic.authorize(uow, enterprise, group, agreed=True)
        found = departments.typed(uow, enterprise, WENDY.department, "")
        assert found
        automatic.authorize(uow, enterprise, found, agreed=True)
    return {"disabled": dora.id, "import_id": record.id, "group_id": group.id}


def _guance(uow: UnitOfWork, ids: dict[str, str], sessions: dict[str, tuple[str, str, str]]) -> None:
    """Zhao Min with a workspace that Li Wei pays for, a locked one and a ticket; Sun Li with a workspace."""
    named = {one.username: one for one in uow.session.scalars(select(BillingAccount))}
    zhao, sun = named["zhaomin"], named["sunli"]
    owner = uow.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
    stranger = accounts.create(
        uow, CN4, username="stranger", email="s@example.com", password_hash="-", phone="", company="Other"
    )
    paid = uow.session.scalars(select(Workspace).where(Workspace.owner_id == owner.id)).one()
    locked, free, theirs = (
        guance_workspaces.create(
            uow, CN4, name=name, language="en", owner=who, billing_account=payer, cloud_account=None
        )
        for name, who, payer in (("Locked", owner, zhao), ("Free", owner, zhao), ("Theirs", stranger, sun))
    )
    settlement.settle_by_huawei(uow, paid, huawei_account_id=ids["account"], instance_id=ids["instance_id"])
    for number, (payer, workspace) in enumerate(((PAYER, locked), (ids["stranger"], theirs))):
        purchase = Purchase(f"o{number}", "l", payer, "OFFI", "Guance SaaS Edition")
        instance = subscriptions.open_subscription(uow, purchase, f"i{number}").instance_id
        settlement.settle_by_huawei(uow, workspace, huawei_account_id=payer, instance_id=instance)
    locks.cancel_subscription(uow, "i0")
    colleague = accounts.create(
        uow, CN4, username="colleague", email="c@example.com", password_hash="-", phone="", company="Other"
    )
    sent = guance_members.invite(uow, paid, "guest@example.com", "read-only")
    got = guance_members.invite(uow, theirs, owner.email, "standard")
    guance_members.accept(uow, guance_members.invite(uow, paid, colleague.email, "standard"), colleague)
    uow.session.add(MfaDevice(account_id=colleague.id, secret="A" * 32, begun_at=uow.now, bound_at=uow.now))
    for role in guance_members.GIVEN:
        name = f"member-{role}"
        member = accounts.create(
            uow, CN4, username=name, email=f"{name}@example.com", password_hash="-", phone="", company="Other"
        )
        guance_members.accept(uow, guance_members.invite(uow, paid, member.email, role), member)
        sessions[f"member, {role}/guance.console"] = ("guance", CN4.realm, member.id)
        sessions[f"member, {role}/guance.auth"] = ("guance", CN4.realm, member.id)
    alert = high_consumption.set_alert(uow, paid, "logs", 500)
    recharge = recharges.begin(uow, zhao, attempt=9, cny=5, method=recharges.TRANSFER)
    ticket = tickets.submit(uow, zhao, attempt=1, category="billing", title="Mine", text="Mine")
    tickets.reply(uow, ticket, attempt=1, text="Mine")
    ids |= {
        "workspace_id": paid.id,
        "locked": locked.id,
        "free": free.id,
        "theirs": theirs.id,
        "cloud_account_id": ids["account"],
        "ticket_id": ticket.id,
        "recharge_id": recharge.id,
        "item": alert.item,
        "account_id": colleague.id,
        "invitation_id": got.id,
        "sent_invitation": sent.id,
        "day": "2026-03-01",
        "billing_account": zhao.id,
    }
    uow.session.flush()
    tenant = uow.session.scalars(select(Tenant)).one()
    for who, payer in (("owner", zhao), ("stranger", sun)):
        visit = begin(uow, tenant, VisitingMember("wendy", "Wendy", "wendy@acme.example.com", ""))
        visit.billing_account_id = payer.id
        uow.session.flush()
        ids[f"{who}'s visit"], ids["visitor"] = visit.id, visitor_of(visit)
        sessions[f"{who}/guance.billing_center"] = ("guance", profile.REALM, payer.id)
    sessions["owner/guance.console"] = sessions["owner/guance.auth"] = ("guance", CN4.realm, owner.id)
    sessions["stranger/guance.console"] = sessions["stranger/guance.auth"] = ("guance", CN4.realm, stranger.id)
    zhou = uow.session.scalars(select(Account).where(Account.username == "zhouhao")).one()
    sessions["elsewhere/guance.console"] = sessions["elsewhere/guance.auth"] = ("guance", SITES["cn1"].realm, zhou.id)
    sessions["elsewhere/guance.billing_center"] = ("guance", profile.REALM, named["zhouhao"].id)
