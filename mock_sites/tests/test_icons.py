"""Icons that pages contain."""

import re
from pathlib import Path
from typing import Final

import pytest

from mock_sites.huawei.domain.listings import all_listings
from mock_sites.web.icons import icon

SITES: Final = Path(__file__).parents[1]

USED: Final = {
    name for path in SITES.rglob("*.html") for name in re.findall(r"\bicon\('([a-z0-9-]+)'\)", path.read_text())
}


def test_every_icon_that_a_template_names_is_in_the_set() -> None:
    for name in USED | {listing.picture for listing in all_listings()}:
        assert "<path" in icon(name), name


def test_an_icon_is_a_small_drawing_that_screen_readers_skip() -> None:
    assert icon("search").startswith('<svg class="icon" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">')
    assert len(icon("search")) < 600


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")
