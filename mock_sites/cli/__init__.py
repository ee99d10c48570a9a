"""``mock-sites``: serve the sites, manage their worlds, and check whether this machine has what is needed.

Modules that load slowly are imported by the command that needs them. So help is shown at once, and a Ctrl-C during
the import of the server is handled.
"""

import click

from mock_sites.cli.common import Commands
from mock_sites.cli.conform import conform
from mock_sites.cli.datakit import datakit
from mock_sites.cli.doctor import doctor
from mock_sites.cli.hosts import hosts
from mock_sites.cli.scenarios import buy, close, onboard
from mock_sites.cli.serve import serve
from mock_sites.cli.worlds import worlds


@click.group("mock-sites", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mock sites of a cloud marketplace and of a seller on it, on this machine only.

    \b
    mock-sites serve --open       serve them and open the start page
    mock-sites worlds make demo   make another world on the running server
    mock-sites buy OFFER          buy without a browser; likewise onboard and close
    mock-sites datakit TOKEN      let a host report to a workspace
    mock-sites conform URL ...    see whether a seller's endpoint keeps to the protocol
    mock-sites hosts              let programs other than browsers find the sites
    mock-sites doctor --fix       get what this machine lacks
    """  # noqa: D301 - click reads the backspace


for command in (serve, worlds, hosts, conform, doctor, buy, onboard, close, datakit):
    main.add_command(command)
