"""The requirements of Huawei's documents for sellers, in this project's words, each with its page (spec huawei 2, 4.1,
7).
"""

from typing import Final

from mock_sites.huawei.conformance.model import Rule
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.protocol import codes, kit, names, orders, production, sources
from mock_sites.huawei.protocol.answers import LEAST_RSA_BITS, LONGEST, LONGEST_ID
from mock_sites.huawei.protocol.moments import SKEW
from mock_sites.world.errors import N_
from mock_sites.world.transport import ANSWER_LIMIT

COMMON: Final = Rule(
    Phrase("A seller answers each call within {seconds:g} seconds, in JSON, with a result code.", seconds=ANSWER_LIMIT),
    sources.COMMON_RULES,
)
IDEMPOTENT: Final = Rule(
    N_("An order line always brings the instance that it brought at first (V2: orderId and orderLineId, V1: orderId)."),
    sources.IDEMPOTENCY,
)
CODES: Final = Rule(
    Phrase(
        "{done} success, {signature} authentication failed, {parameter} invalid parameter, {unknown} the instance "
        "does not exist, {processing} processing, {other} other internal error, {first} to {last} reasons why "
        "none can be created.",
        done=codes.SUCCESS,
        signature=codes.NOT_AUTHENTICATED,
        parameter=codes.INVALID_PARAMETER,
        unknown=codes.UNKNOWN_INSTANCE,
        processing=codes.PROCESSING,
        other=codes.OTHER_ERROR,
        first=codes.NO_RESOURCE,
        last=codes.EMAIL_DOMAIN,
    ),
    sources.RESULT_CODES,
)
V1_TOKEN: Final = Rule(
    N_(
        "authToken is Base64 of HMAC-SHA256 over all URL-decoded parameters but itself, sorted by name and joined "
        "as k=v with &; the HMAC's key is the agreed key followed by the value of timeStamp."
    ),
    sources.V1_SIGNATURE,
)
V2_SIGNATURE: Final = Rule(
    N_(
        "bodyHash = hex HMAC-SHA256(accessKey, body with sorted names as compact JSON); signature = hex "
        "HMAC-SHA256(accessKey, accessKey + nonce + timestamp + bodyHash). The case of the digits does not "
        "matter."
    ),
    sources.V2_SIGNATURE,
)
V2_TIME: Final = Rule(
    Phrase("timestamp is in milliseconds; a call is good for {seconds} seconds.", seconds=SKEW.seconds),
    sources.V2_SIGNATURE,
)
OPEN: Final = Rule(
    N_("The documents do not say; most sellers refuse it."),
    sources.V2_SIGNATURE,
)

