"""Requests with a file that may be larger than others (``LARGEST_BODY``)."""

from typing import Final

from flask import request

from mock_sites.web.context import discard
from mock_sites.web.site import csrf

OTHER_FIELDS: Final = 64 * 1024
"""The most bytes of a request beside the file: the other fields and the borders between them."""


def may_be_read(largest: int) -> bool:
    """Whether the request's file can have at most ``largest`` bytes. Then its CSRF token is checked. Otherwise nothing
    of the request is to be read.

    Its view is exempt from the site's own check (``csrf.exempt``), which would read the body before this.
    """
    most = largest + OTHER_FIELDS
    if (request.content_length or 0) > most:
        discard()
        return False
    request.max_content_length = most
    csrf.protect()
    return True
