"""A test that was written from a recording runs green as it is: what it does again was done without a browser."""

import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, Final

import httpx
from click.testing import CliRunner

from e2e.cli import main
from e2e.page_objects import with_page_objects
from e2e.scenario.actor import OpenBrowser
from fixtures.inner_runs import run_pytest
from mock_sites import Server, loopback_client
from mock_sites.client import Person, World, Worlds

PRODUCT: Final = "https://marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336"
SERVICES: Final = "https://marketplace.huaweicloud.com/buyer/purchased-services"

_HIDDEN: Final = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")[^>]*value="([^"]*)"')


class Visitor:
    """Somebody who opens pages and sends forms, as a browser would."""

    def __init__(self, world: World, client: httpx.Client) -> None:
        """Nothing is open yet."""
        self.world, self.client = world, client
        client.follow_redirects = True
        self.page = httpx.Response(200)

    def open(self, url: str) -> None:
        """Open a documented address."""
        self.page = self.client.get(self.world.local(url))

    def follow(self, part: str) -> None:
        """Follow the first link whose address has this part."""
        link = next(found for found in re.findall('href="([^"]+)"', self.page.text) if part in found)
        self.page = self.client.get(self.page.url.join(unescape(link)))

    def send(self, to: str = "", **fields: str) -> None:
        """Send the form of the page, to another address if need be."""
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(self.page.text)}
        self.page = self.client.post(self.page.url.join(to), data=hidden | fields)


def subscribe(visitor: Visitor, person: Person) -> None:
    """Sign in at the second try, subscribe, and look at the purchased services three minutes later."""
    visitor.open("https://auth.huaweicloud.com/authui/login")
    visitor.send(name=person.username, password="not-the-one")
    visitor.send(name=person.username, password=person.password)
    visitor.open(PRODUCT)
    visitor.follow("/subscribe")
    visitor.send(agreed="y")
    visitor.world.clock.advance(minutes=3)
    visitor.world.turn_on("Arbitrary Selection of Settlement Method", "zhouhao")
    visitor.open(SERVICES)


def close_and_register(visitor: Visitor) -> None:
    """Close the resource; then begin a registration at Guance, with a code from the mailbox."""
    world = visitor.world
    visitor.follow("/close")
    visitor.send()
    world.clock.advance(minutes=3)
    visitor.open("https://auth.guance.com/businessRegister")
    typed = {"username": "new.user", "password": "Made-Up-7x", "confirm": "Made-Up-7x", "email": "new@example.com"}
    visitor.send("/businessRegister/code", site="cn4", get_code="yes", **typed)
    code = world.mailbox.latest_code("new@example.com")
    visitor.send("/businessRegister", site="cn4", code=code, phone="13900000000", **typed)
    assert "Company Information" in visitor.page.text


def test_what_was_recorded_is_done_again_by_the_test_that_is_written(
    world: World, server: Server, tmp_path: Path
) -> None:
    """One begins in a new world, the other in a world as it was in the middle of a story."""
    buyer = world.people()["verified-buyer"]
    world.record()
    with loopback_client() as client:
        visitor = Visitor(world, client)
        subscribe(visitor, buyer)
        close_and_register(visitor)
    assert world.save_as_test(tmp_path / "test_new_world.py") is None

    world.record()
    with loopback_client() as client:
        visitor = Visitor(world, client)
        visitor.open("https://auth.huaweicloud.com/authui/login")
        visitor.send(name=buyer.username, password=buyer.password)
        visitor.open(SERVICES)
        assert "Closed" in visitor.page.text
    assert world.save_as_test(tmp_path / "test_old_world.py") == tmp_path / "test_old_world.zip"

    code, said = run_pytest(tmp_path, "-p", "no:randomly", "--mock-server", server.url)

    assert code == 0, said
    assert "2 passed" in said
    written = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.py"))
    assert not {buyer.password, "Made-Up-7x", "not-the-one"} & {*re.findall(r"[\w-]+", written)}
    style = ["--isolated", "--line-length=120", "--quiet"]
    assert (
        subprocess.run([sys.executable, "-m", "ruff", "format", "--check", *style, tmp_path], check=False).returncode
        == 0
    )


def test_page_objects_take_the_place_of_what_they_find(
    worlds: Worlds, world: World, keep_world: Callable[[World], World], open_browser: OpenBrowser
) -> None:
    buyer = world.people()["verified-buyer"]
    world.record()
    with loopback_client() as client:
        subscribe(Visitor(world, client), buyer)

    source = with_page_objects(world.recorded_test())

    assert "sign_in_page = SignInPage(visitor)\n    sign_in_page.open()" in source
    assert "sign_in_page.password.fill(verified_buyer.password)" in source
    assert "product_page.subscribe_now.click()" in source
    assert "expect(purchased_services.heading).to_be_visible()" in source
    assert 'get_by_label("Password")' not in source

    def wrong(number: int) -> str:
        return f"Wrong-{number}"

    defined: dict[str, Any] = {}
    exec(compile(source, "test_recorded.py", "exec"), defined)  # noqa: S102 - what was written is to run
    again = keep_world(worlds.make())
    defined["test_what_was_recorded"](again, again.people(), wrong, open_browser)
    assert len(again.journal("huawei.resource")) == len(world.journal("huawei.resource"))


def test_the_command_writes_it(world: World, server: Server, tmp_path: Path) -> None:
    world.record()
    with loopback_client() as client:
        Visitor(world, client).open("https://auth.huaweicloud.com/authui/login")
    options = [world.name, str(tmp_path / "test_mine.py"), "--mock-server", server.url]

    saved = CliRunner().invoke(main, ["save-test", *options])

    assert saved.output.startswith(f"Saved {tmp_path / 'test_mine.py'}. Run it with pytest.\n")
    assert "so it runs only below" in saved.output
    assert "SignInPage(visitor)" in (tmp_path / "test_mine.py").read_text(encoding="utf-8")
    (tmp_path / "test_mine.py").write_text("edited")
    asked = CliRunner().invoke(main, ["save-test", *options], input="n\n")
    assert (asked.exit_code, (tmp_path / "test_mine.py").read_text()) == (1, "edited")
    assert f"Replace {tmp_path / 'test_mine.py'}?" in asked.output
    refused = CliRunner().invoke(main, ["save-test", "nowhere", *options[1:], "--yes"])
    assert (refused.exit_code, refused.output) == (
        2,
        "journeys: There is no world called nowhere. `mock-sites worlds record NAME` begins a recording.\n",
    )
