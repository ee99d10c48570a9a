"""The operator's button that signs a person in at a site."""

import httpx

from mock_sites.tests.support.sending import token as token_of
from mock_sites.web.markup import elements
from mock_sites.world.world import World


def hand_over(control: httpx.Client, world: World, key: str, host: str) -> tuple[str, str]:
    """Press the button of a person for a site: where the pass is sent to, and the pass."""
    home = f"/worlds/{world.name}"
    page = control.post(f"{home}/people/{key}/sign-in/{host}", data={"csrf_token": token_of(control.get(home))})
    found = elements(page.text)
    (form,) = (each for each in found if "data-send-at-once" in each.attributes)
    (token,) = (each for each in found if each.attributes.get("name") == "pass")
    address = form.attributes["action"]
    assert f"form-action 'self' http://*{world.suffix}" in page.headers["Content-Security-Policy"]
    return address, token.attributes["value"]
