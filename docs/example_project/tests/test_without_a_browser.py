"""A subscription from its purchase to its release, without a browser: the marketplace calls the service each time."""

import re

from flask import Flask
from seller import PRODUCT

from mock_sites.client import Buyer, World

MONTH = "OFFI-PLAN-STANDARD-MONTH"
HIGHER = "OFFI-PLAN-PROFESSIONAL-MONTH"


def subscriptions(app: Flask) -> dict[str, str]:
    """The status of each subscription, as the service's page shows it."""
    page = app.test_client().get("/").get_data(as_text=True)
    return dict(re.findall("<li>(.+?): (.+?)</li>", page))


def test_a_subscription_lives_from_its_purchase_to_its_release(mock_buyer: Buyer, app: Flask) -> None:
    bought = mock_buyer.buy(MONTH)
    assert bought.outcome == "done", bought.calls
    instance = bought.order.instance or ""
    assert subscriptions(app) == {instance: "open"}

    changes = [mock_buyer.upgrade(instance, HIGHER), mock_buyer.renew(instance, HIGHER, 3)]
    changes += [mock_buyer.renew_as(instance, MONTH)]
    assert [change.outcome for change in changes] == ["done", "done", "done"]

    ended = mock_buyer.unsubscribe(instance)
    assert [(call.operation, call.verdict) for call in ended.calls] == [("releaseInstance", "accepted")]
    assert subscriptions(app) == {}
    assert mock_buyer.account().balance == 100_000


def test_a_subscription_is_frozen_at_its_end_and_goes_on_when_it_is_renewed(
    marketplace: World, mock_buyer: Buyer, app: Flask
) -> None:
    instance = mock_buyer.buy(MONTH).order.instance or ""

    marketplace.clock.advance(days=32)
    assert subscriptions(app) == {instance: "FREEZE"}

    marketplace.buyer().renew(instance, MONTH)  # the first sign-in ended after twelve hours of the world's time
    assert subscriptions(app) == {instance: "UNFREEZE"}

    marketplace.clock.advance(days=60)
    assert subscriptions(app) == {}


def test_a_call_that_the_service_refuses_is_explained(marketplace: World, mock_buyer: Buyer) -> None:
    marketplace.seller_center.configure(PRODUCT, access_key="not-the-key-of-the-service")

    failed = mock_buyer.buy(MONTH)

    assert (failed.outcome, failed.order.state) == ("failed", "cancelled")
    assert "another key" in failed.calls[0].advice[0]