V1_NEW: Final = Rule(
    Phrase(
        "newInstance makes the instance of an order and answers with its instanceId, at most {id} characters; "
        "username and password in appInfo are encrypted (AES), at most {password} characters.",
        id=LONGEST_ID,
        password=LONGEST[names.PASSWORD],
    ),
    sources.V1_NEW_INSTANCE,
)
V1_REFRESH: Final = Rule(
    N_("refreshInstance renews an instance, or turns a trial into a formal one, by a new order."),
    sources.V1_REFRESH_INSTANCE,
)
V1_EXPIRE: Final = Rule(
    N_("expireInstance tells that an instance has expired."),
    sources.V1_EXPIRE_INSTANCE,
)
V1_RELEASE: Final = Rule(
    N_(N_("releaseInstance gives an instance up for good.")),
    sources.V1_RELEASE_INSTANCE,
)
V1_UPGRADE: Final = Rule(
    N_(
        "upgrade changes the specification of an instance by a new order; its instanceId stays. Only sellers get "
        "it whose listing has an upgrade."
    ),
    sources.V1_UPGRADE,
)
V1_LICENSE: Final = Rule(
    N_("getLicense takes the place of newInstance for license products; its answer brings license and instanceId."),
    sources.V1_GET_LICENSE,
)
V1_STATUS: Final = Rule(
    Phrase(
        "instanceStatus freezes an instance ({freeze}) or takes it into use again ({normal}).",
        freeze=orders.FREEZE,
        normal=orders.NORMAL,
    ),
    sources.V1_INSTANCE_STATUS,
)
V1_QUERY: Final = Rule(
    Phrase(
        "queryInstance tells about up to {number} instances, separated by commas.", number=production.MOST_INSTANCES
    ),
    sources.V1_QUERY_INSTANCE,
)
V2_NEW: Final = Rule(
    Phrase(
        "newInstance makes the instance of an order line and answers with its instanceId, at most {id} "
        "characters; {processing} says that it is still being made, and the marketplace then asks queryInstance "
        "until it is done.",
        id=LONGEST_ID,
        processing=codes.PROCESSING,
    ),
    sources.V2_NEW_INSTANCE,
)
USAGE_PUSH: Final = Rule(
    N_(
        "The seller of an on-demand product pushes what its instances have used: signed, at most 1,000 records, "
        "each with its instance, its window in UTC, a value above 0 and a serial number."
    ),
    sources.USAGE_PUSH,
)
V2_QUERY: Final = Rule(
    Phrase(
        "queryInstance tells about up to {number} instances, separated by commas: info[] with instanceId and appInfo.",
        number=production.MOST_INSTANCES,
    ),
    sources.V2_QUERY_INSTANCE,
)
V2_REFRESH: Final = Rule(
    Phrase("refreshInstance renews an instance; scene says why: {scenes}.", scenes=", ".join(orders.SCENES)),
    sources.V2_REFRESH_INSTANCE,
)
V2_STATUS: Final = Rule(
    Phrase(
        "updateInstanceStatus freezes an instance ({freeze}) or takes it into use again ({unfreeze}).",
        freeze=orders.FREEZE,
        unfreeze=orders.UNFREEZE,
    ),
    sources.V2_UPDATE_INSTANCE_STATUS,
)
V2_RELEASE: Final = Rule(
    "releaseInstance gives an instance up for good.",
    sources.V2_RELEASE_INSTANCE,
)
V2_UPGRADE: Final = Rule(
    N_(
        "upgradeInstance changes an instance by a new order; its instanceId stays. Only sellers get it whose "
        "listing has an upgrade."
    ),
    sources.V2_UPGRADE_INSTANCE,
)
V2_CHECK: Final = Rule(
    Phrase(
        "changeInstanceCheck asks whether an instance can be renewed as another product (since {since:%Y-%m}).",
        since=production.CHECKED_SINCE,
    ),
    sources.V2_CHANGE_INSTANCE_CHECK,
)
V2_NOTIFY: Final = Rule(
    Phrase(
        "orderNotify tells of an order that was paid. A seller that has asked for it answers {success}, and "
        "queries the order.",
        success=codes.SUCCESS,
    ),
    sources.V2_ORDER_NOTIFY,
)
KIT_SIGNATURE: Final = Rule(
    N_(
        "V2: x-sign = hex HMAC-SHA256(accessKey, accessKey + nonce + timestamp + body with sorted names as "
        "compact JSON). V1: the header authToken, made from the body's fields that are not blank."
    ),
    sources.KIT,
)
KIT_REPEATED: Final = Rule(
    N_("A repeated add or delete succeeds and adds no rows; a delete of what is not there succeeds."),
    sources.KIT,
)
TENANT: Final = Rule(
    N_(
        "tenantSync tells which enterprise uses an instance; instanceId and orderId are empty while the seller "
        "applies for a credential."
    ),
    sources.TENANT_SYNC,
)
APPLICATION: Final = Rule(
    Phrase(
        "applicationSync brings the OAuth client of an enterprise; clientSecret is encrypted with the seller's "
        "public key (RSA, at least {bits} bits, OAEP).",
        bits=LEAST_RSA_BITS,
    ),
    sources.APPLICATION_SYNC,
)
USERS: Final = Rule(
    Phrase(
        "authSync tells which members may use the application; flag {delete} deletes, {add} adds, {change} "
        "changes, {cancel} (V2) cancels.",
        delete=kit.DELETE,
        add=kit.ADD,
        change=kit.MODIFY,
        cancel=kit.CANCEL,
    ),
    sources.AUTH_SYNC,
)
DEPARTMENT: Final = Rule(
    Phrase(
        "singleOrgSync tells of one department: flag {delete} deletes, {add} adds, {change} changes.",
        delete=kit.DELETE,
        add=kit.ADD,
        change=kit.MODIFY,
    ),
    sources.SINGLE_ORG_SYNC,
)
DEPARTMENTS: Final = Rule(
    N_("allOrgSync brings all departments of an enterprise."),
    sources.ALL_ORG_SYNC,
)
