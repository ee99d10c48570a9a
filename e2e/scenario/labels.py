"""The documented labels in the language a journey is played in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["en", "zh"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

LOCALES: Final[Mapping[Language, str]] = {"en": "en-US", "zh": "zh-CN"}
"""The locale of a browser that prefers the language."""

LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"en": "English", "zh": "中文"}
"""The name of each language in that language, as on all pages."""

FILE: Final = Path(__file__).parents[1] / "labels.toml"


class Labels:
    """The labels of one page area in one language."""

    def __init__(self, area: str, language: Language) -> None:
        """For an area of ``labels.toml``."""
        self._area = area
        self._language: Language = language

    def __getattr__(self, name: str) -> str:
        """The label called ``name``.

        Raises:
            AttributeError: ``labels.toml`` has none of that name in this area.
        """
        try:
            return read_labels()[self._area][name][self._language]
        except KeyError:
            message = f"labels.toml has no {self._area}.{name} in {self._language!r}"
            raise AttributeError(message) from None


@cache
def read_labels() -> dict[str, dict[str, dict[str, str]]]:
    """All labels by area, name and language."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
