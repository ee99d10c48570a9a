"""The pages of Huawei's documentation with the facts of the seller protocol."""

from typing import Final

_SUPPORT: Final = "https://support.huaweicloud.com/"
_GUIDE: Final = f"{_SUPPORT}accessg-marketplace/"
_ENGLISH_GUIDE: Final = f"{_SUPPORT}intl/en-us/accessg-marketplace/"
_PAGES: Final = "https://huaweicloud.com/guide/"

COMMON_RULES: Final = f"{_SUPPORT}eu/accessg-marketplace/en-us_topic_000006.html"
IDEMPOTENCY: Final = f"{_PAGES}category-4eef210121172b274a90acedcf7dab5b42ef2116be7878ff2d6b6bb7ba7885b3"
RESULT_CODES: Final = f"{_ENGLISH_GUIDE}topic_0070649099.html"
RETRIES: Final = f"{_ENGLISH_GUIDE}en-us_topic_0070649013.html"
STATUS_RETRIES: Final = f"{_GUIDE}zh-cn_topic_0070649282.html"
FAILURES: Final = "https://huaweicloud.com/s/JeWNjuS4uua6kOeahHJlcG_mlofku7Yl/t_30_p_34/JeS6keWVhuW6lyU"
PROBES: Final = f"{_GUIDE}zh-cn_topic_0070649414.html"
DEBUGGING: Final = f"{_SUPPORT}usermanual-marketplace/access_topic_0000008.html"
FAQ: Final = f"{_GUIDE}zh-cn_topic_0082027567.html"
AK_SK_SIGNATURE: Final = f"{_SUPPORT}intl/en-us/devg-apisign/api-sign-algorithm-005.html"
ORDER_QUERY: Final = f"{_SUPPORT}usermanual-marketplace/zh-cn_topic_0000002497812372.html"
USAGE_PUSH: Final = f"{_GUIDE}zh-cn_topic_0070649410.html"
USAGE_PUSH_OLDER: Final = f"{_GUIDE}zh-cn_topic_0070649411.html"
USAGE_PUSH_CODES: Final = f"{_GUIDE}zh-cn_topic_0070649186.html"
PACKAGES: Final = f"{_SUPPORT}intl/en-us/sp-marketplace/sp_topic_0000120.html"
STOPPING_PACKAGES: Final = f"{_SUPPORT}intl/en-us/sp-marketplace/sp_topic_0000121.html"
CREDENTIALS: Final = f"{_GUIDE}zh-cn_topic_0070649438.html"

V1_SIGNATURE: Final = f"{_GUIDE}zh-cn_topic_0070649156.html"
V1_BODY_SIGN: Final = f"{_GUIDE}zh-cn_topic_0070649062.html"
V1_SENSITIVE_FIELDS: Final = f"{_SUPPORT}usermanual-saascenter/saascenter_usermanual_0131.html"
V1_NEW_INSTANCE: Final = f"{_GUIDE}zh-cn_topic_0070649013.html"
V1_NEW_INSTANCE_ANSWER: Final = (
    "https://huaweicloud.com/guide/productsdesc-bms_00a3aa731426282cf27f272f51cd2a90support0"
)
V1_REFRESH_INSTANCE: Final = f"{_PAGES}productsdesc-bms_6c8fbd60d85627fcc21620430ca10de5support0"
V1_EXPIRE_INSTANCE: Final = (
    "https://www.huaweicloud.com/guide/productsdesc-bms_2db2891039cbb47d48f019c4befd05bfsupport0"
)
V1_RELEASE_INSTANCE: Final = (
    "https://www.huaweicloud.com/guide/productsdesc-bms_ef4d312a9e2a8430a60d8cd0df9c768dsupport1"
)
V1_UPGRADE: Final = f"{_GUIDE}zh-cn_topic_0000001297828992.html"
V1_INSTANCE_STATUS: Final = f"{_GUIDE}zh-cn_topic_0070649407.html"
V1_QUERY_INSTANCE: Final = f"{_SUPPORT}usermanual-saascenter/saascenter_usermanual_0137.html"
V1_GET_LICENSE: Final = f"{_GUIDE}zh-cn_topic_0000001353181669.html"

V2_SIGNATURE: Final = f"{_GUIDE}zh-cn_topic_0070649476.html"
V2_NEW_INSTANCE: Final = f"{_ENGLISH_GUIDE}topic_0070649092.html"
V2_QUERY_INSTANCE: Final = f"{_ENGLISH_GUIDE}topic_0070649093.html"
V2_REFRESH_INSTANCE: Final = f"{_GUIDE}zh-cn_topic_0070649429.html"
V2_UPDATE_INSTANCE_STATUS: Final = f"{_GUIDE}zh-cn_topic_0070649430.html"
V2_RELEASE_INSTANCE: Final = f"{_PAGES}productsdesc-bms_31e68ffb413e4809121141367f69d41asupport0"
V2_UPGRADE_INSTANCE: Final = f"{_GUIDE}zh-cn_topic_0070649432.html"
V2_CHANGE_INSTANCE_CHECK: Final = f"{_GUIDE}zh-cn_topic_0000002411753620.html"
V2_ORDER_NOTIFY: Final = f"{_GUIDE}zh-cn_topic_0000002091799153.html"
ORDER_NOTIFICATIONS: Final = f"{_SUPPORT}usermanual-marketplace/zh-cn_topic_0000002091799149.html"

KIT: Final = f"{_PAGES}productsdesc-bms_396fd9557c4fa484919e8ec6f91e0716support1"
TENANT_SYNC: Final = f"{_GUIDE}zh-cn_topic_0070649109.html"
APPLICATION_SYNC: Final = f"{_GUIDE}zh-cn_topic_0070649434.html"
AUTH_SYNC: Final = f"{_GUIDE}zh-cn_topic_0070649435.html"
SINGLE_ORG_SYNC: Final = f"{_GUIDE}zh-cn_topic_0070649436.html"
ALL_ORG_SYNC: Final = f"{_GUIDE}zh-cn_topic_0070649437.html"

LOGIN: Final = f"{_GUIDE}zh-cn_topic_0070649442.html"
LOGIN_TOKENS: Final = "https://www.huaweicloud.com/guide/page-1155"
LOGIN_USER: Final = f"{_GUIDE}zh-cn_topic_0070649450.html"
LOGOUT: Final = "https://huaweicloud.com/s/JWN1cmzorr_pl65zc2zmkLrluKbor4HkuaYl/t_30_p_7/JeS6keWVhuW6lyU"
AUTHORIZE: Final = "https://www.huaweicloud.com/guide/productsdesc-bms_a12a064aaae1882ff20965e85e4b9a68support0"

SPRING_SECURITY: Final = (
    "https://docs.spring.io/spring-security/reference/servlet/oauth2/client/client-authentication.html"
)
"""Not Huawei's: how clients of Spring Security send their id and secret."""
