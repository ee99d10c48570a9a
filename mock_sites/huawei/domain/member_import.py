"""The import of members from a sheet: good rows become members, the others are kept with their reason (huawei 1.5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Select, select

from mock_sites.huawei.domain import departments, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Enterprise, FailedRow, MemberImport
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

COLUMNS: Final = {
    "name": N_("Employee name"),
    "department": N_("Department"),
    "phone": N_("Phone number"),
    "email": N_("Email"),
    "account": N_("Account"),
    "password": N_("Password"),
}
"""The columns of the sheet and their titles."""

REASON: Final = N_("Reason")
"""The title of one more column, which the rows that failed are exported with."""

EXAMPLE: Final = (N_("Zhang San"), N_("Research"), "13800000000", "zhangsan@example.com", "zhangsan", "********")
"""The second row of the template, with words in the language of the pages.

It is to be deleted: without a letter and a digit its password is refused."""

MOST_ROWS: Final = 100
"""The rows of one import. Each password takes about 19 ms to hash."""

LONGEST_FILE_NAME: Final = 100

LONGEST_CELL: Final = departments.LONGEST_PATH + 1
"""The characters that are taken of a cell: too many for every field, so that the row is refused, and kept so far."""


@dataclass(frozen=True)
class NewRow:
    """A row of the sheet: a new member and its initial password."""

    number: int
    details: Details
    password: str


def rows_of(sheet: Mapping[int, Sequence[str]], titles: Sequence[Sequence[str]]) -> list[NewRow]:
    """The rows below the header, which has the titles in one of the languages. What a row lacks is empty.

    ``sheet`` has the rows by their numbers. The last title is that of the reason: headers may lack it.

    Raises:
        Refusal: for ``sheet``: the header is another one, there are no rows or too many.
    """
    [header, *rows] = sheet.items() or [(1, ())]
    if list(header[1]) not in [list(known) for each in titles for known in (each, each[:-1])]:
        raise Refusal(
            N_("The first row is not that of the template. Download the template and fill it in."), field="sheet"
        )
    if not rows:
        raise Refusal(N_("The sheet has no members. Enter each one in a row of its own."), field="sheet")
    if len(rows) > MOST_ROWS:
        raise Refusal(N_("A sheet has 100 members at most. Divide it into several."), field="sheet")
    found: list[NewRow] = []
    for number, row in rows:
        cells = [cell[:LONGEST_CELL] for cell in (*row, *([""] * len(COLUMNS)))][: len(COLUMNS)]
        found.append(NewRow(number, Details(**dict(zip(COLUMNS, cells[:-1], strict=False))), cells[-1]))
    return found


def import_rows(
    uow: UnitOfWork,
    enterprise: Enterprise,
    file_name: str,
    rows: Sequence[NewRow],
    check: Callable[[NewRow], None],
    explain: Callable[[Refusal], str],
) -> MemberImport:
    """Add a member for each row that ``check`` and the rules of members allow, and keep the others.

    ``explain`` says why a row was refused.

    Raises:
        Refusal: the enterprise is not ready.
    """
    members.check_ready(enterprise)
    reasons: dict[int, str] = {}
    hashes: dict[int, str] = {}
    for row in rows:  # all passwords are hashed before anything is changed
        try:
            check(row)
            hashes[row.number] = members.initial_hash(uow, enterprise, row.details.account, row.password)
        except Refusal as refusal:
            reasons[row.number] = explain(refusal)
    for row in rows:
        if row.number in hashes:
            try:
                members.add_hashed(uow, enterprise, row.details, password_hash=hashes[row.number])
            except Refusal as refusal:
                reasons[row.number] = explain(refusal)
    made = MemberImport(
        id=uow.random_text("import", 16),
        enterprise_id=enterprise.id,
        file_name=file_name[-LONGEST_FILE_NAME:],
        at=uow.now,
        rows=len(rows),
        added=len(rows) - len(reasons),
    )
    uow.session.add(made)
    uow.session.flush()
    for row in rows:
        if reason := reasons.get(row.number):
            uow.session.add(FailedRow(import_id=made.id, number=row.number, reason=reason, **asdict(row.details)))
    uow.record("members.imported", enterprise=enterprise.domain, added=made.added, failed=made.failed)
    return made


def imports_of(enterprise: Enterprise) -> Select[MemberImport]:
    """The imports of an enterprise, the latest first."""
    mine = select(MemberImport).where(MemberImport.enterprise_id == enterprise.id)
    return mine.order_by(MemberImport.at.desc(), MemberImport.id)


def find(uow: UnitOfWork, enterprise: Enterprise, import_id: str) -> MemberImport | None:
    """The import with this id, if it is one of the enterprise."""
    found = uow.session.get(MemberImport, import_id)
    return found if found and found.enterprise_id == enterprise.id else None


def failed_rows(record: MemberImport) -> Select[FailedRow]:
    """The rows of which no member was made, as in the sheet."""
    return select(FailedRow).where(FailedRow.import_id == record.id).order_by(FailedRow.number)
