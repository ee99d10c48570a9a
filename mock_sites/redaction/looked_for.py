"""What tells a secret, in words. The commands and the README name it."""

from typing import Final

from mock_sites.redaction.secrets import SHORTEST_PASSWORD, SHORTEST_TOKEN
from mock_sites.redaction.shapes import SHAPES

PLACES: Final = (
    "in traces: what is typed into password fields, at once or key by key, however short it is",
    "in traces: what is typed into fields for one character each, such as those of a PIN",
    "in traces: what is typed into fields whose name, label or purpose is that of a secret",
    "in traces: Authorization headers, with the password in Basic credentials",
    f"in traces: cookies from {SHORTEST_TOKEN} characters, with a digit",
    f"passwords from {SHORTEST_PASSWORD} characters, and PINs, in fields, parameters and members with such a name",
    f"tokens from {SHORTEST_TOKEN} characters, with a digit, in those, and in headers and cookies with such a name",
    "values that a site has signed",
)
"""Places of secrets."""

FORMS: Final = f"{len(SHAPES)} forms of keys, tokens and credentials, in any encoding"

OF_MOCK_SITES: Final = ("passwords of the people of the world", "codes in the mails of a recording")

LOOKED_FOR: Final = (*OF_MOCK_SITES, *PLACES, *(shape.name for shape in SHAPES))
"""All that a scan looks for."""
