"""A world in which a buyer has an enterprise, and the buyer on the pages of Partner Services."""

from collections.abc import Iterator

import pytest

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.users import Users, populate
from mock_sites.tests.support.visitors import Visitor


@pytest.fixture
def users(dispatcher: Dispatcher) -> Iterator[Users]:
    """The people of a world of the test's own."""
    users = populate(dispatcher)
    yield users
    dispatcher.worlds.drop(users.world.name)


@pytest.fixture
def buyer(users: Users) -> Visitor:
    """The buyer, signed in to the marketplace."""
    return users.visitor("huawei.marketplace", "owner")
