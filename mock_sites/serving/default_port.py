"""The port of the sites, for who needs to know it without serving them."""

from typing import Final

DEFAULT_PORT: Final = 8700
"""Where the sites are served unless another port is asked for."""
