"""Requests with a file that may be larger than others (``LARGEST_BODY``)."""

from collections.abc import Callable
from io import SEEK_END
from typing import Final

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from mock_sites.web.context import discard
from mock_sites.web.site import csrf

OTHER_FIELDS: Final = 64 * 1024
"""The most bytes of a request beside the file: the other fields and the borders between them."""


def too_large(largest: int) -> str:
    """That a file has more than ``largest`` bytes."""
    return _("The file is larger than %(most)d MiB.", most=largest // 1024 // 1024)


def at_most(largest: int) -> Callable[[FlaskForm, Field], None]:
    """A validator of a file: the request may be as much larger as the other fields need."""

    def validate(_form: FlaskForm, field: Field) -> None:
        if field.data:
            size = field.data.stream.seek(0, SEEK_END)
            field.data.stream.seek(0)
            if size > largest:
                raise ValidationError(too_large(largest))

    return validate


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
