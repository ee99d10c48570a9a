"""Whether the interfaces keep what their OpenAPI documents say, whatever is sent to them. A program of its own.

schemathesis loads a great deal and changes the process it is in, so ``test_openapi`` starts this one.
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
"""Answers after seconds of real time."""

EXAMPLES: Final = steady.max_examples // 15
"""Requests for each operation that its document allows, and as many that it does not."""

ALL_CHECKS: Any = list(HealthCheck)


def conforms(dispatcher: Dispatcher, host: str) -> int:
    """Try the interface at a host; how many requests were made.

    Raises:
        FailureGroup: an answer is not what the document says.
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
    """Whether there are requests that the document does not allow: none where it asks for any text in the path alone.

    schemathesis looks for such requests nine hundred times before it gives up.
    """
    in_path: list[Any] = [found.definition for found in operation.iter_parameters() if found.location == "path"]
    return bool(operation.body or operation.query or any(found["schema"] != {"type": "string"} for found in in_path))


def try_out(operation: Any, mode: schemathesis.GenerationMode, host: str) -> int:
    """Send requests that the document allows, or such that it does not; how many."""
    asked = 0

    @settings(steady, max_examples=EXAMPLES, suppress_health_check=ALL_CHECKS)
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        nonlocal asked
        asked += 1
        # That a seed must be printable is no regular expression of JSON Schema.
        seed = cast("dict[str, Any]", case.body).get("seed", "") if isinstance(case.body, dict) else ""
        assume(str(seed).isprintable())
        if "name" in case.path_parameters and operation.method != "delete":
            case.path_parameters["name"] = WORLD
        # Nor does a document say which files are worlds.
        excluded = [positive_data_acceptance] if case.media_type == FILE else []
        case.validate_response(case.call(headers={"Host": host}), excluded_checks=excluded)

    with suppress(Unsatisfiable):  # there is nothing that the document does not allow
        check()
    return asked


def main() -> None:
    """Try all interfaces, and tell how many requests each of them got."""
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
