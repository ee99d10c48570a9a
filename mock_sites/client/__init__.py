"""Running mock sites from Python: their worlds, clocks, people, journals, mails and sellers, over HTTP.

    from mock_sites.client import Worlds

    with Worlds("http://localhost:8700") as worlds:
        world = worlds.make()
        buyer = world.people()["verified-buyer"]
        print(world.local("https://marketplace.huaweicloud.com/"), buyer.username)
        world.clock.advance(minutes=3)
        print(world.buyer().buy("OFFI-PLAN-STANDARD-MONTH").order.instance)
        world.drop()

Everything raises ``ClientError``, with a sentence that says why and what to do, where the sites refuse. It is an
``UnreachableError`` where none answer, and a ``NotFoundError`` where something is not there, such as a world. Calls
wait for an answer as long as the server lives. Moments are texts in ISO 8601, in UTC.
"""

from mock_sites.client.buyer import Buyer
from mock_sites.client.connection import ClientError, NotFoundError, UnreachableError
from mock_sites.client.datakit import DataKit, Host
from mock_sites.client.demos import Demo, Demos, PlayableJourney
from mock_sites.client.mailbox import Mail, Mailbox
from mock_sites.client.purchases import (
    Account,
    Enterprise,
    EnterpriseResult,
    EnterpriseSummary,
    Failure,
    Member,
    MemberResult,
    MembersResult,
    Offer,
    Onboarding,
    OperationCall,
    Order,
    OrderResult,
    PackageUsage,
    Service,
    ServiceResult,
)
from mock_sites.client.seller_center import AccessKey, Package, SellerCall, SellerCenter, SellerSettings
from mock_sites.client.world import (
    AdvancedClock,
    Clock,
    DocumentedAddresses,
    Event,
    Login,
    Person,
    RecordedLine,
    RecordedTest,
    Snapshot,
    World,
)
from mock_sites.client.worlds import UnusableWorld, Worlds, WorldState, new_prefix

__all__ = [
    "AccessKey",
    "Account",
    "AdvancedClock",
    "Buyer",
    "ClientError",
    "Clock",
    "DataKit",
    "Demo",
    "Demos",
    "DocumentedAddresses",
    "Enterprise",
    "EnterpriseResult",
    "EnterpriseSummary",
    "Event",
    "Failure",
    "Host",
    "Login",
    "Mail",
    "Mailbox",
    "Member",
    "MemberResult",
    "MembersResult",
    "NotFoundError",
    "Offer",
    "Onboarding",
    "OperationCall",
    "Order",
    "OrderResult",
    "Package",
    "PackageUsage",
    "Person",
    "PlayableJourney",
    "RecordedLine",
    "RecordedTest",
    "SellerCall",
    "SellerCenter",
    "SellerSettings",
    "Service",
    "ServiceResult",
    "Snapshot",
    "UnreachableError",
    "UnusableWorld",
    "World",
    "WorldState",
    "Worlds",
    "new_prefix",
]
