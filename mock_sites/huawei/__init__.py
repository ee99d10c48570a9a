"""Huawei Cloud: console, marketplace, buyer center, unified login, and its side of the seller protocol."""

from mock_sites.huawei.company import COMPANY
from mock_sites.huawei.sites import sites

__all__ = ["COMPANY", "sites"]
