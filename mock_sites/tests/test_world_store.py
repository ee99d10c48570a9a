"""Worlds: made, forked, saved, restored and dropped. Each is independent."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import accounts
from mock_sites.huawei.domain.tables import Account
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.world import jobs
from mock_sites.world.errors import UnknownWorldError, WorldError
from mock_sites.world.store import Worlds
from mock_sites.world.world import World


def names_of(world: World) -> set[str]:
    """The names of the world's Huawei Cloud accounts."""
    with world.uow("huawei") as uow:
        return set(uow.session.scalars(select(Account.name)))


def add_account(world: World, name: str) -> None:
    """Add a Huawei Cloud account."""
    with world.uow("huawei", write=True) as uow:
        accounts.create(uow, name=name, email=f"{name}@example.com", phone="13900000000", password_hash="-")


def test_the_same_seed_gives_the_same_world_and_another_seed_another(worlds: Worlds) -> None:
    first, second, other = worlds.make(running=False), worlds.make(running=False), worlds.make(seed="7", running=False)
    ids = [_account_id(world) for world in (first, second, other)]
    assert ids[0] == ids[1] != ids[2]
    for world in (first, second, other):
        worlds.drop(world.name)


def test_two_worlds_never_see_each_others_rows_mail_journal_or_time(worlds: Worlds) -> None:
    one, two = worlds.make(running=False), worlds.make(running=False)
    add_account(one, "only_here")
    with one.uow("huawei", write=True) as uow:
        uow.send_mail(sender="a@huaweicloud.com", to="b@example.com", subject="Only here", text="123456")
    jobs.advance(one, 3600)

    assert "only_here" in names_of(one)
    assert "only_here" not in names_of(two)
    assert len(one.messages()) == 1
    assert two.messages() == []
    assert len(two.journal()) < len(one.journal())
    assert two.clock.now() < one.clock.now()
    worlds.drop(one.name)
    worlds.drop(two.name)


def test_a_fork_begins_where_its_origin_is_and_then_goes_its_own_way(worlds: Worlds, world: World) -> None:
    jobs.advance(world, 60)
    fork = worlds.fork(world.name)
    assert fork.clock.now() == world.clock.now()
    add_account(fork, "in_the_fork")
    assert "in_the_fork" not in names_of(world)
    worlds.drop(fork.name)


def test_restoring_puts_back_rows_and_time(worlds: Worlds, world: World) -> None:
    worlds.snapshot(world.name, "before")
    began = world.clock.now()
    add_account(world, "too_late")
    jobs.advance(world, 60)

    restored = worlds.restore(world.name, "before")

    assert "too_late" not in names_of(restored)
    assert restored.clock.now() == began


def test_a_saved_world_is_loaded_by_another_server(worlds: Worlds, world: World, tmp_path: Path) -> None:
    add_account(world, "saved")
    jobs.advance(world, 60)
    worlds.save(world.name, tmp_path / "saved")
    add_account(world, "too_late")

    other = Dispatcher(tmp_path / "other", port=8701).worlds
    loaded = other.load(tmp_path / "saved", "loaded")

    assert loaded.name == "loaded"
    assert loaded.clock.now() == world.clock.now()
    assert {"saved", "too_late"} & names_of(loaded) == {"saved"}
    with pytest.raises(WorldError, match="already"):
        other.load(tmp_path / "saved", "loaded")
    other.close()


def test_a_snapshot_that_was_never_taken_is_not_restored(worlds: Worlds, world: World) -> None:
    with pytest.raises(UnknownWorldError, match="no snapshot"):
        worlds.restore(world.name, "nothing")
    assert "hw_liwei" in names_of(world)


def test_a_dropped_world_is_gone_and_its_name_is_free(worlds: Worlds) -> None:
    worlds.make("short-lived")
    worlds.drop("short-lived")
    with pytest.raises(UnknownWorldError):
        worlds.get("short-lived")
    worlds.make("short-lived")
    worlds.drop("short-lived")


@pytest.mark.parametrize("name", ["", "UPPER", "a.b", "../up", "-a", "a" * 41, "worlds/a"])
def test_a_world_cannot_have_a_name_that_is_no_host_label(worlds: Worlds, name: str) -> None:
    with pytest.raises(WorldError):
        worlds.make(name)


def test_a_name_is_given_once(worlds: Worlds, world: World) -> None:
    with pytest.raises(WorldError, match="already"):
        worlds.make(world.name)


def test_worlds_in_a_folder_are_found_again(tmp_path: Path) -> None:
    dispatcher = Dispatcher(tmp_path, 8700)
    add_account(dispatcher.worlds.make("kept", running=False), "still_there")
    dispatcher.worlds.close()

    again = Dispatcher(tmp_path, 8700)
    assert again.worlds.names() == ["kept"]
    assert "still_there" in names_of(again.worlds.get("kept"))
    again.worlds.close()


def test_worlds_are_listed_by_the_numbers_in_their_names(tmp_path: Path) -> None:
    dispatcher = Dispatcher(tmp_path, 8700)
    for name in ("w10", "main", "w2", "b", "w1"):
        dispatcher.worlds.make(name)

    assert dispatcher.worlds.names() == ["main", "b", "w1", "w2", "w10"]
    assert dispatcher.worlds.names(after="w1") == ["w2", "w10"]
    dispatcher.worlds.close()


def test_more_worlds_than_are_kept_open_still_answer(tmp_path: Path) -> None:
    dispatcher = Dispatcher(tmp_path, 8700)
    for _ in range(40):
        dispatcher.worlds.make(running=False)
    for name in dispatcher.worlds.names():
        with dispatcher.worlds.using(name) as world:
            assert "hw_liwei" in names_of(world)
    dispatcher.worlds.close()


def _account_id(world: World) -> str:
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(Account.id).where(Account.name == "hw_liwei")).one()


def test_indexes_are_created_in_the_same_order_in_every_process(world: World) -> None:
    """Of two indexes that cost the same, SQLite uses the one that was created later."""
    for company in world.companies:
        with closing(sqlite3.connect(world.file(company))) as database:
            wanted = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
            created: dict[str, list[str]] = {}
            for table, index in database.execute(wanted):
                created.setdefault(table, []).append(index)
        assert max(map(len, created.values())) > 2
        assert created == {table: sorted(indexes) for table, indexes in created.items()}
