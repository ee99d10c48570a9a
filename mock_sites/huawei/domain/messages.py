"""What Huawei Cloud writes to the people of an account, in the language of their last sign-in.

They get a message of what somebody else has decided or what time has brought about, as they see no page of it then. No
document lists these messages, so which there are and what they say is a guess. What members of an enterprise need to
log in is passed on by its administrator (spec huawei 1.5), so they get none.
"""

from sqlalchemy import select

from mock_sites.huawei.domain.tables import Account, IamUser, Order, Resource
from mock_sites.world.errors import N_
from mock_sites.world.phones import sms_address
from mock_sites.world.translations import texts_in
from mock_sites.world.unit_of_work import UnitOfWork


def sender_in(language: str) -> str:
    """Whom mails of Huawei Cloud in this language come from."""
    company = texts_in(language).gettext(N_("Huawei Cloud"))
    return f"{company} <no-reply@huaweicloud.com>"


def order_waits(uow: UnitOfWork, order: Order) -> None:
    """An order of an IAM user waits for the approval of the account."""
    _of_order(
        uow,
        order,
        order.account,
        N_("An order waits for your approval"),
        N_("{user} has ordered {product}. Approve or reject the order {order} in My Orders."),
    )


def order_approved(uow: UnitOfWork, order: Order) -> None:
    """The account has approved an order."""
    _of_order(
        uow,
        order,
        _who_ordered(uow, order),
        N_("Your order was approved"),
        N_("The order {order} of {product} was approved by the account {account}."),
    )


def order_rejected(uow: UnitOfWork, order: Order) -> None:
    """The account has rejected an order."""
    _of_order(
        uow,
        order,
        _who_ordered(uow, order),
        N_("Your order was rejected"),
        N_("The order {order} of {product} was rejected by the account {account}. It is cancelled."),
    )


def order_not_paid(uow: UnitOfWork, order: Order) -> None:
    """An order was not paid in time."""
    _of_order(
        uow,
        order,
        _who_ordered(uow, order),
        N_("Your order was cancelled"),
        N_("The order {order} of {product} was not paid in time. It is cancelled."),
    )


def order_failed(uow: UnitOfWork, order: Order) -> None:
    """The seller has not carried out an order."""
    _of_order(
        uow,
        order,
        _who_ordered(uow, order),
        N_("Your order has failed"),
        N_("The order {order} of {product} was not carried out. It is cancelled, and what was paid is refunded."),
    )


def service_not_renewed(uow: UnitOfWork, resource: Resource, *, is_unfinished: bool) -> None:
    """A service was not renewed automatically: an order about it is not finished, or the balance is too low."""
    _of_service(
        uow,
        resource,
        N_("Your service was not renewed"),
        N_("{product} ({instance}) was not renewed automatically: another order about it is not finished.")
        if is_unfinished
        else N_("The balance of the account {account} is too low to renew {product} ({instance}) automatically."),
    )


def service_expired(uow: UnitOfWork, resource: Resource) -> None:
    """A service has reached its end."""
    _of_service(
        uow,
        resource,
        N_("Your service has expired"),
        N_("{product} ({instance}) of the account {account} has expired. Renew it in Purchased Services."),
    )


def real_name_approved(uow: UnitOfWork, account: Account) -> None:
    """A review has verified an account."""
    _write(
        uow,
        account,
        N_("Your real-name authentication was approved"),
        N_("The account {account} is verified now."),
        account=account.name,
    )


def real_name_rejected(uow: UnitOfWork, account: Account, reason: str) -> None:
    """A review has not verified an account. ``reason`` is a text that is marked by ``N_``."""
    _write(
        uow,
        account,
        N_("Your real-name authentication was rejected"),
        reason,
        account=account.name,
    )


def _who_ordered(uow: UnitOfWork, order: Order) -> Account | IamUser:
    """The IAM user who ordered. If there is none any more, or it has no address, the account."""
    wanted = select(IamUser).where(IamUser.account_id == order.account_id, IamUser.name == order.ordered_by)
    user = uow.session.scalars(wanted).first() if order.ordered_by else None
    return user if user and (user.email or user.phone) else order.account


def _of_order(uow: UnitOfWork, order: Order, to: Account | IamUser, subject: str, text: str) -> None:
    names = {"order": order.id, "account": order.account.name, "user": order.ordered_by}
    _write(uow, to, subject, text, product=order.product.title, **names)


def _of_service(uow: UnitOfWork, resource: Resource, subject: str, text: str) -> None:
    account, names = resource.order.account, {"instance": resource.instance_id, "product": resource.order.product.title}
    _write(uow, account, subject, text, account=account.name, **names)


def _write(uow: UnitOfWork, to: Account | IamUser, subject: str, text: str, product: str = "", **details: str) -> None:
    language = uow.mail_language(to.language)
    texts = texts_in(language)
    uow.send_mail(
        sender=sender_in(language),
        to=to.email or sms_address(to.phone),
        subject=texts.gettext(subject),
        text=texts.gettext(text).format(product=texts.gettext(product), **details) + "\n",
    )
