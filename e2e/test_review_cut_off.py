"""A trace that ends before its last page is seen."""

from pathlib import Path

from e2e.support.visits import HOME, NEWS, click, go, read_on, titled
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

    expected = "step “/news” is seen in one run only; the other run ends before"
    for pair in ((whole, cut), (cut, whole)):
        assert [(change.what, change.advice) for _step, change in compare(*pair)] == [(expected, True)]
    assert "step “/news” is gone" in [change.what for _step, change in compare(whole, stays) if not change.advice]


def reload_at_the_end(file: Path, *, seen_after: bool, loads: bool) -> Path:
    """A script that changes the address, another one, and a check, in which the page of this address is loaded."""
    shown, network = go(1, 10, HOME, titled("Home"))
    shown += read_on(2, 30, (HOME, "Home"), (NEWS, "Home"))
    shown += read_on(3, 50, (NEWS, "Home"), (NEWS, "Home"))
    last = (NEWS, "News" if loads else "Home")
    checked = read_on(4, 70, (NEWS, "Home"), last, method="expect", title='Expect "to_have_url"')
    del checked[2 : 2 if seen_after else 3]
    news = [asked(76, "GET", NEWS, 500)] if loads else []
    return write(file / "trip.zip", [OPTIONS, *shown, *checked], [*network, *news])


def test_what_comes_after_the_last_look_at_a_page_is_only_told(tmp_path: Path) -> None:
    loads, stays, unseen = (
        read_trace(reload_at_the_end(tmp_path / str(number), seen_after=number < 2, loads=not number))
        for number in range(3)
    )

    expected = "step “/news” is seen in one run only; the other run ends before"
    for pair in ((loads, unseen), (unseen, loads)):
        assert [(change.what, change.advice) for _step, change in compare(*pair)] == [(expected, True)]
    assert "step “/news” is gone" in [change.what for _step, change in compare(loads, stays) if not change.advice]
