"""Guance's end of the seller protocol (spec huawei 2.5 to 2.8 and 4.1)."""
