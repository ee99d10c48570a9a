"""From "Subscribe Now" to a working login: a buyer subscribes to Guance, and an employee starts using it."""

from e2e.journeys.journey import Journey
from e2e.journeys.partner_services import partner_services
from e2e.journeys.purchase import purchase
from e2e.journeys.start_using_guance import start_using_guance

purchase_to_login = Journey("purchase-to-login", en="From the purchase to the first login", zh="从购买到首次登录")
purchase_to_login.steps += [*purchase.steps, *partner_services.steps, *start_using_guance.steps]
