"""What an operator does on the start page."""

from typing import Final, cast
from urllib.parse import urljoin

from e2e.demo.player import PLAYABLE
from e2e.gallery.forms import Saved
from e2e.gallery.scenes.shared import CONFIRM, SHOP, Scene, Turn, fill, plan_is_bought, press
from e2e.journeys import JOURNEYS
from e2e.scenario.labels import Language
from mock_sites.client import World, Worlds


def _decades_pass(world: World) -> None:
    for _step in range(24):
        world.clock.advance(days=1_100)


class _Player:
    """A player of journeys, which begins one and waits for somebody to stop it."""

    def waits(self, world: World) -> None:
        """It waits for a journey, and is offered some seconds longer."""
        Worlds(urljoin(world.url, "/")).demos.next(PLAYABLE)

    def begins(self, world: World) -> None:
        """It begins the journey that was chosen."""
        demo = Worlds(urljoin(world.url, "/")).demos.next(PLAYABLE)
        assert demo, "no journey was chosen"
        demo.begin()
        steps = JOURNEYS[demo.journey].steps
        demo.step(
            steps[0].title.in_language(cast("Language", demo.language)),
            actor=steps[0].actor,
            number=1,
            steps=len(steps),
        )
        self._demo = demo

    def ends(self, _world: World) -> None:
        """It has ended the journey, as it was asked to."""
        self._demo.end(stopped=True)


_PLAYER: Final = _Player()

PLAYED_JOURNEY: Final = Scene(
    [
        Turn("operator", "/worlds/{world}", fact=_PLAYER.waits, form=press('[action$="/demos"] button')),
        Turn("operator", "/worlds/{world}", fact=_PLAYER.begins, form=press('[action*="/demos/"] button')),
        Turn("operator", "/worlds/{world}", fact=_PLAYER.ends),
    ]
)
"""A journey is played, and stopped."""

WORLDS_AND_CLOCK: Final = Scene(
    [
        Turn(
            "operator",
            "/worlds/{world}",
            fact=plan_is_bought,
            form=fill(**{"snapshot-label": "before-the-demo"}),
        ),
        *(
            Turn("operator", form=press(f'main [action$="/clock/{verb}"] button'))
            for verb in ("next-job", "run", "freeze")
        ),
        Turn("operator", form=fill(**{"moment-moment": "2026-04-03 09:00"})),
        Turn("operator", link='main a[href$="/restore"]', form=press(CONFIRM)),
        Turn("operator", link='main a[href$="/delete"]', form=press(CONFIRM)),
        Turn("operator", form=fill(**{"moment-moment": "9999-12-31 23:59"})),
        Turn("operator", "/worlds/{world}", form=fill(**{"fork-name": "gallery-forked"})),
        Turn("operator", link='main a[href$="/drop"]', form=press(CONFIRM)),
        Turn("operator", "/worlds", form=fill(**{"make-name": "gallery-made"})),
        Turn("operator", link='main a[href$="/drop"]', form=press(CONFIRM)),
    ]
)
"""An operator moves the clock, goes back to a snapshot, and makes, forks and drops worlds."""

IMPORTED_WORLD: Final = Scene(
    [
        Turn(
            "operator",
            "/import",
            form=fill(**{"import-file": Saved("/api/worlds/{world}/file"), "import-name": "gallery-moved"}),
        ),
        Turn("operator", link='main a[href$="/drop"]', form=press(CONFIRM)),
    ]
)
"""An operator exports a world, and imports it under another name."""

END_OF_TIME: Final = Scene(
    [
        Turn("operator", "/worlds/{world}", fact=_decades_pass, form=fill(**{"moment-moment": "2100-01-01 08:00:00"})),
    ]
)
"""The clock has come to its end."""

RECORDING: Final = Scene(
    [
        Turn("operator", "/worlds/{world}/recording", form=press('form[action$="/begin"] button')),
        Turn("visitor", SHOP),
        *2 * [Turn("operator", "/worlds/{world}", form=press('[action*="/switches/"] button'))],
        Turn("operator", "/worlds/{world}", form=press('[action$="/clock/advance"] button')),
        Turn("visitor", f"{SHOP}/products"),
        Turn("operator", "/worlds/{world}/recording", form=press('form[action$="/stop"] button')),
        Turn("operator", link='main a[href$="/discard"]', form=press(CONFIRM)),
    ]
)
"""An operator records what is done."""
