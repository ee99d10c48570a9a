"""Checks that the APIs answer as their OpenAPI documents say, whatever is sent. It runs as a program.

schemathesis loads many modules and changes its process, so ``test_openapi`` starts this program.
"""

import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, cast

import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from mock_sites.huawei.domain import accounts
from mock_sites.huawei.scenario_api.acting import HEADER
from mock_sites.process.temporary import temporary_folder
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.fuzzing import steady
from mock_sites.tests.support.plans import buy
from mock_sites.tests.support.subscribing import account_of, order
from mock_sites.world import sign_ins

WORLD: Final = "asked"
SCENARIO: Final = f"marketplace.huaweicloud.com.{WORLD}.localhost"
HOSTS: Final = (
    "localhost",
    *(f"{host}.{WORLD}.localhost" for host in ("mail", "seller.huaweicloud.com", "openapi.guance.com")),
    SCENARIO,
)
FILE: Final = "application/zip"
LEFT_OUT: Final = {"GET /api/messages/wait", "DELETE /api/sign-ins"}
"""What waits, with waits of no real time, and what ends the sign-in that the others need."""

EXAMPLES: Final = steady.max_examples // 15
"""Requests for each operation that its document allows, and as many that it does not allow."""

ALL_CHECKS: Any = list(HealthCheck)


def conforms(dispatcher: Dispatcher, host: str, signed_in: Mapping[str, str], ids: Mapping[str, str]) -> int:
    """Test the API at a host, with the headers of somebody who is ``signed_in``, and ``ids`` for parameters in paths.
    Returns the number of requests.

    Raises:
        FailureGroup: an answer is not as the document says.
    """
    schema: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", dispatcher, headers={"Host": host})
    operations = [found.ok() for found in schema.get_all_operations()]
    return sum(
        try_out(operation, mode, {"Host": host, **signed_in}, ids)
        for operation in operations
        for mode in schemathesis.GenerationMode
        if f"{operation.method.upper()} {operation.path}" not in LEFT_OUT
        and (mode.is_positive or has_limits(operation))
    )


def has_limits(operation: Any) -> bool:
    """Whether there are requests that the document does not allow. There are none if the only parameter is any text in
    the path.

    schemathesis tries nine hundred times to find such a request before it gives up.
    """
    in_path: list[Any] = [found.definition for found in operation.iter_parameters() if found.location == "path"]
    return bool(operation.body or operation.query or any(found["schema"] != {"type": "string"} for found in in_path))


def try_out(
    operation: Any, mode: schemathesis.GenerationMode, headers: Mapping[str, str], ids: Mapping[str, str]
) -> int:
    """Send requests that the document allows, or requests that it does not allow. Returns their number."""
    asked = 0

    @settings(steady, max_examples=EXAMPLES, suppress_health_check=ALL_CHECKS)
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        nonlocal asked
        asked += 1
        # JSON Schema has no regular expression for printable text, which a seed must be.
        seed = cast("dict[str, Any]", case.body).get("seed", "") if isinstance(case.body, dict) else ""
        assume(str(seed).isprintable())
        if operation.method != "delete":
            case.path_parameters |= {name: value for name, value in ids.items() if name in case.path_parameters}
        # Nor does a document say which files are worlds, or what a buyer may do now. Requests without a sign-in would
        # be sent to another host; test_refused_requests tests them.
        unknown = case.media_type == FILE or headers["Host"].startswith(SCENARIO)
        excluded = [positive_data_acceptance, ignored_auth] if unknown else []
        case.validate_response(case.call(headers=headers), headers=headers, excluded_checks=excluded)

    with suppress(Unsatisfiable):  # all requests are allowed by the document
        check()
    return asked


def main() -> None:
    """Test all APIs, and print the number of requests for each of them."""
    logging.disable()
    schemathesis.serializer.alias(FILE, "application/octet-stream")
    with temporary_folder() as folder:
        dispatcher = Dispatcher(folder, 8700)
        world = dispatcher.worlds.make(WORLD, running=False)
        with world.uow("guance", write=True) as uow:
            uow.send_mail(sender="a@example.com", to="b@example.com", subject="Code", text="It is 123456.")
        ids = {"name": WORLD, "instance_id": buy(world), "order_id": order(world)}
        with world.uow("huawei", write=True) as uow:
            token = sign_ins.begin(uow, accounts.REALM, account_of(uow).id).token
        for host in HOSTS:
            signed_in = {HEADER: token} if host == SCENARIO else {}
            sys.stdout.write(f"{host} {conforms(dispatcher, f'{host}:8700', signed_in, ids)}\n")
        dispatcher.worlds.close()


if __name__ == "__main__":
    main()
