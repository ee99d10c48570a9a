"""``mock-sites serve``."""

# ruff: noqa: PLC0415

from pathlib import Path

import click

from mock_sites.cli.common import Port, Problem
from mock_sites.http.host_names import LOCALHOST


@click.command()
@click.argument("port_by_itself", metavar="[PORT]", type=Port(), required=False)
@click.option("--port", type=Port(), default=8700, show_default=True, help="Port to serve on; 0 takes any free one.")
@click.option(
    "--public-port",
    type=Port(),
    help="Port of a proxy before this server, which all addresses on pages then have.  [default: that of --port]",
)
@click.option(
    "--host",
    default="localhost",
    show_default=True,
    help="Address of this machine to listen on as well; 0.0.0.0 and :: are all of them.",
)
@click.option(
    "--domain",
    envvar="MOCK_SITES_DOMAIN",
    default=LOCALHOST,
    show_default=True,
    show_envvar=True,
    help="What all host names end with: a domain of yours, below which all names lead to this machine.",
)
@click.option("--world", default="main", show_default=True, help="World to have ready; made if it is not there.")
@click.option("--seed", help="Ids, codes and secrets of a world that is made come from it.  [default: 2026]")
@click.option("--open", "open_browser", is_flag=True, help="Open the start page in a browser.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder to keep the worlds in. Without it they are gone when the server ends.",
)
@click.option("--seller", help="Production address of a service of yours that the marketplace drives.")
@click.option(
    "--seller-key",
    envvar="MOCK_SITES_SELLER_KEY",
    show_envvar=True,
    help="The access key agreed on with that seller.",
)
@click.option(
    "--seller-kit-key",
    envvar="MOCK_SITES_SELLER_KIT_KEY",
    show_envvar=True,
    help="The key of its joint-operation kit, if it is another.",
)
@click.option(
    "--seller-public-key",
    type=click.Path(path_type=Path),
    help="File with its RSA public key (PEM), with which the OAuth client's secret is encrypted.",
)
@click.option(
    "--protocol",
    type=click.Choice(["v1", "v2"]),
    default="v2",
    show_default=True,
    help="The seller protocol it speaks.",
)
@click.option("--seller-login", help="Login address of that seller, where unified login sends members.")
def serve(  # noqa: PLR0913 - one parameter an option
    *,
    port_by_itself: int | None,
    port: int,
    public_port: int | None,
    host: str,
    domain: str,
    world: str,
    seed: str | None,
    open_browser: bool,
    data: Path | None,
    seller: str | None,
    seller_key: str | None,
    seller_kit_key: str | None,
    seller_public_key: Path | None,
    protocol: str,
    seller_login: str | None,
) -> None:
    """Serve the sites until Ctrl-C, and tell their addresses and who can sign in.

    Every site is at its documented host name with .localhost behind it, such as
    http://marketplace.huaweicloud.com.localhost:8700/ (in the world demo:
    marketplace.huaweicloud.com.demo.localhost). The start page lists them all. Browsers find these names by
    themselves; `mock-sites hosts` says how other programs do.

    With --seller, the marketplace drives that service instead of the built-in seller, Guance, in the world of --world.
    Other worlds keep the built-in one, until a product's settings in their Seller Center name another.
    """
    if port_by_itself is not None:
        port = port_by_itself
    if seller and not seller_key:
        raise Problem("Say which key signs the calls: --seller-key KEY, or the variable MOCK_SITES_SELLER_KEY.")
    if (seller_key or seller_kit_key or seller_public_key or seller_login) and not seller:
        raise Problem("Say where your seller answers: --seller http://localhost:9000/isv.")
    from mock_sites.process.imports import lasting_imports
    from mock_sites.process.signals import stop_signals

    with stop_signals() as wait_for_stop:
        with lasting_imports():
            from mock_sites.serving import command

        try:
            public_key = _text_of(seller_public_key) if seller_public_key else ""
            keys = (seller_key or "", seller_kit_key or "")
            login = seller_login or ""
            driven = command.SellerOptions(seller, *keys, protocol, login, public_key) if seller else None
            plan = command.ServerOptions(port, host, world, seed, open_browser, data, driven, public_port, domain)
            command.serve(plan, wait_for_stop)
        except command.REFUSALS as error:
            raise Problem(str(error)) from error


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Problem(f"{path} is no public key in PEM.") from error
