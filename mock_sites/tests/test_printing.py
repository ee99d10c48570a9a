"""Nothing that is printed in columns is cut off."""

from io import StringIO

import pytest

from mock_sites.process.printing import address_column, console_for, folding_table

TEXT = "在已购买的服务中查看" * 9
ADDRESS = "http://marketplace.huaweicloud.com.localhost:8700/" * 3


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def printed(stream: StringIO, *, boxed: bool) -> list[str]:
    """The lines of a table of two rows."""
    table = folding_table("Title", address_column("Address"), title="Pages", boxed=boxed)
    for title in (TEXT, "x" * 99):
        table.add_row(title, ADDRESS)
    console_for(stream).print(table)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("boxed", [True, False])
def test_a_row_is_a_line_where_no_terminal_sets_a_limit(*, boxed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    lines = printed(StringIO(), boxed=boxed)

    assert [line for line in lines if TEXT in line and ADDRESS in line]
    assert [line for line in lines if "x" * 99 in line and ADDRESS in line]


def test_a_terminal_folds_what_it_has_no_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    lines = printed(Terminal(), boxed=True)

    assert not [line for line in lines if TEXT in line]
    assert "".join(letter for line in lines for letter in line if letter in TEXT) == TEXT
