"""``mock-sites conform``: what it refuses, how it ends, and the calls over a real connection."""

import base64
import re
import socket
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from werkzeug.wrappers import Request, Response

from mock_sites.cli import main
from mock_sites.http.clients import LoopbackTransport
from mock_sites.huawei.conformance import sealing
from mock_sites.huawei.conformance.sending import Sender
from mock_sites.huawei.seller_gateway import oaep, sellers
from mock_sites.tests.support.conform_command import Serve, conform, refused, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.world.transport import Call

__all__ = ["serve"]


def unused_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_a_seller_that_does_not_conform_ends_with_1_and_gets_its_reports(serve: Serve, tmp_path: Path) -> None:
    junit, html = tmp_path / "report.xml", tmp_path / "report.html"

    result = conform(serve(WrongSeller(KEY, "no-instance-id")), "--junit", str(junit), "--html", str(html))

    assert result.exit_code == 1, result.output
    assert "Falls short (" in result.stdout
    assert "The answer has no instanceId" in result.stdout
    assert KEY not in result.output
    assert '<failure type="no-instance-id"' in junit.read_text(encoding="utf-8")
    assert "The answer has no instanceId" in html.read_text(encoding="utf-8")


def test_a_seller_that_conforms_ends_with_0(serve: Serve) -> None:
    result = conform(serve(WrongSeller(KEY)))

    assert (result.exit_code, "Conforms (" in result.stdout) == (0, True), result.output


@pytest.mark.parametrize("path", ["", "/"], ids=["without-a-slash", "with-a-slash"])
def test_a_seller_is_called_at_its_address_letter_by_letter(serve: Serve, path: str) -> None:
    called: set[str] = set()

    @Request.application
    def seller(request: Request) -> Response:
        called.add(request.path)
        return Response(status=404)

    conform(serve(seller) + path)

    assert called == {f"/produce{path}"}


def test_a_seller_that_does_not_answer_is_reported_in_one_line() -> None:
    assert "Nobody answers at http://127.0.0.1:" in refused(conform(unused_address()))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://seller.example/",
        "file:///etc/passwd",
        "seller.example",
        "http://",
        "http://[",
        "http://a:99999/",
        "http://a b/",
    ],
)
def test_what_is_no_http_address_is_refused(address: str) -> None:
    assert "address" in refused(conform(address))


@pytest.mark.parametrize("address", ["http://me:pass@localhost/", "http://localhost/?a=b", "http://localhost/#a"])
def test_an_address_with_more_than_a_path_is_refused_and_not_repeated(address: str) -> None:
    assert refused(conform(address)).endswith("Give the production address alone: no user name, query or fragment.")


@pytest.mark.parametrize("key", ["", " "])
def test_a_missing_key_is_reported_in_one_line(key: str) -> None:
    assert "--key" in refused(conform("http://localhost:9/", key=key))


def test_a_choice_that_is_missing_is_named_in_one_line_without_escapes() -> None:
    result = CliRunner().invoke(main, ["conform", "http://localhost:9/", "--key", KEY])

    assert result.stderr == "mock-sites: Missing option '--protocol'. Choose from: v1, v2\n"


@pytest.mark.parametrize("option", ["--junit", "--html"])
def test_a_file_that_cannot_be_written_is_reported_before_anything_is_sent(option: str, tmp_path: Path) -> None:
    assert "Name another file" in refused(conform("http://localhost:9/", option, str(tmp_path / "no" / "report")))


def test_no_report_is_left_of_a_run_that_could_not_take_place(tmp_path: Path) -> None:
    refused(conform(unused_address(), "--junit", str(tmp_path / "report.xml")))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_public_key_is_reported_in_one_line(tmp_path: Path) -> None:
    missing, other = tmp_path / "missing.pem", tmp_path / "other.pem"
    other.write_text("no key")

    assert "Cannot read" in refused(conform("http://localhost:9/", "--public-key", str(missing)))
    assert "is no public key in PEM" in refused(conform("http://localhost:9/", "--public-key", str(other)))


