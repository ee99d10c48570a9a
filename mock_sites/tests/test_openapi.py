"""The APIs answer as their OpenAPI documents say. ``openapi_conformance`` tests them."""

import subprocess
import sys
from typing import Any, cast

from apiflask import APIFlask

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.visitors import apps
from mock_sites.web.json_api import Body


def subclasses(kind: type[Body]) -> set[type[Body]]:
    """All classes below one."""
    return {below for child in kind.__subclasses__() for below in (child, *subclasses(child))}


def test_all_interfaces_keep_what_their_documents_say(dispatcher: Dispatcher) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "mock_sites.tests.support.openapi_conformance"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    asked = dict(line.split() for line in done.stdout.splitlines())
    assert len(asked) == 1 + sum(site.api is not None for site in dispatcher.sites.values())
    assert all(int(number) > 5 for number in asked.values())


def test_a_document_has_each_tag_once(dispatcher: Dispatcher) -> None:
    for app in apps(dispatcher).values():
        if isinstance(app, APIFlask):
            tags = [tag["name"] for tag in cast("dict[str, Any]", app.spec)["tags"]]
            assert len(tags) == len(set(tags)), app.name


def test_what_is_wrong_with_a_text_is_said_in_the_sentence_of_its_rule(dispatcher: Dispatcher) -> None:
    apps(dispatcher)
    kinds = [kind for kind in subclasses(Body) if not kind.__module__.startswith("mock_sites.tests")]

    by_pattern = [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, field in kind.model_fields.items()
        if any(getattr(rule, "pattern", None) for rule in field.metadata)
    ]

    assert len(kinds) > 20
    assert by_pattern == []
