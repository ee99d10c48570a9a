"""What a seller did not accept, in a buyer's words. The Seller Center has names of calls and parts of answers."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.huawei.domain.tables import FailedSync
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.codes import EXPLANATIONS
from mock_sites.huawei.seller_gateway import kit
from mock_sites.huawei.seller_gateway.verdict import NO_ANSWER
from mock_sites.huawei.signed_in import account
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm
from mock_sites.web.language import translate
from mock_sites.web.paging import page_of
from mock_sites.world.errors import N_

_CHANGES: Final[Mapping[str, str]] = {
    KitInterface.TENANT: N_("The enterprise"),
    KitInterface.APPLICATION: N_("The application"),
    KitInterface.AUTHORIZATION: N_("The authorization of members"),
    KitInterface.DEPARTMENT: N_("A department"),
    KitInterface.ALL_DEPARTMENTS: N_("The departments"),
}


def listed() -> dict[str, Any]:
    """The failed calls to sellers about the account's enterprises, for ``failures.html``."""
    return {
        "failures": page_of(uow(), kit.failures_of(account().id)),
        "change": _change,
        "reason": _reason,
        "action_form": SiteForm(formdata=None),
    }


def _change(failure: FailedSync) -> str:
    return translate(_CHANGES[failure.interface])


def _reason(failure: FailedSync) -> str:
    if failure.explanation in NO_ANSWER.values():
        return translate(N_("There was no answer."))
    documented = failure.explanation in EXPLANATIONS.values()
    return translate(failure.explanation if documented else N_("The answer of the seller cannot be used."))
