"""A trace that ends before its last page is seen."""

from pathlib import Path

from e2e.support.visits import HOME, NEWS, click, go, titled
from fixtures.traces import OPTIONS, asked, seen, write
from mock_sites.review.comparing.compare import compare
from mock_sites.review.traces.trace import read_trace


def leave(file: Path, *, cut: bool, asks: bool = True) -> Path:
    """A click that leads to the news, after which nothing waits; they may not have been seen in the end."""
    shown, network = go(1, 10, HOME, titled("Home"))
    begun, *shots, ended = click(2, 30, HOME, titled("Home"))
    shots[-1] = seen(2, 39, "after", *((HOME, titled("Leaving")) if cut else (NEWS, titled("News"))))
    news = [asked(36, "GET", NEWS, kind="fetch"), asked(37, "GET", f"{HOME}a.js", kind="script")]
    return write(file / "trip.zip", [OPTIONS, *shown, begun, *shots, ended], [*network, *(news if asks else [])])


def test_a_trace_that_ends_before_its_last_page_is_seen_is_only_told(tmp_path: Path) -> None:
    whole, cut, stays = (
        read_trace(leave(tmp_path / str(number), **how))
        for number, how in enumerate(({"cut": False}, {"cut": True}, {"cut": True, "asks": False}))
    )

    expected = "step “/news” is seen in one run only; the other run asks for the same and ends before"
    for pair in ((whole, cut), (cut, whole)):
        assert [(change.what, change.advice) for _step, change in compare(*pair)] == [(expected, True)]
    assert "step “/news” is gone" in [change.what for _step, change in compare(whole, stays) if not change.advice]
