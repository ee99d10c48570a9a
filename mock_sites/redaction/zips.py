"""What reading a zip raises that is damaged, encrypted or packed in an unknown way."""

import zipfile
import zlib
from typing import Final

DAMAGED_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    # A part is encrypted, or packed by a method that zipfile does not know (NotImplementedError).
    RuntimeError,
    ValueError,
)
"""``zipfile`` has no common class for them."""
