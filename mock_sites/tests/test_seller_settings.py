"""The settings of a product's seller, and ``mock-sites serve --seller``."""

import socket
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock, create_autospec

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from mock_sites import guance, huawei
from mock_sites.cli import main
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Seller
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.serving import command, server
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.serving.event_loop import EventLoop
from mock_sites.tests.support.gateway import KEY, drive
from mock_sites.world.agreement import GUANCE_PUBLIC_KEY
from mock_sites.world.errors import Refusal
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

SELLER = "http://localhost:9000/isv"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("production_address", "ftp://shop.example/isv"),
        ("production_address", "file:///etc/passwd"),
        ("production_address", "localhost:9000"),
        ("production_address", "http://"),
        ("production_address", "http://[::1"),
        ("production_address", "http://shop.example:port/"),
        ("production_address", "http://user:secret@shop.example/"),
        ("production_address", "http://shop.example/?key=1"),
        ("production_address", "http://shop.example/ isv"),
        ("production_address", "http://shop.example/" + "x" * 512),
        ("login_address", "javascript:alert(1)"),
        ("access_key", "a b"),
        ("access_key", "x" * 129),
        ("protocol", "v3"),
        ("encrypt_type", "3"),
        ("mgf_hash", "MD5"),
        ("public_key", "no key"),
    ],
)
def test_impossible_settings_are_refused(world: World, name: str, value: str) -> None:
    with world.uow("huawei", write=True) as uow, pytest.raises(Refusal) as refusal:
        sellers.configure(uow, catalogue.GUANCE_CONTENT, **{name: value})
    assert refusal.value.field == name
    with world.uow("huawei") as uow:
        assert sellers.agreed(uow, catalogue.GUANCE_CONTENT).built_in


@pytest.mark.parametrize(("bits", "good"), [(3072, True), (3071, False), (2048, False)])
def test_a_public_key_has_3072_bits_or_more(
    world: World, monkeypatch: pytest.MonkeyPatch, bits: int, *, good: bool
) -> None:
    key = create_autospec(RSAPublicKey, key_size=bits)
    monkeypatch.setattr(sellers, "load_pem_public_key", Mock(return_value=key))
    with world.uow("huawei", write=True) as uow, nullcontext() if good else pytest.raises(Refusal, match="3072"):
        sellers.configure(uow, catalogue.GUANCE_CONTENT, public_key="any")


def test_a_key_is_never_shown(world: World) -> None:
    drive(world, SELLER)
    with world.uow("huawei") as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
    assert (agreed.production_address, agreed.built_in) == (SELLER, False)
    assert KEY not in repr(agreed)
    assert KEY not in "".join(str(event.details) for event in world.journal())


@pytest.mark.parametrize("kit_key", ["", "the-key-of-the-kit"])
def test_serving_with_a_seller_calls_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], kit_key: str) -> None:
    driven = command.SellerOptions(SELLER, KEY, kit_key, "v2", "http://localhost:9000/login")
    plan = command.ServerOptions(0, "127.0.0.1", "main", None, open_browser=False, data=tmp_path, seller=driven)
    command.serve(plan, lambda: None)

    output = capsys.readouterr().out
    assert f"In world main the marketplace drives the seller at {SELLER} (protocol V2). Other worlds" in output
    assert KEY not in output
    worlds = Worlds(tmp_path, [huawei.COMPANY, guance.COMPANY])
    with worlds.get("main").uow("huawei") as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
    worlds.close()
    assert (agreed.protocol, agreed.production_address) == ("v2", SELLER)
    assert [agreed.keys[one] for one in Interface] == [KEY, kit_key or KEY]


def test_the_first_request_finds_the_world_and_its_seller(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[str, str]] = []

    class Loop(EventLoop):
        """Looks what is there before it begins."""

        def __init__(self, app: Dispatcher, sockets: list[socket.socket]) -> None:
            """Begin."""
            with app.worlds.get("main").uow("huawei") as uow:
                row = uow.session.get_one(Seller, catalogue.GUANCE_CONTENT)
                found.append((row.production_address, row.public_key))
            super().__init__(app, sockets)

    monkeypatch.setattr(server, "EventLoop", Loop)
    driven = command.SellerOptions(SELLER, KEY, "", "v2", "", GUANCE_PUBLIC_KEY)
    plan = command.ServerOptions(0, "127.0.0.1", "main", None, open_browser=False, data=None, seller=driven)
    command.serve(plan, lambda: None)

    assert found == [(SELLER, GUANCE_PUBLIC_KEY)]


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--seller", SELLER], "Say which key signs the calls"),
        (["--seller-key", KEY], "Say where your seller answers"),
        (["--seller-kit-key", KEY], "Say where your seller answers"),
        (["--seller-public-key", "key.pem"], "Say where your seller answers"),
        (["--seller", SELLER, "--seller-key", KEY, "--seller-public-key", "none.pem"], "Cannot read none.pem"),
        (["--seller", "ftp://x", "--seller-key", KEY, "--port", "0"], "begins with http:// or https://"),
    ],
)
def test_half_a_seller_is_refused_in_one_line(words: list[str], advice: str) -> None:
    result = CliRunner().invoke(main, ["serve", *words])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert advice in line
    assert KEY not in line


def test_a_public_key_that_is_none_is_refused_and_a_right_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "serve", serve := Mock())
    (tmp_path / "key.pem").write_text(GUANCE_PUBLIC_KEY)
    (tmp_path / "other.pem").write_bytes(b"\xff")
    words = ["serve", "--seller", SELLER, "--seller-key", KEY, "--seller-public-key"]

    assert "is no public key" in CliRunner().invoke(main, [*words, str(tmp_path / "other.pem")]).stderr
    assert CliRunner().invoke(main, [*words, str(tmp_path / "key.pem")]).exit_code == 0
    assert serve.call_args.args[0].seller.public_key == GUANCE_PUBLIC_KEY
