"""The set-up, and the messages when it was not run or is damaged."""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from mock_sites.environment import packages

ROOT: Final = Path(__file__).parents[2]


def empty_wheel(package: metadata.Distribution, version: str, folder: Path) -> str:
    """Make a wheel with the installed package's metadata, this version, and no content. Returns its hash."""
    stem = f"{packages.plain_name(package.name).replace('-', '_')}-{version}"
    described = package.read_text("METADATA") or ""
    described = described.replace(f"\nVersion: {package.version}\n", f"\nVersion: {version}\n")
    wheel = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(f"{stem}.dist-info/METADATA", described)
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def lock_of(wheels: Path, requirements: list[str]) -> str:
    """The lock with the hashes of empty wheels in place of the real ones. Newer versions of each exist."""
    wheels.mkdir()
    installed = {packages.plain_name(package.name): package for package in metadata.distributions()}
    lines: list[str] = []
    for requirement in requirements:
        package = installed.get(packages.plain_name(Requirement(requirement).name))
        digest = "0" * 64
        if package:
            digest = empty_wheel(package, package.version, wheels)
            empty_wheel(package, f"{package.version}.1", wheels)
        lines.append(f"{requirement} \\\n    --hash=sha256:{digest}\n")
    return "".join(lines)


def test_where_uv_fails_pip_takes_the_lock_and_a_chinese_folder_does_no_harm(tmp_path: Path) -> None:
    project = tmp_path / "带 空格"
    site = project / ".venv" / "lib" / "python3" / "site-packages"
    site.mkdir(parents=True)
    pointer = site / "_editable_impl_mock_marketplace.pth"
    pointer.write_text(f"{project}\n", encoding="utf-8")
    for name in (".ci/setup", "pyproject.toml", "README.md", "LICENSE"):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    pinned = packages.pinned((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    # pip takes them one by one, so a few of each form do: plain, with an extra, for other machines only.
    of_each_form = [one for one in pinned if ";" in one or "[" in one] + [one for one in pinned if "[" not in one][:3]
    locked = lock_of(tmp_path / "wheels", of_each_form)
    (project / "requirements.lock").write_text(locked, encoding="utf-8")
    (project / "only_here.py").touch()
    # The environment counts as made here. Its Python is the one of this run, and there is no uv.
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (project / ".venv" / ".made").write_text(f"{project}\n", encoding="utf-8")
    (project / ".venv" / "bin" / "mock-sites").write_text("from mock_sites.__main__ import main\n")
    record = site / "mock_marketplace-0.1.0.dist-info" / "RECORD"
    record.parent.mkdir()
    record.touch()
    options = {"DRY_RUN": "1", "IGNORE_INSTALLED": "1", "NO_INDEX": "1", "FIND_LINKS": str(tmp_path / "wheels")}
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C"}

    done = subprocess.run(
        [project / ".ci" / "setup"],
        env=environment | {f"PIP_{name}": value for name, value in options.items()},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "trying again with pip" in done.stdout
    assert (project / ".venv" / "bin" / "journeys").read_text() == "from e2e.__main__ import main\n"
    assert (project / ".venv" / "bin" / "journeys").stat().st_mode & 0o111
    assert record.read_text() == "../../../bin/journeys,,\n"
    code = f"import site; site.addsitedir({str(site)!r}); import only_here; print('found')"
    found = subprocess.run([sys.executable, "-I", "-c", code], env=environment, capture_output=True, check=False)
    assert found.stdout == b"found\n", found.stderr


@pytest.mark.parametrize("words", [["mock_sites", "doctor"], ["mock_sites", "serve"], ["e2e", "list"]])
def test_without_packages_each_program_says_what_to_do(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert "packaging is missing" in said
    assert "make setup" in said
    assert "Traceback" not in said
    assert ("Chinese font" in said) is ("doctor" in words)


def test_everything_is_as_the_lock_has_it() -> None:
    assert packages.problems() == []


def test_what_is_missing_changed_or_damaged_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sound", "older", "damaged"):
        record = tmp_path / f"{name}-1.dist-info" / "RECORD"
        record.parent.mkdir()
        (record.parent / "METADATA").write_text(f"Name: {name}\nVersion: 1\n")
        record.write_text(f'{name}.py,sha256=x,1\n"{name}/a, b.txt",sha256=x,1\n__pycache__/{name}.pyc,,\n')
        (tmp_path / f"{name}.py").touch()
        (tmp_path / name).mkdir()
        (tmp_path / name / "a, b.txt").touch()
    (tmp_path / "damaged" / "a, b.txt").unlink()
    lock = tmp_path / "lock"
    pins = ["sound==1", "older[more]==2", "damaged==1", "absent==1", "elsewhere==1 ; sys_platform == 'win32'"]
    lock.write_text("# made by\n" + "".join(f"{pin} \\\n    --hash=sha256:0\n" for pin in pins))
    monkeypatch.syspath_prepend(tmp_path)

    assert packages.problems(lock) == [
        "older is 1 instead of 2",
        "damaged has lost damaged/a, b.txt",
        "absent is missing",
    ]


def test_without_a_lock_the_requirements_of_the_installed_wheel_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = {
        packages.PROJECT: ("1", ["older>=2", "sound", "drawing ; extra == 'pytest'"]),
        "older": ("1", []),
        "sound": ("1", ["absent<3", "elsewhere ; sys_platform == 'win32'"]),
    }
    for name, (version, requires) in installed.items():
        record = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info" / "RECORD"
        record.parent.mkdir()
        record.touch()
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {text}" for text in requires)]
        (record.parent / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(lines) + "\n")
    found = list(metadata.distributions(path=[str(tmp_path)]))
    monkeypatch.setattr(metadata, "distributions", lambda: found)

    assert packages.problems(tmp_path / "no lock") == ["older is 1 instead of >=2", "absent is missing"]
