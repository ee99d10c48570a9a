"""The requirements of Huawei's documents for sellers, in this project's words, each with its page (spec huawei 2, 4.1,
7).
"""

from typing import Final

from mock_sites.huawei.conformance.model import Rule
from mock_sites.huawei.protocol import codes, kit, names, orders, production, sources
from mock_sites.huawei.protocol.answers import LEAST_RSA_BITS, LONGEST, LONGEST_ID
from mock_sites.huawei.protocol.codes import MEANINGS, PROCESSING
from mock_sites.huawei.protocol.moments import SKEW
from mock_sites.world.transport import ANSWER_LIMIT

COMMON: Final = Rule(
    f"A seller answers each call within {ANSWER_LIMIT:g} seconds, in JSON, with a result code.",
    sources.COMMON_RULES,
)
IDEMPOTENT: Final = Rule(
    "An order line always brings the instance that it brought at first (V2: orderId and orderLineId, V1: orderId).",
    sources.IDEMPOTENCY,
)
CODES: Final = Rule(
    ", ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items())
    + f", {codes.NO_RESOURCE} to {codes.EMAIL_DOMAIN} reasons why none can be created.",
    sources.RESULT_CODES,
)
V1_TOKEN: Final = Rule(
    "authToken is Base64 of HMAC-SHA256 over all URL-decoded parameters but itself, sorted by name and joined as k=v "
    "with &; the HMAC's key is the agreed key followed by the value of timeStamp.",
    sources.V1_SIGNATURE,
)
V2_SIGNATURE: Final = Rule(
    "bodyHash = hex HMAC-SHA256(accessKey, body with sorted names as compact JSON); signature = hex "
    "HMAC-SHA256(accessKey, accessKey + nonce + timestamp + bodyHash). The case of the digits does not matter.",
    sources.V2_SIGNATURE,
)
V2_TIME: Final = Rule(
    f"timestamp is in milliseconds; a call is good for {SKEW.seconds} seconds.",
    sources.V2_SIGNATURE,
)
OPEN: Final = Rule(
    "The documents do not say; most sellers refuse it.",
    sources.V2_SIGNATURE,
)

V1_NEW: Final = Rule(
    f"newInstance makes the instance of an order and answers with its instanceId, at most {LONGEST_ID} characters; "
    f"user name and password in appInfo are encrypted (AES), at most {LONGEST[names.PASSWORD]} characters.",
    sources.V1_NEW_INSTANCE,
)
V1_REFRESH: Final = Rule(
    "refreshInstance renews an instance, or turns a trial into a formal one, by a new order.",
    sources.V1_REFRESH_INSTANCE,
)
V1_EXPIRE: Final = Rule(
    "expireInstance tells that an instance has expired.",
    sources.V1_EXPIRE_INSTANCE,
)
V1_RELEASE: Final = Rule(
    "releaseInstance gives an instance up for good.",
    sources.V1_RELEASE_INSTANCE,
)
V1_UPGRADE: Final = Rule(
    "upgrade changes the specification of an instance by a new order; its instanceId stays. Only sellers get it whose "
    "listing has an upgrade.",
    sources.V1_UPGRADE,
)
V1_LICENSE: Final = Rule(
    "getLicense takes the place of newInstance for licence products; its answer brings license and instanceId.",
    sources.V1_GET_LICENSE,
)
V1_STATUS: Final = Rule(
    f"instanceStatus freezes an instance ({orders.FREEZE}) or takes it into use again ({orders.NORMAL}).",
    sources.V1_INSTANCE_STATUS,
)
V1_QUERY: Final = Rule(
    f"queryInstance tells about up to {production.MOST_INSTANCES} instances, separated by commas.",
    sources.V1_QUERY_INSTANCE,
)
V2_NEW: Final = Rule(
    f"newInstance makes the instance of an order line and answers with its instanceId, at most {LONGEST_ID} "
    f"characters; {PROCESSING} says that it is still being made, and the marketplace then asks queryInstance until it "
    "is done.",
    sources.V2_NEW_INSTANCE,
)
USAGE_PUSH: Final = Rule(
    "The seller of an on-demand product pushes what its instances have used: signed, at most 1,000 records, each with "
    "its instance, its window in UTC, a value above 0 and a serial number.",
    sources.USAGE_PUSH,
)
V2_QUERY: Final = Rule(
    f"queryInstance tells about up to {production.MOST_INSTANCES} instances, separated by commas: info[] with "
    "instanceId and appInfo.",
    sources.V2_QUERY_INSTANCE,
)
V2_REFRESH: Final = Rule(
    f"refreshInstance renews an instance; scene says why: {', '.join(orders.SCENES)}.",
    sources.V2_REFRESH_INSTANCE,
)
V2_STATUS: Final = Rule(
    f"updateInstanceStatus freezes an instance ({orders.FREEZE}) or takes it into use again ({orders.UNFREEZE}).",
    sources.V2_UPDATE_INSTANCE_STATUS,
)
V2_RELEASE: Final = Rule(
    "releaseInstance gives an instance up for good.",
    sources.V2_RELEASE_INSTANCE,
)
V2_UPGRADE: Final = Rule(
    "upgradeInstance changes an instance by a new order; its instanceId stays. Only sellers get it whose listing has "
    "an upgrade.",
    sources.V2_UPGRADE_INSTANCE,
)
V2_CHECK: Final = Rule(
    f"changeInstanceCheck asks whether an instance can be renewed as another product "
    f"(since {production.CHECKED_SINCE:%B %Y}).",
    sources.V2_CHANGE_INSTANCE_CHECK,
)
V2_NOTIFY: Final = Rule(
    f"orderNotify tells of an order that was paid. A seller that has asked for it answers {codes.SUCCESS}, and queries "
    "the order.",
    sources.V2_ORDER_NOTIFY,
)
KIT_SIGNATURE: Final = Rule(
    "V2: x-sign = hex HMAC-SHA256(accessKey, accessKey + nonce + timestamp + body with sorted names as compact JSON). "
    "V1: the header authToken, made from the body's fields that are not blank.",
    sources.KIT,
)
KIT_REPEATED: Final = Rule(
    "A repeated add or delete succeeds and adds no rows; a delete of what is not there succeeds.",
    sources.KIT,
)
TENANT: Final = Rule(
    "tenantSync tells which enterprise uses an instance; instanceId and orderId are empty while the seller applies for "
    "a credential.",
    sources.TENANT_SYNC,
)
APPLICATION: Final = Rule(
    "applicationSync brings the OAuth client of an enterprise; clientSecret is encrypted with the seller's public key "
    f"(RSA, at least {LEAST_RSA_BITS} bits, OAEP).",
    sources.APPLICATION_SYNC,
)
USERS: Final = Rule(
    f"authSync tells which members may use the application; flag {kit.DELETE} deletes, {kit.ADD} adds, {kit.MODIFY} "
    f"changes, {kit.CANCEL} (V2) cancels.",
    sources.AUTH_SYNC,
)
DEPARTMENT: Final = Rule(
    f"singleOrgSync tells of one department: flag {kit.DELETE} deletes, {kit.ADD} adds, {kit.MODIFY} changes.",
    sources.SINGLE_ORG_SYNC,
)
DEPARTMENTS: Final = Rule(
    "allOrgSync brings all departments of an enterprise.",
    sources.ALL_ORG_SYNC,
)
