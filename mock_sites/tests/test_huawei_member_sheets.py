"""Sheets of members: batch import with its template, failed rows and records; export; slips to print."""

import csv
import io
import re
from dataclasses import replace

import pytest
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, TestResponse

from mock_sites.huawei.domain import members
from mock_sites.huawei.domain.member_import import LONGEST_CELL
from mock_sites.huawei.domain.tables import Enterprise, FailedRow, Member, MemberImport
from mock_sites.tests.support.enterprises import PASSWORD, WENDY, add
from mock_sites.tests.support.partner_services import buyer
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import TOKEN, Visitor, nothing_changes
from mock_sites.web import csv_file, sheets, xlsx_file

__all__ = ["buyer"]

ROOT = "/buyer/partner-services/members"
HEADER = "Employee name,Department,Phone number,Email,Account,Password"
GOOD = f"Tina,Sales,13800000000,,tina,{PASSWORD}"


def sends(visitor: Visitor, content: bytes, name: str = "staff.csv", base: str = "") -> TestResponse:
    """Send the form with a file."""
    data = {"csrf_token": TOKEN, "sheet": (io.BytesIO(content), name)}
    environ = EnvironBuilder(method="POST", data=data).get_environ()
    return visitor.ask("POST", f"{base}{ROOT}/import", environ["wsgi.input"].read(), environ["CONTENT_TYPE"])


def sheet(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *rows)).encode()


def cells(answer: TestResponse) -> list[list[str]]:
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def accounts(users: Users) -> list[str]:
    with users.world.uow("huawei") as uow:
        found = members.members_of(uow.session.get_one(Enterprise, users.ids["enterprise"]))
        return sorted(member.account for member in uow.session.scalars(found))


def test_good_rows_become_members_and_the_others_are_kept_with_their_reason(users: Users, buyer: Visitor) -> None:
    rows = (
        *(GOOD, "", f"Uma,,13800000000,,uma,{PASSWORD}", f"Vera,Sales,,,vera,{PASSWORD}"),
        *(f"Wendy,Sales,,w@x.example.com,wendy,{PASSWORD}", "Xenia,Sales,,x@x.example.com,xenia,weak", "Yara"),
        *(f"Tina,Sales,13800000000,,tina,{PASSWORD}", f"=1+1,Sales,13800000000,,a b,{PASSWORD}"),
    )
    answer = sends(buyer, sheet(*rows), "../人员.csv")
    assert answer.status_code == 302
    assert accounts(users) == ["tina", "wendy"]
    page = buyer.get(answer.location or "").text
    for reason in (
        "Department: Fill in this field.",
        "a phone number, an email address or both",
        "exists in the enterprise",
    ):
        assert reason in page
    assert "Members added: 1, failed rows: 7." in page
    assert PASSWORD not in page
    failed = cells(buyer.post(f"{(answer.location or '')}/failed.csv", {}))
    assert failed[0] == [*HEADER.split(","), "Reason"]
    assert [row[0] for row in failed[1:]] == ["Uma", "Vera", "Wendy", "Xenia", "Yara", "Tina", "'=1+1"]
    assert {row[5] for row in failed[1:]} == {""}
    assert "Added: 1, failed: 7" in buyer.get(f"{ROOT}/imports").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04\0\0\0", "This workbook cannot be read"),
        (b"\xff\xfe\xff", "This is neither a workbook"),
        (b"", "The first row is not that of the template"),
        (b"name,phone\r\nTina,1", "The first row is not that of the template"),
        (sheet(), "The sheet has no members"),
        (sheet(*["x"] * 101), "A sheet has 100 members at most"),
        (sheet(*[""] * 995, *["x"] * 101), "A sheet has 100 members at most"),
        (f"Employee name,,{HEADER.partition(',')[2]}\r\n{GOOD}".encode(), "The first row is not that of the template"),
    ],
    ids=str,
)
def test_a_file_of_the_wrong_kind_is_refused_and_changes_nothing(
    users: Users, buyer: Visitor, content: bytes, reason: str
) -> None:
    with nothing_changes(users.world):
        answer = sends(buyer, content)
    assert answer.status_code == 422
    assert re.search(rf'id="sheet-error">{reason}', answer.text)
    with nothing_changes(users.world):
        assert "Choose a file." in buyer.post(f"{ROOT}/import", {}).text


