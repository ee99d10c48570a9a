"""The mailbox, and a mail to read in it."""

from mock_sites.world.world import World

MAILBOX = "https://mail/"


def send(world: World, **changes: str) -> int:
    """Send a mail. Returns its number."""
    mail = {"sender": "Guance <no-reply@guance.com>", "to": "a@example.com", "subject": "Code", "text": "It is 123456."}
    with world.uow("guance", write=True) as uow:
        uow.send_mail(**(mail | changes))
    return world.messages()[-1].number
