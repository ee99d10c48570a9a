"""The marketplace's mails to a seller (spec huawei 2.8)."""

from typing import Final

from mock_sites.huawei.domain.tables import Product
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
        "Center. Mend your service. Then put the product on sale again there, under Coverage and failures.\n",
    )


def mail_seller(uow: UnitOfWork, product: Product, operation: str, *, tries: int, **about: str) -> None:
    """A call has failed for good, unless someone restarts it."""
    what = ", ".join(f"{name} {value}" for name, value in about.items())
    uow.record("seller.gave-up", operation=operation, tries=tries, **about)
    uow.send_mail(
        sender=SENDER,
        to=SELLER_MAIL,
        subject=f"{operation} failed: {product.title}",
        text=f"Your production interface did not carry out {operation} ({what}). Tries: {tries}.\n"
        "The calls and their answers are listed in the Seller Center.\n",
    )
