"""Huawei Cloud's tables, by subject. They are imported from here, so that all of them are known."""

from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.base import Table
from mock_sites.huawei.domain.tables.enterprises import Department, Enterprise, Group
from mock_sites.huawei.domain.tables.iam import AccessKey, IamAccess, IamUser, QrConfirmation, SignInCode
from mock_sites.huawei.domain.tables.login_tokens import LoginCode, LoginToken
from mock_sites.huawei.domain.tables.members import FailedRow, GroupMember, Member, MemberImport
from mock_sites.huawei.domain.tables.opinions import BuyerReview, Favourite, ProductQuestion
from mock_sites.huawei.domain.tables.orders import Order, Resource, Voucher
from mock_sites.huawei.domain.tables.products import Package, Product, Specification
from mock_sites.huawei.domain.tables.real_names import RealNameMethod, RealNameRequest, RealNameScan
from mock_sites.huawei.domain.tables.sellers import FailedSync, OrderQuery, ProbedProduct, Seller, SellerCall
from mock_sites.huawei.domain.tables.usage import DailyExpense, Deduction, UsageRecord

__all__ = [
    "AccessKey",
    "Account",
    "BuyerReview",
    "DailyExpense",
    "Deduction",
    "Department",
    "Enterprise",
    "FailedRow",
    "FailedSync",
    "Favourite",
    "Group",
    "GroupMember",
    "IamAccess",
    "IamUser",
    "LoginCode",
    "LoginToken",
    "Member",
    "MemberImport",
    "Order",
    "OrderQuery",
    "Package",
    "ProbedProduct",
    "Product",
    "ProductQuestion",
    "QrConfirmation",
    "RealNameMethod",
    "RealNameRequest",
    "RealNameScan",
    "Resource",
    "Seller",
    "SellerCall",
    "SignInCode",
    "Specification",
    "Table",
    "UsageRecord",
    "Voucher",
]
