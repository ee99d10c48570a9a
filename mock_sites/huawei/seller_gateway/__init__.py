"""Huawei Cloud's side of the seller protocol: signed calls to the seller, and the queries that a seller may send."""
