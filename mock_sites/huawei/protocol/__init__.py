"""Huawei's seller protocol as data: every fact once, with the page of Huawei's documentation that states it.

``activities`` and ``names`` hold the words on the wire, ``production`` and ``kit`` the operations with their parameters
(``operations`` lists all of them), ``codes`` the result codes, ``answers`` what an answer holds, ``retries`` how often
a call is repeated, ``signing`` and ``signing_v1`` signatures and headers, ``moments`` the formats of time,
``addresses`` the paths, ``orders`` the ids and states of orders, ``sources`` the pages of the documentation.

The seller gateway, the Seller Center and the conformance run read these modules. Guance does not: it is the other
company and reads Huawei's documents itself.
"""
