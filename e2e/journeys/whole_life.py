"""The whole life of a subscription: purchase, login, a second workspace on another site, cancellation, unlock."""

from e2e.journeys.cancellation import cancellation
from e2e.journeys.change_settlement import change_settlement
from e2e.journeys.journey import Journey, Text
from e2e.journeys.purchase_to_login import purchase_to_login

whole_life = Journey(
    "whole-life",
    en="The whole life of a subscription",
    zh="订阅的完整生命周期",
    about=Text(
        en="A subscription from its purchase to its end: first login, a second workspace, cancellation, unlocking.",
        zh="一次订阅的始末：购买、首次登录、第二个工作空间、取消订阅、解锁。",
    ),
)

# Steps that several of them have, such as signing in, are done once.
whole_life.steps += dict.fromkeys([*purchase_to_login.steps, *change_settlement.steps, *cancellation.steps])
