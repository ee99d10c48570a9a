"""The mails of a world: every mail that anybody got."""

from dataclasses import dataclass
from typing import Any

from mock_sites.client.connection import Connection


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail."""

    number: int
    """Numbers order the mails of a world."""
    to: str
    sender: str
    subject: str
    sent_at: str
    """The world's time, in ISO 8601."""
    text: str
    codes: list[str]
    """The six-digit numbers that stand alone in the text."""


class Mailbox:
    """The mails of one world.

    Attributes:
        url: the web pages of the mailbox.
    """

    def __init__(self, connection: Connection, url: str) -> None:
        """Made by ``World``."""
        self.url = url
        self._api = connection.at(url)

    def mails(self, to: str = "", subject: str = "") -> list[Mail]:
        """The mails there are, the earliest first.

        Args:
            to: the whole address of the recipient; empty for all.
            subject: a part of the subject; empty for all.
        """
        found: list[Mail] = []
        more = True
        while more:
            after = found[-1].number if found else 0
            page = self._api.ask("GET", "messages", query={"to": to, "subject": subject, "after": after})
            found += map(_mail, page["messages"])
            more = page["more"]
        return found

    def wait_for(self, to: str, subject: str = "", *, seconds: float = 5) -> Mail:
        """The first mail to ``to`` whose subject contains ``subject``, as soon as it is there.

        Raises:
            ClientError: none came within ``seconds`` of real time.
        """
        query = {"to": to, "subject": subject, "seconds": seconds}
        return _mail(self._api.ask("GET", "messages", "wait", query=query))

    def latest_code(self, to: str) -> str:
        """The first code in the latest mail to ``to`` that has one.

        Raises:
            LookupError: there is none.
        """
        codes = [mail.codes[0] for mail in self.mails(to) if mail.codes]
        if not codes:
            raise LookupError(f"No mail to {to} has a code.")
        return codes[-1]


def _mail(answer: dict[str, Any]) -> Mail:
    return Mail(sender=answer["from"], **{name: answer[name] for name in answer if name != "from"})
