"""What Huawei's documents ask of a seller, in own words, with the page that says so (spec huawei 2, 4.1 and 7)."""

from typing import Final

from mock_sites.huawei.conformance.model import Rule

_GUIDE: Final = "https://support.huaweicloud.com/accessg-marketplace/"
_ENGLISH_GUIDE: Final = "https://support.huaweicloud.com/intl/en-us/accessg-marketplace/"

COMMON: Final = Rule(
    "A seller answers each call within 5 seconds, in JSON, with a result code.",
    "https://support.huaweicloud.com/eu/accessg-marketplace/en-us_topic_000006.html",
)
IDEMPOTENT: Final = Rule(
    "An order line always brings the instance that it brought at first (V2: orderId and orderLineId, V1: orderId).",
    "https://huaweicloud.com/guide/category-4eef210121172b274a90acedcf7dab5b42ef2116be7878ff2d6b6bb7ba7885b3",
)
CODES: Final = Rule(
    "000000 success, 000001 authentication failed, 000002 invalid parameter, 000003 the instance does not exist, "
    "000004 processing, 000005 other internal error, 000100 to 000107 reasons why none can be created.",
    f"{_ENGLISH_GUIDE}topic_0070649099.html",
)
V1_TOKEN: Final = Rule(
    "authToken is Base64 of HMAC-SHA256 over all URL-decoded parameters but itself, sorted by name and joined as k=v "
    "with &; the HMAC's key is the agreed key followed by the value of timeStamp.",
    f"{_GUIDE}zh-cn_topic_0070649156.html",
)
V2_SIGNATURE: Final = Rule(
    "bodyHash = hex HMAC-SHA256(accessKey, body with sorted names as compact JSON); signature = hex "
    "HMAC-SHA256(accessKey, accessKey + nonce + timestamp + bodyHash). The case of the digits does not matter.",
    f"{_GUIDE}zh-cn_topic_0070649476.html",
)
V2_TIME: Final = Rule(
    "timestamp is in milliseconds; a call is good for 60 seconds.", f"{_GUIDE}zh-cn_topic_0070649476.html"
)
OPEN: Final = Rule("The documents do not say; most sellers refuse it.", f"{_GUIDE}zh-cn_topic_0070649476.html")

V1_NEW: Final = Rule(
    "newInstance makes the instance of an order and answers with its instanceId, at most 64 characters; user name and "
    "password in appInfo are encrypted (AES), at most 128 characters.",
    f"{_GUIDE}zh-cn_topic_0070649013.html",
)
V1_REFRESH: Final = Rule(
    "refreshInstance renews an instance, or turns a trial into a formal one, by a new order.",
    "https://huaweicloud.com/guide/productsdesc-bms_6c8fbd60d85627fcc21620430ca10de5support0",
)
V1_EXPIRE: Final = Rule(
    "expireInstance tells that an instance has expired.",
    "https://www.huaweicloud.com/guide/productsdesc-bms_2db2891039cbb47d48f019c4befd05bfsupport0",
)
V1_RELEASE: Final = Rule(
    "releaseInstance gives an instance up for good.",
    "https://www.huaweicloud.com/guide/productsdesc-bms_ef4d312a9e2a8430a60d8cd0df9c768dsupport1",
)
V1_UPGRADE: Final = Rule(
    "upgrade changes the specification of an instance by a new order; its instanceId stays.",
    f"{_GUIDE}zh-cn_topic_0000001297828992.html",
)
V1_LICENSE: Final = Rule(
    "getLicense takes the place of newInstance for licence products; its answer brings license and instanceId.",
    f"{_GUIDE}zh-cn_topic_0000001353181669.html",
)
V1_STATUS: Final = Rule(
    "instanceStatus freezes an instance (FREEZE) or takes it into use again (NORMAL).",
    f"{_GUIDE}zh-cn_topic_0070649407.html",
)
V1_QUERY: Final = Rule(
    "queryInstance tells about up to 100 instances, separated by commas.",
    "https://support.huaweicloud.com/usermanual-saascenter/saascenter_usermanual_0137.html",
)
V2_NEW: Final = Rule(
    "newInstance makes the instance of an order line and answers with its instanceId, at most 64 characters; 000004 "
    "says that it is still being made, and the marketplace then asks queryInstance until it is done.",
    f"{_ENGLISH_GUIDE}topic_0070649092.html",
)
V2_QUERY: Final = Rule(
    "queryInstance tells about up to 100 instances, separated by commas: info[] with instanceId and appInfo.",
    f"{_ENGLISH_GUIDE}topic_0070649093.html",
)
V2_REFRESH: Final = Rule(
    "refreshInstance renews an instance; scene says why: TRIAL_TO_FORMAL, RENEWAL, UNSUBSCRIBE_RENEWAL_PERIOD, "
    "RENEWAL_CHANGE.",
    f"{_GUIDE}zh-cn_topic_0070649429.html",
)
V2_STATUS: Final = Rule(
    "updateInstanceStatus freezes an instance (FREEZE) or takes it into use again (UNFREEZE).",
    f"{_GUIDE}zh-cn_topic_0070649430.html",
)
V2_RELEASE: Final = Rule(
    "releaseInstance gives an instance up for good.",
    "https://huaweicloud.com/guide/productsdesc-bms_31e68ffb413e4809121141367f69d41asupport0",
)
V2_UPGRADE: Final = Rule(
    "upgradeInstance changes an instance by a new order; its instanceId stays.", f"{_GUIDE}zh-cn_topic_0070649432.html"
)
V2_CHECK: Final = Rule(
    "changeInstanceCheck asks whether an instance can be renewed as another product (since November 2025).",
    f"{_GUIDE}zh-cn_topic_0000002411753620.html",
)
KIT_SIGNATURE: Final = Rule(
    "V2: x-sign = hex HMAC-SHA256(accessKey, accessKey + nonce + timestamp + body with sorted names as compact JSON). "
    "V1: the header authToken, made from the body's fields that are not blank.",
    "https://huaweicloud.com/guide/productsdesc-bms_396fd9557c4fa484919e8ec6f91e0716support1",
)
KIT_REPEATED: Final = Rule(
    "A repeated add or delete succeeds and adds no rows; a delete of what is not there succeeds.",
    "https://huaweicloud.com/guide/productsdesc-bms_396fd9557c4fa484919e8ec6f91e0716support1",
)
TENANT: Final = Rule(
    "tenantSync tells which enterprise uses an instance; instanceId and orderId are empty while the seller applies for "
    "a credential.",
    f"{_GUIDE}zh-cn_topic_0070649109.html",
)
APPLICATION: Final = Rule(
    "applicationSync brings the OAuth client of an enterprise; clientSecret is encrypted with the seller's public key "
    "(RSA, at least 3072 bits, OAEP).",
    f"{_GUIDE}zh-cn_topic_0070649434.html",
)
USERS: Final = Rule(
    "authSync tells which members may use the application; flag 0 deletes, 1 adds, 2 changes, 3 (V2) cancels.",
    f"{_GUIDE}zh-cn_topic_0070649435.html",
)
DEPARTMENT: Final = Rule(
    "singleOrgSync tells of one department: flag 0 deletes, 1 adds, 2 changes.", f"{_GUIDE}zh-cn_topic_0070649436.html"
)
DEPARTMENTS: Final = Rule("allOrgSync brings all departments of an enterprise.", f"{_GUIDE}zh-cn_topic_0070649437.html")
