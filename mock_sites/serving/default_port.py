"""The default port of the sites, for modules that do not need the server."""

from typing import Final

DEFAULT_PORT: Final = 8700
"""Where the sites are served unless another port is asked for."""