@pytest.mark.parametrize(("language", "encoding"), [("en", "utf-8-sig"), ("zh", "utf-8"), ("zh", "gb18030")])
def test_the_template_is_imported_in_each_language_and_encoding(users: Users, language: str, encoding: str) -> None:
    visitor = users.traveller("owner", language)
    base = users.visitor("huawei.marketplace").base
    template = cells(visitor.get(f"{base}{ROOT}/import/template.csv"))
    assert len(template) == 2
    lines = [*map(",".join, template), f"王芳,客户成功部,13800000000,,fang,{PASSWORD}"]
    assert sends(visitor, "\n".join(lines).encode(encoding), base=base).status_code == 302
    assert accounts(users) == ["fang", "wendy"]
    with users.world.uow("huawei") as uow:
        newest = uow.session.scalars(select(MemberImport).order_by(MemberImport.rows.desc())).first()
        assert newest
        assert (newest.rows, newest.added) == (2, 1)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_failed_rows_are_imported_once_they_are_corrected(users: Users, language: str, kind: str) -> None:
    visitor = users.traveller("owner", language)
    base = users.visitor("huawei.marketplace").base
    template = visitor.get(f"{base}{ROOT}/import/template.{kind}").get_data()
    [header, _example] = sheets.read(template, field="").values()
    made = users.world.clock.now()

    def sends_rows(*rows: list[str]) -> str:
        file = sheets.sheet_file(kind, "staff", rows[0], rows[1:], made=made).get_data()
        return sends(visitor, file, f"staff.{kind}", base).location or ""

    failed = sends_rows(
        header, ["Tina", "Sales", "", "", "tina", PASSWORD], ["=Uma", "Sales", "13800000000", "", "a b", "x"]
    )
    exported = visitor.post(f"{base}{failed}/failed.{kind}", {}).get_data()
    [titles, tina, uma] = sheets.read(exported, field="").values()
    tina[2], tina[5], uma[4], uma[5] = "13800000000", PASSWORD, "uma", PASSWORD
    sends_rows(titles, tina, uma)
    assert accounts(users) == ["tina", "uma", "wendy"]


def test_rows_that_fail_have_the_number_that_a_spreadsheet_shows_and_are_kept_as_far_as_fields_go(
    users: Users, buyer: Visitor
) -> None:
    far = "x" * 100_000
    answer = sends(buyer, sheet("", f"{far},{far},1,{far},{far},{far}", ",,", "Uma"))
    with users.world.uow("huawei") as uow:
        rows = uow.session.scalars(select(FailedRow).where(FailedRow.number > 2).order_by(FailedRow.number)).all()
        assert [row.number for row in rows] == [3, 5]
        assert {len(text) for text in (rows[0].name, rows[0].department, rows[0].account)} == {LONGEST_CELL}
    assert len(buyer.get(answer.location or "").get_data()) < len(far)


def test_others_can_write_while_a_sheet_is_read(users: Users, buyer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(content: bytes, *, field: str) -> dict[int, list[str]]:
        with users.world.uow("huawei", write=True) as uow:
            uow.record("test.written")
        return csv_file.read(content, field=field)

    monkeypatch.setattr(sheets, "read", slowly)
    assert sends(buyer, sheet(GOOD)).status_code == 302
    assert users.world.journal(kind="huawei.test.written")


def test_imported_members_log_in_with_the_password_of_their_row(users: Users, buyer: Visitor) -> None:
    sends(buyer, sheet(GOOD))
    with users.world.uow("huawei") as uow:
        tina = uow.session.scalars(select(Member).where(Member.account == "tina")).one()
        assert (tina.password_is_initial, tina.authorized, tina.department.path) == (True, False, "Sales")
        assert tina.password_hash.startswith("$argon2id$")


def test_the_members_are_exported_without_formulas(users: Users, buyer: Visitor) -> None:
    add(users.world, users.ids["enterprise"], replace(WENDY, name="@SUM(A1)", account="sum"))
    rows = cells(buyer.post(f"{ROOT}/export.csv", {}))
    assert rows[1:] == [
        ["'@SUM(A1)", "Research", "", "wendy@acme.example.com", "sum@acme", "Authorized"],
        ["Wendy", "Research", "", "wendy@acme.example.com", "wendy@acme", "Authorized"],
    ]


def test_a_slip_has_where_to_log_in_and_as_whom_and_where_the_password_is(buyer: Visitor) -> None:
    page = buyer.get("/buyer/partner-services/hand-over/slips").text
    for text in ("/unified-login/#", "wendy@acme", "The administrator tells you in person."):
        assert text in page.replace("<wbr>", "")
    assert "http://macroverse" in page, "a line breaks at the parts of an address, and not within its scheme"
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("language", "example"), [("en", ["Zhang San", "Research"]), ("zh", ["张三", "研发部"])], ids=["en", "zh"]
)
def test_the_example_in_the_template_has_words_in_the_language_of_the_pages(
    buyer: Visitor, language: str, example: list[str]
) -> None:
    buyer.get(f"/language/{language}")
    assert cells(buyer.get(f"{ROOT}/import/template.csv"))[1][:2] == example


def test_a_workbook_is_imported_and_exported_as_csv_is(users: Users, buyer: Visitor) -> None:
    template = buyer.get(f"{ROOT}/import/template.xlsx").get_data()
    [header, _example] = xlsx_file.read(template, field="sheet").values()
    assert ",".join(header) == HEADER
    rows = [["Tina", "Sales", "13800000000", "", "tina", PASSWORD], ["Uma"]]
    staff = xlsx_file.xlsx_file("staff", header, rows, made=users.world.clock.now()).get_data()
    answer = sends(buyer, staff, "staff.xlsx")
    assert accounts(users) == ["tina", "wendy"]
    failed = buyer.post(f"{answer.location}/failed.xlsx", {})
    assert failed.headers["Content-Disposition"] == 'attachment; filename="failed-members.xlsx"'
    [_titles, row] = xlsx_file.read(failed.get_data(), field="").values()
    assert row == ["Uma", "", "", "", "", "", "Department: Fill in this field."]
    exported = list(xlsx_file.read(buyer.post(f"{ROOT}/export.xlsx", {}).get_data(), field="").values())
    assert exported == cells(buyer.post(f"{ROOT}/export.csv", {}))
    assert users.world.journal(kind="huawei.members.exported")[-1].details["members"] == 2
