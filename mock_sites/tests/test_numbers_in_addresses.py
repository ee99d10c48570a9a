"""A number in an address that is larger than that of any row is the address of nothing, at every site and API."""

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import IntegerConverter

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.visitors import apps, arguments, methods, rules
from mock_sites.web.converters import Number
from mock_sites.world.database import LARGEST_NUMBER


def test_a_number_that_no_row_can_have_is_not_found(dispatcher: Dispatcher) -> None:
    for app, rule in rules(dispatcher):
        url_map = apps(dispatcher)[app].url_map
        assert url_map.converters["int"] is Number, app
        adapter = url_map.bind("localhost")
        for method in methods(rule) if "<int:" in rule.rule else ():
            path = adapter.build(rule.endpoint, dict.fromkeys(arguments(rule), 1), method)
            assert adapter.match(path, method)[0] == rule.endpoint
            with pytest.raises((NotFound, MethodNotAllowed)):
                adapter.match(path.replace("1", str(LARGEST_NUMBER + 1)), method)


def test_numbers_are_written_as_such_in_all_rules(dispatcher: Dispatcher) -> None:
    assert issubclass(Number, IntegerConverter)
    numbered = {rule.rule for _app, rule in rules(dispatcher) if "<int" in rule.rule}

    assert len(numbered) > 20
    assert [rule for rule in numbered if "<int(" in rule] == []


def test_the_page_of_such_a_number_is_one_that_is_not_there(browse: Browse) -> None:
    answer = browse("https://seller.huaweicloud.com").get(f"/questions/{LARGEST_NUMBER + 1}/answer")

    assert answer.status_code == 404
