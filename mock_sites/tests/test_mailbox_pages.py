import pytest

from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.mailbox import MAILBOX, send
from mock_sites.world import mail_reading as reading
from mock_sites.world.store import Worlds
from mock_sites.world.world import World


def test_an_empty_mailbox_says_what_to_do_next(browse: Browse) -> None:
    page = browse(MAILBOX).get("/")

    assert page.status_code == 200
    assert "No mail has been sent in this world yet." in page.text


def test_the_list_shows_the_latest_mail_first(browse: Browse, world: World) -> None:
    send(world, subject="The earlier one")
    send(world, subject="The later one")

    page = browse(MAILBOX).get("/").text

    assert page.index("The later one") < page.index("The earlier one")


def test_the_list_can_be_narrowed_to_one_recipient_however_it_is_written(browse: Browse, world: World) -> None:
    send(world, subject="For her", to="Her@Example.com")
    send(world, subject="For him", to="him@example.com")

    page = browse(MAILBOX).get("/", params={"to": "HER@example.com"}).text

    assert "For her" in page
    assert "For him" not in page


def test_a_mail_shows_its_code_apart_and_its_text_whole(browse: Browse, world: World) -> None:
    number = send(world, text="Hello,\nyour code is 482913. Call 13800000000.")

    page = browse(MAILBOX).get(f"/messages/{number}").text

    assert 'data-copy="482913"' in page
    assert "your code is 482913. Call 13800000000." in page


def test_the_text_of_a_mail_is_shown_escaped(browse: Browse, world: World) -> None:
    evil = "<script>alert(1)</script>"
    number = send(world, to=f"{evil}@x", subject=evil, text=evil)

    for path in ("/", f"/messages/{number}", f"/?to={evil}"):
        assert evil not in browse(MAILBOX).get(path).text
    assert "&lt;script&gt;" in browse(MAILBOX).get(f"/messages/{number}").text


def test_a_documented_address_in_a_mail_leads_to_the_mock_and_a_foreign_one_nowhere(
    browse: Browse, world: World
) -> None:
    number = send(world, text="Open https://boss.guance.com/x, not http://elsewhere.example/y.")

    page = browse(MAILBOX).get(f"/messages/{number}").text

    assert f'href="{world.local("https://boss.guance.com/x")}"' in page
    assert 'href="http://elsewhere.example' not in page


def test_the_source_is_the_mail_as_it_was_sent(browse: Browse, world: World) -> None:
    number = send(world)

    answer = browse(MAILBOX).get(f"/messages/{number}/source")

    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content == world.messages()[-1].source


def test_a_mail_that_is_not_there_is_a_designed_page(browse: Browse) -> None:
    for number in ("1", "99999999999999999999999999"):
        page = browse(MAILBOX).get(f"/messages/{number}")
        assert page.status_code == 404
        assert "<h1>" in page.text


def test_two_worlds_never_see_each_others_mail(browse: Browse, worlds: Worlds) -> None:
    other = worlds.make(running=False)
    number = send(other, subject="Only there")

    assert "Only there" not in browse(MAILBOX).get("/").text
    assert browse(MAILBOX).get(f"/messages/{number}").status_code == 404
    assert "Only there" in browse(other.local(MAILBOX)).get("/").text

    worlds.drop(other.name)


def test_a_list_shows_what_the_mails_say_and_parses_none(
    browse: Browse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, to in enumerate(("A@Example.com", "王伟 <wang.wei@example.com>", "nobody at all")):
        send(world, to=to, subject=f"Code {number}: 观测云 {'x' * 200}", sender="观测云 Guance <no-reply@guance.com>")
    whole = [reading.read(mail) for mail in world.messages()]
    assert [
        (mail.number, mail.sender, mail.to, mail.subject, mail.sent_at)
        for mail in map(reading.envelope, world.messages())
    ] == [(mail.number, mail.sender, mail.to, mail.subject, mail.sent_at) for mail in whole]

    monkeypatch.delattr(reading, "message_from_bytes")

    assert browse(MAILBOX).get("/").status_code == 200
