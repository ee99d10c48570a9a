"""Reads recordings and baselines. A broken file is refused in one line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from mock_sites.review.any_text import read_json
from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import FORMAT, Recording
from mock_sites.review.repeated_parts import FORMAT as BASELINE_FORMAT
from mock_sites.review.repeated_parts import restore

LARGEST: Final = 20_000_000
"""The most bytes of a file. Files of the journeys so far have less than a twentieth of it."""

MANIFEST: Final = "manifest.json"
"""The file of a recording that names the others."""

LOOKS: Final = "sheets", "pictures", "looks"
"""The attributes of a step that no baseline has, and no recording of a journey."""

PARTS: Final = {"events": "journal.json", "mails": "mails.json", "calls": "calls.json"}
"""What happened apart from the pages: the attribute of a step, and the file that has it by the step's number."""


def read_recording(folder: Path) -> Recording:
    """The recording in ``folder``.

    Raises:
        ReviewError: it does not exist, is not complete, or has an unknown version.
    """
    manifest = _mapping(_read_json(folder / MANIFEST), folder / MANIFEST)
    _check_version(manifest, folder, FORMAT)
    found = {name: _items(_read_json(folder / file), folder / file) for name, file in PARTS.items()}
    steps: list[dict[str, Any]] = []
    for step in _items(manifest.get("steps"), folder / MANIFEST):
        boxes, image = step.get("boxes"), step.get("image")
        named, texts = _read_boxes(_inside(folder, boxes)) if boxes else (None, [])
        steps.append(
            {
                **step,
                "tree": _read_text(_inside(folder, step.get("tree"))),
                "boxes": named,
                "texts": texts,
                "image": _picture(folder, image) if image else None,
            }
        )
    _hand_out(found, steps, folder)
    return _made({**manifest, "steps": steps, "folder": folder}, folder)


def read_baseline(file: Path) -> Recording:
    """The baseline in ``file``.

    Raises:
        ReviewError: it does not exist, is not complete, or has an unknown version.
    """
    text = _read_text(file)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CSafeLoader)):
            raise ReviewError(f"{file}: has aliases, which no baseline needs")
        baseline: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ReviewError(f"{file}: truncated, or no YAML") from error
    baseline = _mapping(baseline, file)
    _check_version(baseline, file, FORMAT, BASELINE_FORMAT)
    made = restore(_made({**baseline, "format": FORMAT}, file), file)
    return made if made.seed else made.model_copy(update={"unknown": (*made.unknown, *LOOKS)})


def _hand_out(found: Mapping[str, Sequence[dict[str, Any]]], steps: Sequence[dict[str, Any]], folder: Path) -> None:
    """Give each step its events. Events before the first step belong to the first."""
    by_number = {step.get("number"): step for step in steps}
    if len(by_number) != len(steps):
        raise ReviewError(f"{folder}: two steps have the same number")
    for name, items in found.items():
        for step in steps:
            step[name] = []
        for item in items:
            step = by_number.get(item.get("step")) if item.get("step") else next(iter(steps), None)
            if step is None:
                raise ReviewError(f"{folder / PARTS[name]}: names step {item.get('step')}, which is not there")
            step[name].append(item)


def _made(content: Mapping[str, Any], where: Path) -> Recording:
    try:
        return Recording.model_validate(content)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ReviewError(f"{where}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error


def _check_version(content: Mapping[str, Any], where: Path, *known: int) -> None:
    if content.get("format") not in known:
        raise ReviewError(f"{where}: of format {content.get('format')!r}; only {known[-1]} is known")


def _inside(folder: Path, name: object) -> Path:
    """The file called ``name`` in ``folder``, and nowhere else."""
    path = (folder / str(name)).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ReviewError(f"{folder}: names the file {str(name)!r}, which is outside")
    return path


def _read_boxes(file: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The boxes of elements with a name, and of elements with only a text, which is then used as the name."""
    boxes = _items(_read_json(file), file)
    named = [box for box in boxes if "text" not in box]
    texts = [box for box in boxes if "text" in box]
    return named, [{("name" if key == "text" else key): value for key, value in box.items()} for box in texts]


def _picture(folder: Path, name: object) -> Path:
    path = _inside(folder, name)
    if not path.is_file():
        raise ReviewError(f"{path}: is missing")
    return path


def _read_json(file: Path) -> Any:
    try:
        return read_json(_read_text(file))
    except ValueError as error:
        raise ReviewError(f"{file}: truncated, or no JSON") from error


def _read_text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise ReviewError(f"{file}: larger than {LARGEST // 1_000_000} MB")
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ReviewError(f"{file}: not UTF-8") from error
    except OSError as error:
        raise ReviewError(f"{file}: {error.strerror or 'cannot be read'}") from error


def _mapping(content: Any, where: Path) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ReviewError(f"{where}: not a mapping")
    return content


def _items(content: Any, where: Path) -> list[dict[str, Any]]:
    if not isinstance(content, list):
        raise ReviewError(f"{where}: not a list")
    return [_mapping(item, where) for item in content]
