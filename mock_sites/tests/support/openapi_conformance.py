"""Checks that the APIs answer as their OpenAPI documents say, whatever is sent. It runs as a program.

schemathesis loads many modules and changes its process, so ``test_openapi`` starts this program.
"""

import logging
import sys
from contextlib import suppress
from typing import Any, Final, cast

import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi.checks import positive_data_acceptance

from mock_sites.process.temporary import temporary_folder
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.fuzzing import steady

WORLD: Final = "asked"
HOSTS: Final = ("localhost", f"mail.{WORLD}.localhost", f"seller.huaweicloud.com.{WORLD}.localhost")
FILE: Final = "application/zip"
WAITS: Final = "/api/messages/wait"
"""The API that waits, with waits of no real time."""

EXAMPLES: Final = steady.max_examples // 15
"""Requests for each operation that its document allows, and as many that it does not allow."""

ALL_CHECKS: Any = list(HealthCheck)


def conforms(dispatcher: Dispatcher, host: str) -> int:
    """Test the API at a host. Returns the number of requests.

    Raises:
        FailureGroup: an answer is not as the document says.
    """
    schema: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", dispatcher, headers={"Host": host})
    operations = [found.ok() for found in schema.get_all_operations()]
    return sum(
        try_out(operation, mode, host)
        for operation in operations
        for mode in schemathesis.GenerationMode
        if operation.path != WAITS and (mode.is_positive or has_limits(operation))
    )


def has_limits(operation: Any) -> bool:
    """Whether there are requests that the document does not allow. There are none if the only parameter is any text in
    the path.

    schemathesis tries nine hundred times to find such a request before it gives up.
    """
    in_path: list[Any] = [found.definition for found in operation.iter_parameters() if found.location == "path"]
    return bool(operation.body or operation.query or any(found["schema"] != {"type": "string"} for found in in_path))


def try_out(operation: Any, mode: schemathesis.GenerationMode, host: str) -> int:
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
        if "name" in case.path_parameters and operation.method != "delete":
            case.path_parameters["name"] = WORLD
        # Nor does a document say which files are worlds.
        excluded = [positive_data_acceptance] if case.media_type == FILE else []
        case.validate_response(case.call(headers={"Host": host}), excluded_checks=excluded)

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
        for host in HOSTS:
            sys.stdout.write(f"{host} {conforms(dispatcher, f'{host}:8700')}\n")
        dispatcher.worlds.close()


if __name__ == "__main__":
    main()
