"""Files that are written whole, or not at all."""

import os
import resource
from pathlib import Path

import pytest

from mock_sites.process.whole_files import write_whole


def test_a_file_has_the_new_content_and_keeps_its_links(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("earlier")
    link.symlink_to(file)

    write_whole(link, "新的")

    assert (file.read_text(encoding="utf-8"), link.is_symlink()) == ("新的", True)
    assert sorted(tmp_path.iterdir()) == [file, link]


def test_a_file_for_which_there_is_no_space_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("earlier")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_whole(file, 100 * "later")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert file.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [file]


def test_a_pipe_is_written_to_also_by_its_name_in_dev() -> None:
    reader, writer = os.pipe()
    try:
        write_whole(Path(f"/dev/fd/{writer}"), "text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
        os.close(writer)
