"""Huawei Cloud's end of the seller protocol: signed calls to the seller, and what a seller may ask."""
