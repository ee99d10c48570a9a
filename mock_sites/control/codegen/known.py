"""What is known of the world of a recording: its people, the codes in its mails, and its sign-in pages."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from functools import cache, partial
from urllib.parse import urlsplit

from mock_sites.control.codegen.story import Known
from mock_sites.control.codegen.values import Typed, codes
from mock_sites.control.register import people, register
from mock_sites.web.context import WORLD_KEY
from mock_sites.world.company import Person
from mock_sites.world.recording import SignedIn
from mock_sites.world.shared_tables import StoredMail
from mock_sites.world.world import World


def known_of(world: World) -> Known:
    """What is known of ``world``."""
    mails = [(mail.recipient, _text(mail)) for mail in world.messages()]
    return Known(
        suffix=world.suffix,
        typed=Typed([person for _, person in people(world)], codes(mails)),
        person=signed_in_people(world),
        look=partial(_look, world),
    )


def signed_in_people(world: World) -> Callable[[SignedIn], Person | None]:
    """A function that tells which ready-made person is signed in. It asks a company once."""

    @cache
    def subjects(name: str) -> dict[str, Person]:
        company = world.companies[name]
        with world.uow(name) as uow:
            known = {person.username: person for person in company.people(uow)}
            doors = company.doors(uow, list(known))
        return {door.subject: known[username] for username, own in doors.items() for door in own}

    return lambda signed_in: subjects(signed_in.company).get(signed_in.subject)


def _text(mail: StoredMail) -> str:
    body = message_from_bytes(mail.source, policy=default).get_body(("plain",))
    return str(body.get_content()) if body else ""


def _look(world: World, url: str, language: str) -> str:
    """The page at a documented address, as a new browser with this language gets it."""
    parts = urlsplit(url)
    site = next(site for site in register().sites if site.host == parts.netloc)
    client = site.app_for(parts.path).test_client()
    answer = client.get(
        parts.path,
        base_url=world.local(f"https://{parts.netloc}"),
        headers={"Accept-Language": language},
        environ_overrides={WORLD_KEY: world},
    )
    return answer.get_data(as_text=True)
