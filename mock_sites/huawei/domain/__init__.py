"""Huawei Cloud's rules in plain Python: accounts, products, orders, enterprises, members, unified login."""
