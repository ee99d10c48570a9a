"""The products that a buyer has saved to look at again (Save to List, My Favourites)."""

from sqlalchemy import Select, select

from mock_sites.huawei.domain.listings import Listing
from mock_sites.huawei.domain.tables import Account, Favourite
from mock_sites.world.unit_of_work import UnitOfWork


def is_saved(uow: UnitOfWork, account: Account, listing: Listing) -> bool:
    """Whether the buyer has saved the product."""
    return uow.session.get(Favourite, (account.id, listing.content_id)) is not None


def save(uow: UnitOfWork, account: Account, listing: Listing) -> None:
    """Save a product. Repeating it changes nothing."""
    if not is_saved(uow, account, listing):
        uow.session.add(Favourite(account_id=account.id, content_id=listing.content_id, saved_at=uow.now))
        uow.record("favourite.saved", product=listing.name["en"], account=account.name)


def remove(uow: UnitOfWork, account: Account, listing: Listing) -> None:
    """Remove a saved product. Repeating it changes nothing."""
    if saved := uow.session.get(Favourite, (account.id, listing.content_id)):
        uow.session.delete(saved)
        uow.record("favourite.removed", product=listing.name["en"], account=account.name)


def saved_by(account: Account) -> Select[Favourite]:
    """What the buyer has saved, the latest first."""
    mine = select(Favourite).where(Favourite.account_id == account.id)
    return mine.order_by(Favourite.saved_at.desc(), Favourite.content_id)
