"""Forms with text fields of the operator's sites."""

from typing import Final

from mock_sites.control import forms as control
from mock_sites.mailbox.authenticator import SecretForm
from mock_sites.tests.support.typed.form import TypedForm
from mock_sites.web.forms import SiteForm

CASES: Final[dict[type[SiteForm], TypedForm]] = {
    SecretForm: TypedForm("mailbox", "/authenticator", {"secret": "A" * 32}, "nobody"),
    control.MakeForm: TypedForm("control", "/worlds", {"name": "no/name", "seed": "7"}, prefix="make-"),
    control.ImportForm: TypedForm("control", "/import", {"name": "no/name"}, prefix="import-"),
    control.ForkForm: TypedForm("control", "/worlds/{name}/fork", {"name": "no/name"}, prefix="fork-"),
    control.AdvanceForm: TypedForm(
        "control", "/worlds/{name}/clock/advance", {"amount": "1", "unit": "minutes"}, prefix="advance-"
    ),
    control.SnapshotForm: TypedForm("control", "/worlds/{name}/snapshots", {"label": "no/label"}, prefix="snapshot-"),
}
