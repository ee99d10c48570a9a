"""What several sites have in common: nothing found, and nothing there."""

from typing import Final

from e2e.gallery.scenes.shared import BOSS, SHOP, UNIFIED_LOGIN, Scene, Turn

NOTHING_FOUND: Final = Scene(
    [
        Turn("verified-buyer", "console.huaweicloud.com/iam/users?search=zqxv"),
        Turn("workspace-owner", f"{BOSS}/workspaces?search=zqxv"),
        Turn("workspace-owner", f"{BOSS}/support?search=zqxv"),
    ]
)
"""A search finds nothing."""

NOT_THERE: Final = Scene(
    [
        Turn("visitor", f"{SHOP}/contents/none"),
        Turn("visitor", "openapi.guance.com"),
        Turn("visitor", "nothing.huaweicloud.com"),
        Turn("visitor", "http://marketplace.huaweicloud.com.nowhere.{server}"),
        Turn("visitor", "http://nowhere.{server}"),
        Turn("visitor", "http://example.com.{server}"),
        Turn("visitor", "/worlds/nowhere"),
        Turn("visitor", "/worlds/{world}/snapshots/none/restore"),
        Turn("visitor", "/worlds/{world}/journal?kind=none"),
        Turn("visitor", f"{UNIFIED_LOGIN}/unified-login/portal-login?appId=none&ind=UNOP"),
        Turn("visitor", f"{UNIFIED_LOGIN}/api/v1/oauth2/authorize?client_id=none"),
        Turn("visitor", f"{UNIFIED_LOGIN}/unified-login/logout"),
        Turn("visitor", "auth.guance.com/huaweicloud/login?code=none"),
    ]
)
"""Somebody is at a world, a site or a page that is not there."""
