"""Huawei Cloud's rules as plain Python: accounts, products, orders, enterprises, members, unified login."""
