"""From "Subscribe Now" to a working login: a buyer subscribes to Guance, and an employee starts using it."""

from e2e.journeys.journey import Journey, Text
from e2e.journeys.partner_services import partner_services
from e2e.journeys.purchase import purchase
from e2e.journeys.start_using_guance import start_using_guance

purchase_to_login = Journey(
    "purchase-to-login",
    en="From the purchase to the first login",
    zh="从购买到首次登录",
    about=Text(
        en="A company subscribes to Guance on the Huawei Cloud Marketplace and authorizes an employee, who "
        "registers and starts to work.",
        zh="企业在华为云云商店开通观测云并授权员工，员工注册后开始使用。",
    ),
)
purchase_to_login.steps += [*purchase.steps, *partner_services.steps, *start_using_guance.steps]
