"""Guance's side of the seller protocol (spec huawei 2 and 4.1): the reference seller.

``views`` receives a call. ``envelope`` checks that the marketplace sent it. ``operations`` and ``kit`` read it and
return the change to make (``changes``). ``nonces`` checks that it is new. ``answers`` makes the answer.
"""
