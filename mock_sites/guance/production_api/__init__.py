"""Guance's end of the seller protocol (spec huawei 2 and 4.1): the reference seller.

``views`` receives a call, ``envelope`` tells whether it is the marketplace's, ``operations`` and ``kit`` read it and
say what they are about to do (``changes``), ``nonces`` whether it is new, and ``answers`` what is answered.
"""
