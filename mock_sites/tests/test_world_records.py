"""The numbers of events and mails: a client that asks for those after the last one misses nothing."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Select

from mock_sites.tests.support.filling import counting
from mock_sites.world import records
from mock_sites.world.rows import values_of
from mock_sites.world.shared_tables import Counter, Event, StoredMail
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def read_on(world: World, seen: list[str], last: int) -> int:
    """Add the kinds of the events after ``last`` to ``seen``; the number of the last one."""
    for event in world.journal(last):
        seen.append(event.kind)
        last = event.number
    return last


def test_what_is_committed_later_has_a_later_number(world: World) -> None:
    seen = list[str]()
    last = world.journal()[-1].number

    with world.uow("huawei", write=True) as slow:
        slow.record("first")
        slow.send_mail(sender="a@example.com", to="b@example.com", subject="First", text="")
        with world.uow("guance", write=True) as quick:
            quick.record("second")
            quick.send_mail(sender="a@example.com", to="b@example.com", subject="Second", text="")
        last = read_on(world, seen, last)
        mail = world.messages()[-1]
    read_on(world, seen, last)

    assert seen == ["guance.second", "mail.sent", "huawei.first", "mail.sent"]
    assert mail.subject == "Second"
    assert [later.subject for later in world.messages(after=mail.number)] == ["First"]


def test_what_is_committed_while_the_companies_are_read_is_not_missed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, read, last = list[str](), records._read, world.journal()[-1].number  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    first, *_others, other = world.companies

    def read_and_write(world: World, company: str, wanted: Select[Any]) -> Sequence[Any]:
        found = read(world, company, wanted)
        if company == first and not seen:
            for writer in (first, other):
                with world.uow(writer, write=True) as uow:
                    uow.record("between")
        return found

    monkeypatch.setattr(records, "_read", read_and_write)
    last = read_on(world, seen, last)
    monkeypatch.undo()
    read_on(world, seen, last)

    assert seen == [f"{first}.between", f"{other}.between"]


def test_what_is_undone_leaves_no_gap(world: World) -> None:
    last = world.journal()[-1].number

    uow = world.uow("huawei", write=True)
    uow.record("undone")
    uow.rollback()
    uow.session.close()
    with world.uow("guance", write=True) as uow:
        uow.record("done")

    assert [(event.number, event.kind) for event in world.journal(last)] == [(last + 1, "guance.done")]


def test_a_commit_that_fails_uses_no_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    last = world.journal()[-1].number
    uow = world.uow("huawei", write=True)
    uow.record("lost")

    def fail() -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(uow.session, "commit", fail)
        with pytest.raises(OSError, match="disk full"):
            uow.commit()
    uow.session.close()
    with world.uow("guance", write=True) as uow:
        uow.record("done")

    assert [(event.number, event.kind) for event in world.journal(last)] == [(last + 1, "guance.done")]


@pytest.mark.parametrize("kind", [Event, StoredMail])
def test_the_latest_are_found_in_one_transaction_of_each_company(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: type[Event | StoredMail]
) -> None:
    for company in [*world.companies] * 2:
        with world.uow(company, write=True) as uow:
            uow.send_mail(sender="a@example.com", to="b@example.com", subject=company, text="")
    opened, open_uow = list[str](), world.uow

    def counted(company: str) -> UnitOfWork:
        opened.append(company)
        return open_uow(company)

    monkeypatch.setattr(world, "uow", counted)
    wanted = records.mails() if kind is StoredMail else records.events()
    found = records.latest(world, kind, wanted, 1, 2)  # pyright: ignore[reportArgumentType] - of the same kind
    monkeypatch.undo()

    every = world.messages() if kind is StoredMail else world.journal()
    assert [record.number for record in found] == [record.number for record in every[-2:-4:-1]]
    assert opened == list(world.companies)


def test_a_row_that_is_not_there_is_asked_for_once_until_the_transaction_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counting(monkeypatch) as counted, world.uow("huawei") as uow:
        for _each in range(2):
            assert uow.session.get(Counter, "of nothing") is None
        assert counted["statements"] == 2  # BEGIN, and one question
        with world.uow("huawei", write=True) as other:
            other.number("of nothing")
        assert uow.session.get(Counter, "of nothing") is None
        uow.session.rollback()
        assert uow.session.get(Counter, "of nothing") is not None


def test_different_values_are_found_in_order_and_only_where_the_conditions_hold(world: World) -> None:
    for kind in ("b", "a", "b", "c"):
        with world.uow("guance", write=True) as uow:
            uow.record(kind)
    last = world.journal()[-1].number

    with world.uow("guance") as uow:
        kinds = [*uow.session.scalars(values_of(Event.kind, Event.number.between(last - 2, last - 1)))]
        none = [*uow.session.scalars(values_of(Event.kind, Event.number > last))]

    assert kinds == ["guance.a", "guance.b"]
    assert none == []
