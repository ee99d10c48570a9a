"""States are defined in one place each, change only in allowed ways, and are named by their members."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any, cast

import jinja2
import pytest
from jinja2 import nodes
from sqlalchemy import Enum
from sqlalchemy.orm import DeclarativeBase, Mapper

from mock_sites.guance.domain.tables import Table as GuanceTable
from mock_sites.huawei.conformance.model import CaseVerdict as ConformanceVerdict
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.domain.tables import Table as HuaweiTable
from mock_sites.tests.support.sources import sources
from mock_sites.world.shared_tables import SharedTable
from mock_sites.world.states import ForbiddenTransitionError, State

BASES: tuple[type[DeclarativeBase], ...] = (HuaweiTable, GuanceTable, SharedTable)
MAPPERS: list[Mapper[Any]] = [
    mapper for base in BASES for mapper in sorted(base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
]
ENUMS: list[tuple[type[Any], str, type[StrEnum]]] = [
    (mapper.class_, column.key, cast("type[StrEnum]", column.type.enum_class))
    for mapper in MAPPERS
    for column in mapper.columns
    if isinstance(column.type, Enum)
]
"""Tables, their columns whose values are members of enums, and these enums."""

STATES = [(table, name, kind) for table, name, kind in ENUMS if issubclass(kind, State)]


def _values() -> dict[str, set[str]]:
    """All values, by the names of such columns."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _table, name, kind in [*ENUMS, (SellerCall, "outcome", CallVerdict), (None, "verdict", ConformanceVerdict)]:
        found[name] |= {member.value for member in kind}
    return dict(found)


VALUES = _values()


def test_a_column_of_states_has_its_enum() -> None:
    untyped = [f"{mapper.class_.__name__}.state" for mapper in MAPPERS if "state" in mapper.columns]
    assert sorted(f"{table.__name__}.{name}" for table, name, _ in STATES if name == "state") == sorted(untyped)
    assert {kind for _, _, kind in STATES} == set(State.__subclasses__()), "a state that no column has"


@pytest.mark.parametrize(
    ("table", "name", "kind"), STATES, ids=[f"{table.__name__}.{name}" for table, name, _ in STATES]
)
def test_a_row_changes_its_state_in_allowed_ways_only(table: type[Any], name: str, kind: type[State]) -> None:
    for before, wanted in product(kind, kind):
        row = table(**{name: before.value})
        if wanted is before or wanted in before.followers:
            setattr(row, name, wanted.value)
            assert getattr(row, name) is wanted
        else:
            with pytest.raises(ForbiddenTransitionError, match=f"{kind.__name__}: {wanted} cannot follow {before}."):
                setattr(row, name, wanted)
            assert getattr(row, name) is before


@pytest.mark.parametrize(("table", "name", "kind"), ENUMS, ids=[f"{table.__name__}-{name}" for table, name, _ in ENUMS])
def test_a_column_takes_no_other_text(table: type[Any], name: str, kind: type[StrEnum]) -> None:
    with pytest.raises(ValueError, match=f"'no-such' is not a valid {kind.__name__}"):
        table(**{name: "no-such"})


def test_the_rules_name_states_by_their_members() -> None:
    """No literal is compared with such a column, assigned to it, or passed under its name."""
    assert [place for path in sources() for place in _literals(path)] == []


def test_the_templates_name_only_existing_states() -> None:
    """Templates compare with literals. Each must be a value of a column with the compared name."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    seen, wrong = 0, list[str]()
    for path in sources(".html"):
        tree = environment.parse(path.read_text())
        for name, values in _compared(tree):
            seen += 1
            if not values <= VALUES[name]:
                wrong.append(f"{path.name}: {name} is never {', '.join(sorted(values - VALUES[name]))}")
    assert wrong == []
    assert seen > 20


def _literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        named: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Compare):
            named = [(one, other) for one, other in product([node.left, *node.comparators], repeat=2)]
        elif isinstance(node, ast.Assign):
            targets, value = node.targets[0], node.value
            if isinstance(targets, ast.Tuple) and isinstance(value, ast.Tuple):
                named = list(zip(targets.elts, value.elts, strict=True))
            else:
                named = [(targets, value)]
        elif isinstance(node, ast.Call):
            named = [(ast.Attribute(node.func, word.arg), word.value) for word in node.keywords if word.arg]
        for column, value in named:
            if isinstance(column, ast.Attribute) and _texts(value) & VALUES.get(column.attr, set()):
                yield f"{path.name}:{value.lineno}: {column.attr} {ast.unparse(value)}"


def _texts(value: ast.expr) -> set[str]:
    several = value.elts if isinstance(value, ast.Tuple | ast.Set | ast.List) else [value]
    return {one.value for one in several if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _compared(tree: nodes.Template) -> Iterator[tuple[str, set[str]]]:
    """Names of columns, and the texts that a template compares them with."""
    for compared in tree.find_all(nodes.Compare):
        if (name := _name(compared.expr)) in VALUES:
            for operand in compared.ops:
                one = operand.expr
                several = one.items if isinstance(one, nodes.Tuple | nodes.List) else [one]
                yield name, {each.value for each in several if isinstance(each, nodes.Const) and each.value}
    for chosen in tree.find_all(nodes.Getitem):
        if isinstance(chosen.node, nodes.Dict) and (name := _name(chosen.arg)) in VALUES:
            yield name, {pair.key.value for pair in chosen.node.items if isinstance(pair.key, nodes.Const)}


def _name(expression: nodes.Expr) -> str:
    """The last name of ``state`` or ``order.state``."""
    if isinstance(expression, nodes.Getattr):
        return expression.attr
    return expression.name if isinstance(expression, nodes.Name) else ""
