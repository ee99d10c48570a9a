"""Few threads answer at once, all others wait in one queue, and a thread that blocks takes no place."""

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from mock_sites import LoopbackTransport, Server
from mock_sites.process.blocking import blocking
from mock_sites.serving.workers import AT_WORK, FREE, Workers
from mock_sites.web import site
from mock_sites.world import passwords
from mock_sites.world.usage import WorldUsers
from mock_sites.world.world import World

PATIENCE = 30


def task(work: Callable[[], object]) -> Any:
    """A request, as waitress hands it to its threads."""
    return SimpleNamespace(service=work, cancel=lambda: None)


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    workers.start()
    yield workers
    workers.shutdown()


def test_only_a_few_threads_work_at_once(workers: Workers) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def work() -> None:
        begun.release()
        go_on.wait(PATIENCE)

    for _task in range(AT_WORK + 2):
        workers.add_task(task(work))
    for _task in range(AT_WORK):
        assert begun.acquire(timeout=PATIENCE)

    assert not begun.acquire(blocking=False)
    assert len(workers.queue) == 2
    go_on.set()
    assert begun.acquire(timeout=PATIENCE)
    assert begun.acquire(timeout=PATIENCE)


def test_others_take_the_place_of_threads_that_block(workers: Workers) -> None:
    begun, go_on, done = threading.Semaphore(0), threading.Event(), threading.Event()

    def wait() -> None:
        with blocking(), blocking():
            begun.release()
            go_on.wait(PATIENCE)

    for _task in range(4 * AT_WORK):
        workers.add_task(task(wait))
    for _task in range(4 * AT_WORK):
        assert begun.acquire(timeout=PATIENCE)
    workers.add_task(task(done.set))

    assert done.wait(PATIENCE)
    assert len(workers.threads) == 4 * AT_WORK + FREE
    go_on.set()


def test_threads_that_are_not_needed_any_more_end(workers: Workers) -> None:
    begun, go_on, done = threading.Semaphore(0), threading.Event(), threading.Semaphore(0)

    def wait() -> None:
        with blocking():
            begun.release()
            go_on.wait(PATIENCE)

    for _task in range(AT_WORK):
        workers.add_task(task(wait))
    for _task in range(AT_WORK):
        assert begun.acquire(timeout=PATIENCE)
    go_on.set()
    with workers.lock:
        assert workers.thread_exit_cv.wait_for(lambda: len(workers.threads) == AT_WORK, PATIENCE)
    workers.add_task(task(done.release))

    assert done.acquire(timeout=PATIENCE)


def test_no_thread_begins_after_the_end() -> None:
    workers, begun, go_on = Workers(), threading.Event(), threading.Event()
    workers.start()

    def wait() -> None:
        with blocking():
            begun.set()
            go_on.wait(PATIENCE)

    workers.add_task(task(wait))
    assert begun.wait(PATIENCE)
    workers.shutdown(timeout=0)
    go_on.set()

    with workers.lock:
        assert workers.thread_exit_cv.wait_for(lambda: not workers.threads, PATIENCE)


def test_pages_are_answered_while_many_wait_for_mails() -> None:
    waiting = 3 * AT_WORK
    with Server(port=0) as server, httpx.Client(transport=LoopbackTransport(), timeout=PATIENCE) as client:
        world = server.worlds.make(running=False)
        entered = _count_waits(world.usage)
        answers: list[int] = []

        def wait() -> None:
            url = world.local("https://mail/api/messages/wait?to=a@example.com&seconds=60")
            answers.append(client.get(url).status_code)

        threads = [threading.Thread(target=wait) for _each in range(waiting)]
        for thread in threads:
            thread.start()
        for _each in range(waiting):
            assert entered.acquire(timeout=PATIENCE)
        assert client.get(world.local("https://marketplace.huaweicloud.com/")).status_code == 200
        with world.uow("guance", write=True) as uow:
            uow.send_mail(sender="no-reply@guance.com", to="a@example.com", subject="Code", text="123456")
        for thread in threads:
            thread.join(PATIENCE)

    assert answers == [200] * waiting


def _count_waits(users: WorldUsers) -> threading.Semaphore:
    entered, wait = threading.Semaphore(0), users.wait_for

    def counted(look: Callable[[], object], seconds: float) -> object:
        entered.release()
        return wait(look, seconds)

    users.wait_for = counted  # pyright: ignore[reportAttributeAccessIssue] - of this object only
    return entered


def test_pages_do_not_line_up_for_an_app_that_has_been_built() -> None:
    app = site.built_once(lambda: site.Flask("once"))
    built, found = app(), list[object]()
    with site._building:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - another app is being built
        thread = threading.Thread(target=lambda: found.append(app()), daemon=True)
        thread.start()
        thread.join(PATIENCE)

    assert found == [built]


def test_a_hash_waits_for_a_processor_and_lets_others_write_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = threading.Semaphore(0)
    monkeypatch.setattr(passwords, "_hashes_at_once", nobody)
    begun, hashed = threading.Event(), list[str]()

    def sign_up() -> None:
        with world.uow("guance", write=True) as uow:
            uow.session.connection()
            begun.set()
            hashed.append(passwords.new_hash(uow, "somebody", passwords.WELL_KNOWN))

    thread = threading.Thread(target=sign_up, daemon=True)
    thread.start()
    assert begun.wait(PATIENCE)
    with world.uow("guance", write=True) as uow:
        uow.record("written")
    assert not hashed
    nobody.release()
    thread.join(PATIENCE)

    assert len(hashed) == 1
