"""Films of demos: what is in them, for how long, and the files they are written to."""

from collections.abc import Sequence
from contextlib import closing
from io import BytesIO
from itertools import count, groupby
from pathlib import Path

import pytest
from imageio_ffmpeg import count_frames_and_secs
from PIL import Image, ImageSequence
from playwright.sync_api import Browser

from e2e.demo.encoding import FilmFile, FilmPicture
from e2e.demo.errors import DemoError
from e2e.demo.film import Film, Reel
from e2e.demo.subtitles import SubtitlesFile
from e2e.demo.windows import Windows


class FakeClock:
    """A clock that is set by hand."""

    time = 100.0

    def __call__(self) -> float:
        """What it shows."""
        return self.time


class Kept(FilmFile):
    """Remembers the colours and the length of a film in place of writing it."""

    colours: Sequence[str] = ()
    seconds = 0.0

    def write(self, shots: Sequence[FilmPicture]) -> None:
        """Remember them."""
        self.seconds = sum(shot.seconds for shot in shots)
        self.colours = [colour(shot.picture.read_bytes()) for shot in shots]


def colour(picture: bytes) -> str:
    """The colour in the middle of a picture."""
    with Image.open(BytesIO(picture)) as opened:
        red, _green, blue = opened.resize((1, 1)).convert("RGB").tobytes()
    return "white" if min(red, blue) > 200 else "red" if red > blue else "blue"


def page_in(background: str) -> str:
    """The address of a page that has one colour and a word."""
    return f"data:text/html,<body style='background: {background}'>{background}"


def paint(folder: Path, *colours: str) -> list[FilmPicture]:
    """A shot of each colour, half a second long."""
    for name in colours:
        Image.new("RGB", (1280, 800), name).save(folder / f"{name}.jpeg")
    return [FilmPicture(folder / f"{name}.jpeg", 0.5) for name in colours]


def test_each_picture_is_shown_until_the_next_one_and_pauses_are_left_out(tmp_path: Path) -> None:
    clock = FakeClock()
    reel = Reel(tmp_path, clock)
    reel.show(b"before the beginning")
    clock.time += 7
    reel.go_on()
    clock.time += 7
    reel.show(b"first")
    clock.time += 2
    reel.show(b"second")
    clock.time += 3
    reel.stop()
    reel.show(b"in the pause")
    clock.time += 60
    reel.go_on()
    reel.show(b"third")
    clock.time += 1

    shots = [(shot.picture.read_bytes(), shot.seconds) for shot in reel.shots()]

    assert shots == [(b"first", 2), (b"second", 3), (b"third", 1)]


@pytest.mark.parametrize("ending", ["webm", "mp4", "gif", "GIF"])
def test_a_film_is_as_long_as_its_shots(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"film.{ending}"

    FilmFile(path).write(paint(tmp_path, "red", "green", "blue"))

    _frames, seconds = count_frames_and_secs(str(path))
    assert seconds == pytest.approx(1.5, abs=0.2)


def test_a_film_for_a_page_of_documentation_is_an_animated_picture(tmp_path: Path) -> None:
    path = tmp_path / "film.webp"

    FilmFile(path).write(paint(tmp_path, "red", "green", "blue"))

    with Image.open(path) as picture:
        pictures = [each.convert("RGB").getpixel((9, 9)) for each in ImageSequence.Iterator(picture)]
        assert picture.format == "WEBP"
        assert picture.width == 800
    assert len({str(pixel) for pixel in pictures}) == 3


def test_a_film_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("the earlier one")
    (tmp_path / "broken.jpeg").write_text("no picture")

    with pytest.raises(DemoError, match=r"ffmpeg could not write the film .*film\.mp4"):
        FilmFile(path).write([FilmPicture(tmp_path / "broken.jpeg", 1)])

    assert path.read_text() == "the earlier one"
    assert not list(tmp_path.glob(".film*"))


def test_a_film_follows_the_actor_to_the_tab_that_was_opened_last_and_its_subtitles_end_with_it(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, show, file = list[str](), Reel.show, Kept(tmp_path / "film.gif")
    subtitles = tmp_path / "film.vtt"

    def note_and_show(reel: Reel, picture: bytes) -> None:
        shown.append(colour(picture))
        show(reel, picture)

    monkeypatch.setattr(Reel, "show", note_and_show)

    def wait_for(wanted: str) -> None:
        for _frame in range(600):
            if shown[-1:] == [wanted]:
                return
            buyers.evaluate("new Promise(requestAnimationFrame)")
        pytest.fail(f"{wanted} is not shown but {shown}")

    with (
        Film(file, tmp_path, count().__next__, subtitles=SubtitlesFile(subtitles)) as film,
        closing(Windows(browser, 100, film)) as windows,
    ):
        windows.show_overlay("<p style='position: absolute; bottom: 0'>A caption</p>")
        buyer, employee = windows.open("en"), windows.open("en")
        buyers, employees = buyer.new_page(), employee.new_page()
        film.follow(buyer)
        film.go_on()
        film.add_subtitle("All colours")
        buyers.goto(page_in("red"))
        wait_for("red")
        film.follow(employee)
        employees.goto(page_in("blue"))
        wait_for("blue")
        film.follow(buyer)
        wait_for("red")
        tab, before = buyer.new_page(), len(shown)
        tab.set_content("<body style='background: red'>A card before the first page")
        for _frame in range(600):
            if len(shown) > before:
                break
            tab.evaluate("new Promise(requestAnimationFrame)")
        else:
            pytest.fail("the card is not shown")
        tab.set_content("")
        for _frame in range(20):
            tab.evaluate("new Promise(requestAnimationFrame)")
        tab.goto(page_in("blue"))
        wait_for("blue")
        tab.close()
        wait_for("red")

    assert [name for name, _same in groupby(file.colours)] == ["red", "blue", "red", "blue", "red"]
    minutes, seconds = divmod(file.seconds, 60)
    assert f" --> 00:{minutes:02.0f}:{seconds:06.3f}\nAll colours" in subtitles.read_text(encoding="utf-8")
