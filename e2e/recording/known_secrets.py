"""The secrets of the mock sites, which a recording of them must not have."""

from contextlib import closing

from e2e.scenario.labels import LANGUAGES
from e2e.scenario.personas import choose_personas
from mock_sites import Server
from mock_sites.client import Worlds
from mock_sites.redaction.secrets import Secret, of_people


def known_secrets(seed: str | None) -> list[Secret]:
    """The passwords of all people of a world, ready-made or generated, in both languages."""
    with Server(port=0) as server, closing(Worlds(server.url)) as worlds:
        world = worlds.make(seed=seed)
        casts = [choose_personas(world, language) for language in LANGUAGES]
        return [*of_people([*world.people().values(), *casts])]
