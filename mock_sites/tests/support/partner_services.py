"""A world in which a buyer has an enterprise, and the buyer on the pages of Partner Services."""

import pytest

from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor


@pytest.fixture
def buyer(users: Users) -> Visitor:
    """The buyer, signed in to the marketplace."""
    return users.visitor("huawei.marketplace", "owner")
