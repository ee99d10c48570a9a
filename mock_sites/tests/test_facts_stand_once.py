"""Facts that both companies use are defined in one place each, and imported from there."""

import ast
import re
from typing import Final

import pytest

from mock_sites.tests.support.sources import PACKAGE, sources
from mock_sites.world import agreement


def where(text: str) -> list[str]:
    """The modules and templates that contain ``text``."""
    files = [*sources(), *sources(".html")]
    return [str(path.relative_to(PACKAGE)) for path in files if text in path.read_text("utf-8")]


@pytest.mark.parametrize(
    "fact", [agreement.GUANCE_CONTENT, agreement.GUANCE_PRODUCT, agreement.CARD_CONTENT, agreement.PRODUCTION_ADDRESS]
)
def test_facts_of_products_that_both_companies_use_are_in_the_agreement(fact: str) -> None:
    assert where(fact) == ["world/agreement.py"]


def test_the_offset_of_beijing_is_defined_with_the_clock() -> None:
    found = [
        str(path.relative_to(PACKAGE))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node) == "timedelta(hours=8)"
    ]
    assert found == ["world/clock.py"]


LOCAL_ADDRESSES: Final = {
    ("cli/remote.py", "http://localhost:8700"),  # where the commands look for a server: on this machine
    ("control/schemas.py", ".w42.localhost:8700"),  # an example in the API's document
    ("huawei/conformance/cases_kit.py", "http://macroverse.huaweicloud.com.localhost:8700"),  # there is no server
    ("world/phones.py", "sms.localhost"),  # mail addresses of phone numbers: nothing is served there
    ("serving/listening.py", ".localhost"),  # what is this machine, whatever the sites' domain is
}
"""The only pieces of addresses below ``localhost`` that are written out."""


def test_addresses_of_the_sites_are_made_in_one_place_because_their_domain_can_be_another() -> None:
    found = {
        (str(path.relative_to(PACKAGE)), node.value)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "localhost" in node.value and node.value != "localhost" and not re.search(r"\s", node.value)
    }
    assert found == LOCAL_ADDRESSES
    pages = [path.name for path in sources(".html") if "localhost" in path.read_text("utf-8")]
    assert pages == ["settings.html"]  # an example of a seller's own address


def test_who_may_see_a_page_of_huawei_cloud_is_decided_in_one_place() -> None:
    assert [name for name in where("abort(403") if name.startswith("huawei/")] == ["huawei/signed_in.py"]
