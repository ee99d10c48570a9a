"""The marketplace's mails to a seller (spec huawei 2.8)."""

from typing import Final

from mock_sites.huawei.domain.tables import Product, SellerCall
from mock_sites.huawei.protocol import addresses
from mock_sites.huawei.seller_gateway import log
from mock_sites.huawei.seller_gateway.remarks import remarks
from mock_sites.world.agreement import SELLER_MAIL
from mock_sites.world.unit_of_work import UnitOfWork

SENDER: Final = "Marketplace <noreply@marketplace.huaweicloud.com>"


def mail_delisted(uow: UnitOfWork, product: Product, *, days: int) -> None:
    """The product was taken off sale, because its probes failed."""
    uow.send_mail(
        sender=SENDER,
        to=SELLER_MAIL,
        subject=f"Not on sale any more: {product.title}",
        text=f"Your production interface failed the probes of {product.title} on {days} days in a row.\n"
        "The product is hidden, and cannot be bought. The failed calls and their answers are listed in the Seller\n"
        f"Center: https://{addresses.SELLER_CENTER_HOST}/\n"
        "Mend your service. Then put the product on sale again there, under Coverage and failures.\n",
    )


def mail_seller(
    uow: UnitOfWork, call: SellerCall, product: Product, operation: str, *, tries: int, **about: str
) -> None:
    """An operation has failed for good with its last ``call``, unless someone restarts it."""
    what = ", ".join(f"{name} {value}" for name, value in about.items())
    said = "\n".join([log.explained(call), *log.advice(call), *remarks(uow, call)])
    uow.record("seller.gave-up", operation=operation, tries=tries, **about)
    uow.send_mail(
        sender=SENDER,
        to=SELLER_MAIL,
        subject=f"{operation} failed: {product.title}",
        text=f"Your production interface did not carry out {operation} ({what}). Tries: {tries}.\n"
        f"{said}\n"
        f"The call and your answer: {addresses.of_call(call.number)}\n"
        "If you refuse its signature, choose Find the mistake there.\n",
    )
