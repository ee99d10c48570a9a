"""The pictures in a report: compressed, each stored once, and left out if the report would become too large."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from mock_sites.review.changes import Area

BUDGET: Final = 14_000_000
"""The most characters for all pictures of a report, without those of the film strips."""
THUMBNAIL: Final = 160, 120
"""Pixels of a picture in a film strip, at most."""
QUALITY: Final = 50


@dataclass(frozen=True)
class ReportPicture:
    """A picture in the report.

    Attributes:
        id: by which it is found there.
        width: in pixels, as it was taken.
        height: likewise.
    """

    id: str
    width: int
    height: int


class ReportPictures:
    """All pictures of a report.

    Attributes:
        held: the pictures as data URLs, by their ids.
        left: how many characters may still be added.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        """None yet."""
        self.held: dict[str, str] = {}
        self.left = budget
        self._known: dict[Path, ReportPicture] = {}
        self._thumbnails: dict[str, str] = {}

    def take(self, file: Path) -> ReportPicture:
        """Put a picture into the report."""
        if file not in self._known:
            content = file.read_bytes()
            name = sha256(content).hexdigest()[:16]
            with Image.open(file) as picture:
                self._known[file] = ReportPicture(name, *picture.size)
                if name not in self.held:
                    self.held[name] = _address(picture)
                    self.left -= len(self.held[name])
        return self._known[file]

    def size(self, file: Path) -> tuple[int, int]:
        """The size of a picture in pixels."""
        with Image.open(file) as picture:
            return picture.size

    def crop(self, file: Path, area: Area) -> ReportPicture | None:
        """Put a part of a picture into the report, without loss. None if the picture ends before it."""
        with Image.open(file) as picture:
            box = round(area.x), round(area.y), round(area.x + area.width), round(area.y + area.height)
            right, bottom = min(box[2], picture.width), min(box[3], picture.height)
            if right <= box[0] or bottom <= box[1]:
                return None
            part = picture.convert("RGB").crop((box[0], box[1], right, bottom))
        name = sha256(part.tobytes() + repr(part.size).encode()).hexdigest()[:16]
        if name not in self.held:
            self.held[name] = _address(part, lossless=True)
            self.left -= len(self.held[name])
        return ReportPicture(name, *part.size)

    def thumbnail(self, file: Path | None) -> str:
        """A small picture as a data URL. Empty if there is none."""
        if not file:
            return ""
        name = sha256(file.read_bytes()).hexdigest()
        if name not in self._thumbnails:
            with Image.open(file) as picture:
                picture.thumbnail(THUMBNAIL)
                self._thumbnails[name] = _address(picture)
        return self._thumbnails[name]


def _address(picture: Image.Image, *, lossless: bool = False) -> str:
    """A picture as a data URL. It is encoded fast and not as small as possible."""
    written = BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=QUALITY, method=0, lossless=lossless)
    return f"data:image/webp;base64,{b64encode(written.getvalue()).decode()}"
