"""The shapes of the mail API's requests and answers. Moments are ISO 8601 in UTC."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from mock_sites.world.database import LARGEST_NUMBER

LONGEST_WAIT: Final = 60.0
USUAL_WAIT: Final = 10.0
LONGEST_TEXT: Final = 998
"""The longest line of a mail, in characters (RFC 5322, 2.1.1)."""

MOST: Final = 1000
"""The most mails in one answer."""

Line = Annotated[str, Field(max_length=LONGEST_TEXT)]


class MailQuery(BaseModel):
    """Which mails are meant. A field that is left out does not filter."""

    model_config = ConfigDict(extra="forbid")

    to: Line = Field("", description="The whole address of the recipient.")
    subject: Line = Field("", description="A part of the subject.")
    after: int = Field(0, ge=0, le=LARGEST_NUMBER, description="Only mails numbered above this.")

    def __str__(self) -> str:
        """The filter in words, for someone who debugs a test."""
        to = f" to {self.to!r}" if self.to else ""
        subject = f" with {self.subject!r} in its subject" if self.subject else ""
        after = f" after number {self.after}" if self.after else ""
        return f"mail{to}{subject}{after}"


class ListQuery(MailQuery):
    """Which mails are listed, and how many."""

    limit: int = Field(100, ge=1, le=MOST, description="At most so many, the earliest first.")


class WaitQuery(MailQuery):
    """Which mail to wait for, and for how long."""

    seconds: float = Field(
        USUAL_WAIT, ge=0, le=LONGEST_WAIT, allow_inf_nan=False, description="Seconds of real time to wait at most."
    )


class Mail(BaseModel):
    """A mail."""

    number: int
    to: str
    sender: str = Field(alias="from")
    subject: str
    sent_at: datetime
    text: str
    codes: list[str] = Field(description="The six-digit numbers that stand alone in the text.")


class MailList(BaseModel):
    """Mails, earliest first."""

    messages: list[Mail]
    more: bool = Field(description="Whether there are later ones that fit; ask again with the last number as `after`.")