def test_a_secret_is_sealed_with_the_digests_that_were_chosen() -> None:
    private = rsa.generate_private_key(65537, sealing.LEAST_RSA_BITS)
    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    sealed = base64.b64decode(sealing.sealer(pem, digest="sha256", mgf="sha1")("the secret"))

    how = padding.OAEP(padding.MGF1(SHA1()), SHA256(), None)  # noqa: S303 - Java's default
    assert private.decrypt(sealed, how) == b"the secret"


def test_a_secret_is_sealed_as_that_of_a_product_that_nobody_has_set_up() -> None:
    usual = {option.name: option.default for option in main.commands["conform"].params}

    for name in ("oaep_digest", "mgf_hash"):
        assert usual[name] == oaep.DIGESTS[sellers.DEFAULTS[name]]


def test_a_public_key_that_is_too_short_is_refused() -> None:
    short = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - that is the point

    with pytest.raises(ValueError, match="has 1024 bits"):
        sealing.sealer(short.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), digest="sha1", mgf="sha1")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (b"", "slow"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", "slow"),
        (b"no HTTP at all\r\n\r\n", "broken-off"),
    ],
)
def test_what_is_no_answer_has_its_exact_cause(said: bytes, fault: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, Sender(LoopbackTransport(), limit=0.05) as sender:
        ended = threading.Event()

        def talk() -> None:
            line, _address = listening.accept()
            with line:
                line.sendall(said)
                ended.wait(5)

        thread = threading.Thread(target=talk)
        thread.start()
        answer = sender.send(Call("GET", f"http://127.0.0.1:{listening.getsockname()[1]}/"))
        ended.set()
        thread.join()

    assert answer.fault == fault


def test_headers_keep_the_case_in_which_they_came(serve: Serve) -> None:
    with Sender(LoopbackTransport()) as sender:
        answer = sender.send(Call("GET", serve(WrongSeller(KEY, "body-sign-header-name"))))

    assert "Body-sign" in dict(answer.headers)


def test_only_what_is_listed_is_called(serve: Serve) -> None:
    result = conform(serve(WrongSeller(KEY)), "--listing", "one-time")

    assert result.exit_code == 0, result.output
    assert "Listing: one-time; optional parameters: all." in result.stdout
    assert "refreshInstance" not in result.stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--listing", "licence"), "V2.0 has no calls for licences"),
        (
            ("--with", "mobilePhone"),
            "V2 has no optional parameter, and no operation on request, mobilePhone.",
        ),
        (("--proxy", "socks5://me:s3cret@127.0.0.1:9"), "is no address of an HTTP proxy"),
    ],
)
def test_options_that_do_not_fit_are_reported_in_one_line(words: tuple[str, str], reason: str) -> None:
    line = refused(conform("http://localhost:9/", *words))

    assert reason in line
    assert "s3cret" not in line


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--listing", "yearly"), "none of period, trial, on-demand"),
        (("--listing", ","), "Name at least one"),
        (("--time", "soon"), "neither a UTC time"),
        (("--timeout", "0"), "not in the range"),
    ],
)
def test_options_that_cannot_be_read_say_what_can(words: tuple[str, str], reason: str) -> None:
    result = conform("http://localhost:9/", *words)

    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.split())


def test_calls_can_carry_another_time(serve: Serve) -> None:
    address = serve(WrongSeller(KEY))

    assert conform(address, "--time", "-20s").exit_code == 0
    skewed = conform(address, "--time", "+90m", "--listing", "one-time")
    assert skewed.exit_code == 1
    assert re.search(r"are 5(399|40[0-9]) s apart", " ".join(skewed.stdout.split())), skewed.output


def test_diagnoses_are_shown_in_chinese(serve: Serve) -> None:
    result = conform(serve(WrongSeller(KEY, "no-body-hash")), "--language", "zh", "--listing", "one-time")

    assert "直接对请求体签名。生产接口应使用请求体的十六进制 HMAC-SHA256。" in result.stdout


def test_neither_of_two_keys_is_shown(serve: Serve, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    words = ("--kit", "--kit-key", "the key of the kit", "--listing", "one-time", "--html", str(html))

    result = conform(serve(WrongSeller(KEY, "key-of-other-class")), *words)

    assert "Signed with the key of another class." in result.stdout
    for shown in (result.output, html.read_text(encoding="utf-8")):
        assert KEY not in shown
        assert "the key of the kit" not in shown
