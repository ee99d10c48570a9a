"""A form that is sent several times at the same moment does what it does when it is sent one time after the other."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

import pytest

from mock_sites.tests.support.forms import named
from mock_sites.tests.support.typed import CASES
from mock_sites.tests.support.typed.form import TypedForm
from mock_sites.tests.support.users import Users, fork
from mock_sites.web.forms import SiteForm
from mock_sites.world import jobs

TIMES: Final = 2

MEANINGS: Final = {2: "done", 3: "done", 4: "refused", 5: "failed"}
"""What statuses mean, by their first digit. A page that is refused may be refused in another way a moment later."""


def outcome(users: Users, case: TypedForm, *, at_once: bool) -> tuple[Counter[str], Counter[str]]:
    """What the answers mean, and the kinds of events."""
    own = fork(users)
    session = case.prepare(own)
    before = len(own.world.journal())
    visitors = [own.visitor(case.app, case.who, **session) for _ in range(TIMES)]
    path = case.path.format_map(own.ids)
    barrier = Barrier(TIMES if at_once else 1)

    def send(number: int) -> str:
        barrier.wait()
        return MEANINGS[visitors[number].post(path, case.good, prefix=case.prefix).status_code // 100]

    with ThreadPoolExecutor(TIMES if at_once else 1) as pool:
        answers = Counter(pool.map(send, range(TIMES)))
    jobs.run_due(own.world)
    kinds = Counter(event.kind for event in own.world.journal()[before:])
    own.dispatcher.worlds.drop(own.world.name)
    return answers, kinds


@pytest.mark.parametrize("form", CASES, ids=named)
def test_a_form_that_is_sent_at_the_same_moment_does_what_it_does_in_turns(users: Users, form: type[SiteForm]) -> None:
    case = CASES[form]

    assert outcome(users, case, at_once=True) == outcome(users, case, at_once=False)
