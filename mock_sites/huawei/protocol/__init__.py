"""Huawei's seller protocol as data: every fact once, with the page of Huawei's documentation that states it.

``activities`` and ``names`` have the words used in calls. ``production`` and ``kit`` have the operations with their
parameters; ``operations`` lists all of them. ``codes`` has the result codes, ``answers`` the content of an answer,
``retries`` how often a call is repeated. ``signing`` and ``signing_v1`` have signatures and headers, ``moments`` the
time formats, ``addresses`` the paths. ``orders`` has the ids and states of orders, ``sources`` the pages of the
documentation.

The seller gateway, the Seller Center and the conformance run read these modules. Guance does not: it is the other
company and reads Huawei's documents itself.
"""
