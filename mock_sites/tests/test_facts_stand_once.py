"""Facts that both companies use are defined in one place each, and imported from there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from mock_sites.world import agreement

PACKAGE: Final = Path(__file__).parents[1]
"""The folder of ``mock_sites``."""


def modules() -> Iterator[Path]:
    """The Python modules of the product, without its tests."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "tests" not in path.relative_to(PACKAGE).parts)


def where(text: str) -> list[str]:
    """The modules and templates that contain ``text``."""
    files = [*modules(), *sorted(PACKAGE.rglob("*.html"))]
    return [str(path.relative_to(PACKAGE)) for path in files if text in path.read_text("utf-8")]


@pytest.mark.parametrize(
    "fact", [agreement.GUANCE_CONTENT, agreement.GUANCE_PRODUCT, agreement.CARD_CONTENT, agreement.PRODUCTION_ADDRESS]
)
def test_facts_of_products_that_both_companies_use_are_in_the_agreement(fact: str) -> None:
    assert where(fact) == ["world/agreement.py"]


def test_the_offset_of_beijing_is_defined_with_the_clock() -> None:
    found = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node) == "timedelta(hours=8)"
    ]
    assert found == ["world/clock.py"]


LOCAL_ADDRESSES: Final = {
    ("cli/remote.py", "http://localhost:8700"),  # where the commands look for a server: on this machine
    ("control/schemas.py", ".w42.localhost:8700"),  # an example in the API's document
    ("guance/domain/contacts.py", "sms.localhost"),  # mail addresses of phone numbers: nothing is served there
    ("huawei/conformance/cases_kit.py", "http://macroverse.huaweicloud.com.localhost:8700"),  # there is no server
    ("serving/listening.py", ".localhost"),  # what is this machine, whatever the sites' domain is
}
"""The only pieces of addresses below ``localhost`` that are written out."""


def test_addresses_of_the_sites_are_made_in_one_place_because_their_domain_can_be_another() -> None:
    found = {
        (str(path.relative_to(PACKAGE)), node.value)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "localhost" in node.value and node.value != "localhost" and not re.search(r"\s", node.value)
    }
    assert found == LOCAL_ADDRESSES
    pages = [path.name for path in PACKAGE.rglob("*.html") if "localhost" in path.read_text("utf-8")]
    assert pages == ["settings.html"]  # an example of a seller's own address
