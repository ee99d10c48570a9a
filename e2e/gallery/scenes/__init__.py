"""States of pages that nobody comes to by links and forms alone: several people act in turn, time passes, sellers fail.

A module has those of a site. Each scene has a world of its own.
"""

from typing import Final

from e2e.gallery.scenes import guance, huawei_cloud, operator, seller, several_sites

SCENES: Final = (
    huawei_cloud.APPROVAL,
    huawei_cloud.KEYS_AND_USERS,
    huawei_cloud.CANCELLED_ORDER,
    seller.RESENT_CALLS,
    huawei_cloud.GROUP,
    several_sites.NOTHING_FOUND,
    guance.FORGOTTEN_PASSWORDS,
    huawei_cloud.TRIAL,
    huawei_cloud.BOUGHT_PLAN,
    huawei_cloud.DELIVERIES,
    seller.FAILING_SERVICE,
    seller.ACCEPTED_DELIVERY,
    seller.FAILED_ORDERS,
    seller.OUTSPOKEN_SELLER,
    huawei_cloud.QR_CODES,
    several_sites.NOT_THERE,
    huawei_cloud.STOPPED_APPLICATION,
    huawei_cloud.FIRST_MEMBERS,
    huawei_cloud.MANY_MEMBERS,
    guance.DISSOLVED_WORKSPACE,
    guance.LOST_WORKSPACE,
    guance.UNLOCKED_WORKSPACE,
    guance.FROZEN_SUBSCRIPTION,
    huawei_cloud.USED_UP_PACKAGE,
    guance.LOST_PHONE,
    guance.REGISTRATION_ELSEWHERE,
    guance.PAYER,
    guance.INVITATION,
    huawei_cloud.HAND_OVER,
    guance.CLOSED_BEFORE_BINDING,
    guance.RELEASED_ACCOUNT,
    guance.ALERT_AND_ARREARS,
    guance.IMPORTED_CONFIGURATION,
    guance.NOTHING_CAME_IN,
    guance.VOUCHER,
    guance.NO_PAYER,
    seller.ANSWERS,
    huawei_cloud.REAL_NAMES,
    operator.PLAYED_JOURNEY,
    operator.WORLDS_AND_CLOCK,
    operator.RECORDING,
    operator.IMPORTED_WORLD,
    operator.END_OF_TIME,
)
"""In the order in which they are shown."""
