"""``journeys scan`` and ``journeys redact``."""

# ruff: noqa: PLC0415

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from mock_sites import Problem


class _SecretsCommand(click.Command):
    """A command whose help says what tells a secret."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from mock_sites.redaction.looked_for import FORMS, PLACES

        with formatter.section("Looked for"):
            for told in (*PLACES, FORMS):
                formatter.write_text(f"- {told}")


@click.command(cls=_SecretsCommand)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--seed", help="Seed of the world it was recorded in.  [default: that of every world]")
def scan(*, files: tuple[Path, ...], seed: str | None) -> None:
    """Look for secrets in each FILE, a recording or any other file or folder; exit code 1 when there is one.

    Zips and compressed files are opened. What a secret is called, and not the secret, is printed. Strings of high
    entropy are named as advice: they may be secrets of an unknown form, and do not change the exit code.
    """
    from e2e.recording.known_secrets import known_secrets
    from mock_sites.redaction.looked_for import LOOKED_FOR
    from mock_sites.redaction.scan import MOST_ADVICE, ScanError
    from mock_sites.redaction.scan import scan as look_through

    try:
        scanned = look_through(files, known_secrets(seed))
    except ScanError as error:
        raise Problem(str(error)) from error
    for line in scanned.found:
        click.echo(line)
    if not scanned.found:
        click.echo("No secrets found. Looked for:")
        for kind in LOOKED_FOR:
            click.echo(f"- {kind}")
    _print_unread(scanned.unread)
    if scanned.advice:
        click.echo("Strings of high entropy, which may be secrets:")
        for line in scanned.advice[:MOST_ADVICE]:
            click.echo(f"- {line}")
        if more := len(scanned.advice) - MOST_ADVICE:
            click.echo(f"- and {more} more") if more > 0 else None
    if scanned.found:
        sys.exit(1)


@click.command(cls=_SecretsCommand)
@click.argument("source", metavar="IN.zip", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT.zip", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--secrets", "file", metavar="FILE", type=click.Path(path_type=Path), help="Known secrets, one a line.")
@click.option(
    "--env", "variables", metavar="NAME", multiple=True, help="The value of this environment variable is one."
)
@click.option("--paths", is_flag=True, help="Replace the folders and user names of the machine too.")
def redact(*, source: Path, target: Path, file: Path | None, variables: tuple[str, ...], paths: bool) -> None:
    """Write the Playwright trace IN.zip without secrets to OUT.zip, to be shared.

    IN.zip may be the folder of an unpacked trace.

    Secrets are replaced by placeholders such as «token-1», the same for the same secret. They are known (--secrets,
    --env), or told by their place or form, as listed below. Pictures that show one are masked, or replaced by plain
    ones where its place is not known.

    OUT.zip is scanned before it is there; it is not written if a secret is found in it. IN.zip is not changed.
    The exit code is 0 if it was written, 1 if a secret was found, 2 if it could not be done.
    """
    from mock_sites.redaction.redact import LeftError, RedactError, secrets_in_environment, secrets_in_file
    from mock_sites.redaction.redact import redact as write_redacted

    try:
        known = [*(secrets_in_file(file) if file else ()), *secrets_in_environment(variables)]
        done = write_redacted(source, target, known, paths=paths)
    except RedactError as error:
        raise Problem(f"{error}.") from error
    except LeftError as error:
        click.echo(f"journeys: {error}.", err=True)
        sys.exit(1)
    replaced = ", ".join(f"{kind} {count}" for kind, count in sorted(done.secrets.items())) or "none"
    click.echo(f"{target}: replaced secrets: {replaced}; pictures without their secrets: {len(done.pictures)}.")
    _print_unread(done.unread)


def _print_unread(unread: Mapping[str, int]) -> None:
    if unread:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(unread.items()))
        click.echo(f"Not read, so a secret in them is not found: {kinds}. Look at them before you share the file.")
    if "pictures" in unread:
        click.echo("`journeys redact` masks pictures of pages where an element holds a secret; it does not read them.")
