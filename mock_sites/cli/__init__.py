"""``mock-sites``: serve the sites, look after their worlds, and see whether this machine has what is needed.

Whatever takes long to load is loaded by the command that needs it, so that help comes at once and a Ctrl-C while the
server is still being loaded is taken care of.
"""

import click

from mock_sites.cli.common import Commands
from mock_sites.cli.conform import conform
from mock_sites.cli.doctor import doctor
from mock_sites.cli.serve import serve
from mock_sites.cli.worlds import worlds


@click.group("mock-sites", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mock sites of a cloud marketplace and of a seller on it, on this machine only.

    \b
    mock-sites serve --open       serve them and open the start page
    mock-sites worlds make demo   make another world on the running server
    mock-sites conform URL ...    see whether a seller's endpoint keeps to the protocol
    mock-sites doctor --fix       get what this machine lacks
    """  # noqa: D301 - click reads the backspace


for command in (serve, worlds, conform, doctor):
    main.add_command(command)
