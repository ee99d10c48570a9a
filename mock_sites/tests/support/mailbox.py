"""The mailbox, and mails to read in it."""

import re

from mock_sites.world import mail_reading
from mock_sites.world.world import World

MAILBOX = "https://mail/"


def send(world: World, **changes: str) -> int:
    """Send a mail. Returns its number."""
    mail = {"sender": "Guance <no-reply@guance.com>", "to": "a@example.com", "subject": "Code", "text": "It is 123456."}
    with world.uow("guance", write=True) as uow:
        uow.send_mail(**(mail | changes))
    return world.messages()[-1].number


def last_code(world: World, recipient: str) -> str:
    """The code in the latest mail to an address, on a line of its own."""
    found = re.search(r"^([0-9]{6})\r?$", world.messages(recipient)[-1].source.decode(), re.MULTILINE)
    assert found
    return found[1]


def received(world: World, recipient: str) -> list[tuple[str, str]]:
    """The mails to an address: their subjects and the first lines of their texts."""
    mails = [mail_reading.read(stored) for stored in world.messages(recipient)]
    return [(mail.subject, mail.text.partition("\n")[0]) for mail in mails]
