"""The import of a configuration that ``workspace_export`` has written, of the same workspace or of another one.

Names that the workspace has already, which are those of alerts, are skipped or replaced (spec guance, source C2,
configuration migration). Its name, ID and token stay.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from mock_sites.guance.domain import high_consumption, members, settings, storage, workspace_export
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.workspace_export import KIND, VERSION
from mock_sites.world.errors import N_, Labels, Refusal
from mock_sites.world.foreign_text import HALF_CHARACTER, HalfCharacterError, read_whole_json
from mock_sites.world.unit_of_work import UnitOfWork

CANCEL: Final = "cancel"
SKIP: Final = "skip"
REPLACE: Final = "replace"

CHOICES: Final = {
    CANCEL: N_("Import nothing"),
    SKIP: N_("Skip them"),
    REPLACE: N_("Replace them"),
}
"""What happens to the file if it has names that are there already."""


LABELS: Final = {
    "language": N_("Workspace language"),
    "remark": N_("Remark"),
    "description": N_("Description"),
    "allowed_addresses": N_("IP addresses"),
    "addresses": N_("IP addresses"),
    "storage_days": N_("Data Storage Policy"),
    "monitors": N_("Monitors"),
    "high_consumption_alerts": N_("High Consumption Alert"),
    **storage.ITEMS,
}
"""What the pages call the entries of a file and the fields of the settings."""


class _Entries(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Described(_Entries):
    """What describes a workspace. ``id``, ``name``, ``site`` and ``created_at`` say where the file comes from."""

    id: str
    name: str
    site: str
    language: str
    remark: str
    description: str
    created_at: str


class Configuration(_Entries):
    """The file."""

    kind: str
    version: int
    workspace: Described
    allowed_addresses: list[str]
    storage_days: dict[str, int]
    monitors: list[dict[str, str]]
    high_consumption_alerts: dict[str, int]
    exported_at: str


@dataclass(frozen=True)
class Importer:
    """Who imports: the role in the workspace, and the IP address of the request."""

    role: str
    address: str


def read(file: bytes) -> Configuration:
    """The configuration in a file.

    Raises:
        Refusal: for ``file``: it is of another kind or of another version, or an entry is missing or wrong.
    """
    try:
        found: Any = read_whole_json(file)
    except HalfCharacterError as error:
        raise _refused(HALF_CHARACTER, **error.details) from None
    except ValueError:
        raise _refused(N_("This file is not JSON. Choose one that was exported from a workspace.")) from None
    content = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    if content.get("kind") != KIND:
        raise _refused(N_("This is no configuration of a workspace. Choose a file that was exported from one."))
    if content.get("version") != VERSION:
        version = repr(content.get("version"))[:20]  # the text "1" is not 1
        raise _refused(
            N_("The file is of version {version}. Version {expected} can be imported."),
            version=version,
            expected=VERSION,
        )
    try:
        configuration = Configuration.model_validate(content)
    except ValidationError as error:
        raise wrong_entry(".".join(map(str, error.errors()[0]["loc"]))) from None
    _check_entries(configuration)
    return configuration


def apply(uow: UnitOfWork, workspace: Workspace, found: Configuration, *, taken: str, name: str, by: Importer) -> None:
    """Take over a configuration. ``taken`` is one of the ``CHOICES``, ``name`` confirms it.

    Raises:
        Refusal: for ``taken``: names are there already; for ``file``: a rule of the settings refuses an entry; for
            ``name``; or because the workspace is locked. Nothing was changed if the unit of work is rolled back.
    """
    storage.check_open(workspace)
    storage.check_name(workspace, name)
    there = high_consumption.alerts_of(uow, workspace)
    alerts = {
        item: threshold
        for item, threshold in found.high_consumption_alerts.items()
        if item not in there or there[item].threshold != threshold
    }
    names = [item for item in alerts if item in there]
    if names and taken not in {SKIP, REPLACE}:
        raise Refusal(
            N_("These alerts are there already: {names}. Skip or replace them; nothing was imported."),
            field="taken",
            names=Labels(storage.ITEMS[item] for item in names),
        )
    with _of_the_file():
        about = found.workspace
        settings.change_basics(
            uow, workspace, language=about.language, remark=about.remark, description=about.description
        )
        settings.allow_addresses(uow, workspace, "\n".join(found.allowed_addresses), by.address)
        _keep(uow, workspace, found, by)
        for item, threshold in alerts.items():
            if taken == REPLACE or item not in there:
                high_consumption.set_alert(uow, workspace, item, threshold)
    uow.record("workspace.imported", workspace=workspace.id, language=about.language)


def wrong_entry(entry: str) -> Refusal:
    """The refusal of a file for one of its entries, with what the pages call it."""
    labels = Labels(LABELS[part] for part in entry.split(".") if part in LABELS)
    if labels:
        return _refused(N_("{labels}: the file has no valid entry {entry}."), labels=labels, entry=entry[:100])
    return _refused(N_("The file has no valid entry {entry}."), entry=entry[:100])


def _check_entries(configuration: Configuration) -> None:
    """Refuse items and values that no workspace can have, by the name of the entry."""
    if configuration.storage_days.keys() != storage.ITEMS.keys():
        raise wrong_entry("storage_days")
    for item, days in configuration.storage_days.items():
        if days not in storage.PRICES[item]:
            raise wrong_entry(f"storage_days.{item}")
    for item, threshold in configuration.high_consumption_alerts.items():
        if item not in storage.ITEMS or not 1 <= threshold <= high_consumption.LARGEST:
            raise wrong_entry(f"high_consumption_alerts.{item}")
    if configuration.monitors != workspace_export.monitors():
        raise wrong_entry("monitors")


def _keep(uow: UnitOfWork, workspace: Workspace, found: Configuration, by: Importer) -> None:
    """Change the data storage policy, if the file has another one."""
    if found.storage_days == storage.policy_of(uow, workspace):
        return
    if not members.reaches(by.role, members.OWNER):
        raise Refusal(N_("The file has another data storage policy, which only the owner can change."))
    storage.change_policy(uow, workspace, found.storage_days, workspace.name)


@contextmanager
def _of_the_file() -> Generator[None]:
    """Refusals of the settings are shown beside the file."""
    try:
        yield
    except Refusal as refusal:
        if refusal.field in LABELS:
            raise _refused(N_("{label}: {text}"), label=Labels([LABELS[refusal.field]]), text=refusal) from None
        raise _refused(refusal.reason, **refusal.details) from None


def _refused(reason: str, **details: object) -> Refusal:
    return Refusal(reason, field="file", **details)
