"""Recordings of worlds: what is recorded, what becomes of it, and the pages, the API and the command for it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import httpx
import pytest

from mock_sites.control.codegen import shown
from mock_sites.control.recorded_tests import recording_of, written_test
from mock_sites.guance.domain import billing_accounts
from mock_sites.huawei.domain import accounts
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.handing_over import hand_over
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, PROMPT, Buyer
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import subscribe
from mock_sites.world import jobs, passwords, recording
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.store import Worlds
from mock_sites.world.world import World
from mock_sites.world.world_files import import_world

SIGN_IN = 'page.goto(mock_world.local("https://auth.huaweicloud.com/authui/login"))'
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "recorded_tests.md"
CERTIFICATE = "https://account.huaweicloud.com/usercenter/authentication"
Written = Callable[..., str]


@pytest.fixture
def control(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as client:
        yield client


@pytest.fixture
def recorded(worlds: Worlds, world: World) -> World:
    """The world, which is recorded from now on."""
    recording.begin(worlds, world.name)
    return world


@pytest.fixture
def written(dispatcher: Dispatcher) -> Written:
    """Writes the recording of a world as a test."""

    def write(world: World, person: str = "") -> str:
        with dispatcher.control.apps["pages"].test_request_context():
            return written_test(world, person).source

    return write


def buyer(browse: Browse, world: World, name: str = "hw_liwei", password: str = PASSWORD) -> Buyer:
    """Somebody who has signed in on the page."""
    found = Buyer(world, browse(AUTH))
    found.client.follow_redirects = True
    page = found.client.get("/authui/login")
    found.client.post("/authui/login", data={"csrf_token": token(page), "name": name, "password": password})
    return found


def test_links_forms_and_the_clock_become_lines_with_the_labels_of_the_pages(
    browse: Browse, recorded: World, written: Written
) -> None:
    liwei = buyer(browse, recorded)
    liwei.text_of(f"{MARKETPLACE}/")
    liwei.text_of(PROMPT.removesuffix("/subscribe"))
    liwei.sends(PROMPT, agreed="y")
    jobs.advance(recorded, 3600)
    liwei.text_of(f"{MARKETPLACE}/buyer/purchased-services?state=in_use")

    test = written(recorded)

    assert '@pytest.mark.mock_world(seed="2026")' in test
    assert 'verified_buyer = mock_people["verified-buyer"]' in test
    assert 'page.get_by_label("Password").fill(verified_buyer.password)' in test
    assert 'page.get_by_role("link", name="Marketplace", exact=True).click()' in test
    assert 'page.get_by_role("link", name="Subscribe Now").click()' in test
    assert "mock_world.clock.advance(hours=1)" in test
    assert (
        'page.goto(mock_world.local("https://marketplace.huaweicloud.com/buyer/purchased-services?state=in_use"))'
        in test
    )
    assert 'expect(page.get_by_role("heading", level=1, name="Purchased Services", exact=True)).to_be_visible()' in test
    assert PASSWORD not in test
    assert "older than the recording" not in test
    assert "csrf" not in test
    compile(test, "test_recorded.py", "exec")


def test_each_page_of_a_recording_is_read_once_and_how_often_addresses_are_compared_follows_the_visits(
    browse: Browse, recorded: World, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counter[str]()

    def count(module: ModuleType, name: str) -> None:
        original = getattr(module, name)

        def call(*arguments: object) -> object:
            counted[name] += 1
            return original(*arguments)

        monkeypatch.setattr(module, name, call)

    count(shown, "elements")
    count(shown, "target_of")
    liwei = buyer(browse, recorded)
    pages = [f"{MARKETPLACE}/", f"{MARKETPLACE}/buyer/orders", f"{MARKETPLACE}/buyer/expenses"]
    costs = list[Counter[str]]()
    for _ in range(2):
        for number in range(15):
            liwei.text_of(f"{pages[number % 3]}?typed={number}")
        counted.clear()
        test = written(recorded)
        costs.append(counted.copy())
        with_pages = sum(bool(visit.packed) for visit in recording_of(recorded).visits)
        assert counted["elements"] <= with_pages

        counted.clear()
        assert written(recorded) == test
        assert not counted
        assert written(recorded, "verified-buyer") == test
        assert counted
    assert costs[1]["target_of"] < 2.2 * costs[0]["target_of"]


SWITCH = "Arbitrary Selection of Settlement Method"


def test_what_the_operator_does_becomes_calls_of_the_fixtures_where_it_was_done(
    browse: Browse, control: httpx.Client, recorded: World, written: Written
) -> None:
    home = f"/worlds/{recorded.name}"

    def press(address: str, **fields: str) -> None:
        fields |= dict.fromkeys(["csrf_token", "advance-csrf_token"], token(control.get(home)))
        assert control.post(f"{home}/{address}", data=fields).status_code == 302

    def turn(verb: str) -> None:
        with recorded.uow("guance") as uow:
            account = billing_accounts.named(uow, "zhouhao")
        press(f"switches/guance/{account.id if account else ''}", on=verb)

    press("clock/advance", **{"advance-amount": "14", "advance-unit": "days"})
    press("clock/advance", **{"advance-amount": "1", "advance-unit": "minutes"})
    browse(AUTH).get("/authui/login")
    turn("yes")
    press("clock/advance", **{"advance-amount": "5", "advance-unit": "minutes"})
    turn("no")

    test = written(recorded)

    assert re.findall(r"^    (mock_world\.(?!local).*|page\.goto)", test, re.MULTILINE) == [
        "mock_world.clock.advance(days=14, minutes=1)",
        "page.goto",
        f'mock_world.turn_on("{SWITCH}", second_site_owner.username)',
        "mock_world.clock.advance(minutes=5)",
        f'mock_world.turn_off("{SWITCH}", second_site_owner.username)',
    ]
    assert 'second_site_owner = mock_people["second-site-owner"]' in test
    page = control.get(f"{home}/recording").text
    assert page.count("The clock was moved.") == 3
    assert f"“{SWITCH}” was turned on for zhouhao." in page
    assert page.index("was turned off") < page.index("was turned on") < page.index("/login")


def test_the_clock_of_the_test_is_that_of_the_recording_where_jobs_are_done_on_the_way(
    browse: Browse, recorded: World, written: Written
) -> None:
    """The clock ran when it was moved: the seconds before are part of the step, so the same jobs are done in it."""
    recorded.clock.move_to(recorded.clock.now() + timedelta(seconds=7))
    jobs.advance(recorded, 10)
    browse(AUTH).get("/authui/login")

    assert "mock_world.clock.advance(seconds=17)" in written(recorded)


def test_the_example_in_the_documentation_is_what_is_written(browse: Browse, recorded: World, written: Written) -> None:
    liwei = buyer(browse, recorded)
    liwei.text_of(PROMPT.removesuffix("/subscribe"))
    liwei.sends(PROMPT, agreed="y")
    jobs.advance(recorded, 180)
    liwei.text_of(f"{MARKETPLACE}/buyer/purchased-services")

    shown = re.search("```python\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)

    assert shown
    assert shown[1] == written(recorded)


def test_what_was_typed_wrong_is_done_again_without_the_password(
    browse: Browse, recorded: World, written: Written
) -> None:
    client = browse(AUTH)
    page = client.get("/authui/login")
    client.post("/authui/login", data={"csrf_token": token(page), "name": "hw_liwei", "password": "My-Real-Passw0rd"})

    test = written(recorded)

    assert 'fill(mock_passwords(1))\n    page.get_by_role("button", name="Sign In").click()' in test
    assert test.rstrip().endswith('expect(page.get_by_role("alert").first).to_be_visible()')
    assert "My-Real-Passw0rd" not in test


def test_a_chosen_password_that_was_refused_is_refused_again(browse: Browse, recorded: World, written: Written) -> None:
    liwei, address = buyer(browse, recorded), "https://console.huaweicloud.com/iam/password"
    for chosen in ("short", "Made-Up-7x"):
        liwei.sends(address, current=PASSWORD, password=chosen, confirmation=chosen)

    test = written(recorded)

    assert re.findall(r'"New password[^)]*\)\.fill\((.+)\)', test) == ['"a"', "mock_passwords(2)"]
    assert "older than the recording" not in test


def test_a_dialog_that_opens_is_expected_by_its_heading(browse: Browse, recorded: World, written: Written) -> None:
    chenjing = buyer(browse, recorded, "hw_chenjing")
    chenjing.text_of(PROMPT.removesuffix("/subscribe"))
    page = chenjing.text_of(PROMPT)
    heading = re.findall(r"<dialog[^>]* open.*?<h2[^>]*>([^<]+)<", page, re.DOTALL)[0]

    last = written(recorded).rpartition("expect(")[2]
    assert f'page.get_by_role("dialog").get_by_role("heading", name="{heading}", exact=True)' in last


def test_a_form_without_fields_leads_to_an_address_with_an_empty_query(recorded: World, written: Written) -> None:
    page = "<h1>Card</h1><form action='/stop'><button>Stop</button></form>"
    assert recorded.recording
    for path in ("card", "stop"):
        recorded.recording.add(
            page,
            at=recorded.clock.now(),
            browser=1,
            method="GET",
            url=f"https://boss.guance.com/{path}",
            by_person=True,
        )

    assert written(recorded).rstrip().endswith('to_have_url(mock_world.local("https://boss.guance.com/stop?"))')


def test_a_password_that_is_older_than_the_recording_is_named(
    browse: Browse, worlds: Worlds, world: World, written: Written
) -> None:
    with world.uow("huawei", write=True) as uow:
        stored = passwords.new_hash(uow, "older", "Older-1-Pass")
        accounts.create(uow, name="older", email="older@example.com", phone="", password_hash=stored)
    recording.begin(worlds, world.name)
    buyer(browse, world, "older", "Older-1-Pass")

    test = written(world)

    assert "# Password 1 is older than the recording" in test
    assert test.index("# Password 1") < test.index("fill(mock_passwords(1))")
    assert "Older-1-Pass" not in test


def test_a_code_is_read_from_the_mailbox_and_a_script_sends_its_form_before(
    browse: Browse, recorded: World, written: Written
) -> None:
    client = browse("https://auth.guance.com")
    typed = {"username": "new.user", "password": "Made-Up-7x", "confirm": "Made-Up-7x", "email": "new@example.com"}
    page = client.get("/businessRegister", headers={"Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1"})
    form = next(found for found in re.findall('formaction="([^"]+)"', page.text))
    sent = {"csrf_token": token(page), "site": "cn4", **typed}
    script = {"Sec-Fetch-Mode": "cors", "Accept": "application/json"}
    assert client.post(form, data=sent, headers=script).json()["good"]
    code = re.findall(r"\b\d{6}\b", recorded.messages()[-1].source.decode())[0]
    client.post("/businessRegister", data=sent | {"code": code, "phone": "13900000000"})

    lines = [line.strip() for line in written(recorded).splitlines()]

    clicked = lines.index('page.get_by_role("button", name="Get code").click()')
    assert lines[clicked + 1].startswith("expect(page.get_by_text(")
    assert (
        lines[clicked + 2]
        == 'page.get_by_label("Email verification code").fill(mock_mailbox.latest_code("new@example.com"))'
        or "latest_code" in lines[clicked + 2]
    )
    assert lines.count('page.get_by_label("Username").fill("new.user")') == 1
    assert code not in "".join(lines)
    assert "Made-Up-7x" not in "".join(lines)


def test_pages_that_show_themselves_anew_and_requests_of_scripts_are_no_steps(
    browse: Browse, recorded: World, written: Written
) -> None:
    liwei = buyer(browse, recorded)
    before = written(recorded)
    for fetched in ({"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Mode": "navigate"}):
        liwei.client.get(recorded.local("https://console.huaweicloud.com/"), headers=fetched)
    browse("https://mail").get("/")
    assert written(recorded) == before

    for _ in range(2):
        liwei.client.get(recorded.local("https://console.huaweicloud.com/?no=link"))
    assert written(recorded).count("page.reload()") == 1


def test_the_buttons_of_the_operator_become_a_sign_in(
    control: httpx.Client, browse: Browse, recorded: World, written: Written
) -> None:
    address, value = hand_over(control, recorded, "workspace-owner", "cn4-console.guance.com")
    client = browse("https://cn4-console.guance.com")
    client.post(address, data={"pass": value})
    client.get("/")

    test = written(recorded)

    assert "fill(workspace_owner.username)" in test
    assert "fill(workspace_owner.password)" in test
    assert "expect(page).not_to_have_url(" in test
    assert test.index("not_to_have_url") < test.index('page.goto(mock_world.local("https://cn4-console.guance.com/"))')
    assert value not in test


def test_a_browser_that_was_signed_in_before_signs_in_first(
    browse: Browse, worlds: Worlds, world: World, written: Written
) -> None:
    liwei = buyer(browse, world)
    found = recording.begin(worlds, world.name)
    liwei.text_of(f"{MARKETPLACE}/buyer/orders")

    test = written(world)

    assert found.world_file is not None
    assert '@pytest.mark.mock_world(file="test_recorded.zip")' in test
    assert test.index(SIGN_IN) < test.index("/buyer/orders")
    assert test.count("fill(verified_buyer.password)") == 1


def test_each_browser_has_a_page_of_its_own_and_one_persons_part_can_be_saved(
    browse: Browse, recorded: World, written: Written
) -> None:
    buyer(browse, recorded)
    buyer(browse, recorded, "hw_wangfang")

    both, one = written(recorded), written(recorded, "second-buyer")

    assert "page_2 = new_context().new_page()" in both
    assert "new_context: CreateContextCallback" in both
    assert "page_2" not in one
    assert "second_buyer.username" in one
    assert "verified_buyer" not in one


def test_the_test_is_in_the_language_of_the_pages(browse: Browse, recorded: World, written: Written) -> None:
    browse(AUTH).get("/authui/login", headers={"Accept-Language": "zh-CN"})

    test = written(recorded)

    assert '@pytest.mark.browser_context_args(locale="zh-CN")' in test
    assert re.search('level=1, name="[一-龥]+"', test)


def test_a_world_that_was_changed_is_saved_with_the_test_as_it_was_then(
    browse: Browse, control: httpx.Client, worlds: Worlds, world: World
) -> None:
    subscribe(world)
    jobs.advance(world, 60)
    recording.begin(worlds, world.name)
    jobs.advance(world, 3600)
    browse(AUTH).get("/authui/login")

    saved = control.get(f"/worlds/{world.name}/recording/test")

    assert "filename=test_recorded_with_world.zip" in saved.headers["Content-Disposition"]
    with ZipFile(BytesIO(saved.content)) as archive:
        assert set(archive.namelist()) == {"test_recorded.py", "test_recorded.zip"}
        assert "mock_world.clock.advance(hours=1)" in archive.read("test_recorded.py").decode()
        made = import_world(worlds, BytesIO(archive.read("test_recorded.zip")))
    assert (world.clock.now() - made.clock.now()).total_seconds() == 3600
    worlds.drop(made.name)


@pytest.mark.parametrize("more", [0, 1, 2**20])
def test_of_a_large_file_the_beginning_is_kept_and_the_size(
    browse: Browse, recorded: World, written: Written, more: int
) -> None:
    jing = buyer(browse, recorded, "hw_chenjing")
    address = recorded.local(CERTIFICATE)
    page = jing.client.get(address)
    begins = b"%PDF-" + b"x" * (recording.LARGEST_FILE - 5)
    fields = {"csrf_token": token(page), "kind": "individual", "real_name": "A", "number": "1", "agreed": "y"}
    jing.client.post(address, data=fields, files={"scan": ("a.pdf", begins + b"y" * more, "application/pdf")})

    test = written(recorded)

    [upload] = re.findall(r'"buffer": (.*?)}', test)
    assert eval(upload) == begins + bytes(more)  # noqa: S307 - it was just written
    assert len(test) < 2 * recording.LARGEST_FILE


@pytest.mark.parametrize("more", [0, 7])
def test_of_a_long_form_the_beginning_is_kept_and_the_rest_is_counted(
    browse: Browse, recorded: World, control: httpx.Client, written: Written, more: int
) -> None:
    address = recorded.local(CERTIFICATE)
    jing = buyer(browse, recorded, "hw_chenjing")
    page = jing.client.get(address)
    fields = {"csrf_token": token(page), "real_name": "A"}
    size = sum(len(name) + len(text) for name, text in fields.items()) + len("number")
    jing.client.post(address, data=fields | {"number": "9" * (recording.LARGEST_FORM - size + more)})

    assert recorded.recording
    last = recorded.recording.visits[-1]
    assert sum(len(name) + len(text) for name, text in last.fields) == recording.LARGEST_FORM
    assert last.left_out == more
    said = f"{more} characters of the form are left out."
    assert (said in control.get(f"/worlds/{recorded.name}/recording").text) is bool(more)
    assert (f"# The form had {more} more characters, which the recording has not kept." in written(recorded)) is bool(
        more
    )


def test_many_fields_are_kept_as_far_as_there_is_space() -> None:
    kept, left_out = recording.beginning_of([("ab", "c")] * recording.LARGEST_FORM)

    assert sum(len(name) + len(text) for name, text in kept) <= recording.LARGEST_FORM
    assert sum(len(name) + len(text) for name, text in kept) + left_out == 3 * recording.LARGEST_FORM
    assert kept[0] == ("ab", "c")


def test_a_recording_ends_by_itself_when_it_is_long(
    browse: Browse, recorded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST", 3)
    client = browse(AUTH)
    jobs.advance(recorded, 60)
    for _ in range(3):
        client.get("/authui/login")
    jobs.advance(recorded, 60)

    assert recorded.recording is not None
    assert (len(recorded.recording.visits), len(recorded.recording.acts)) == (2, 1)
    assert not recorded.recording.running


def test_the_page_begins_ends_saves_and_discards(browse: Browse, control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}/recording"

    def press(button: str) -> str:
        page = f"{home}/{button}" if button == "discard" else home
        answer = control.post(f"{home}/{button}", data={"csrf_token": token(control.get(page))})
        assert answer.headers["Location"] == home
        return control.get(home).text

    assert f'href="{home}"' in control.get(f"/worlds/{world.name}").text
    assert "Not recorded." in control.get(home).text
    assert "Nothing was recorded yet" in press("begin")
    refused = control.get(f"{home}/test")
    assert (refused.status_code, "Nothing was recorded yet" in refused.text) == (422, True)
    buyer(browse, world)
    page = control.get(home).text
    assert "auth.huaweicloud.com/authui/login" in page.replace("<wbr>", "")
    assert '<option value="verified-buyer">' in page
    refused = control.get(f"{home}/test", params={"person": "second-buyer"})
    assert refused.status_code == 422
    assert '<div class="field-error" id="person-error">This person did nothing' in refused.text
    saved = control.get(f"{home}/test", params={"person": "verified-buyer"})
    assert "filename=test_recorded.py" in saved.headers["Content-Disposition"]
    read = control.get(f"{home}/test/source", params={"person": "verified-buyer"}).text
    assert unescape(read[read.index("<code>") + 6 : read.index("</code>")]) == saved.text
    assert control.get(f"{home}/test/source", params={"person": "second-buyer"}).status_code == 422
    assert "Ended" in press("stop")
    visits = len(world.recording.visits) if world.recording else 0
    browse(AUTH).get("/authui/login")
    assert world.recording
    assert len(world.recording.visits) == visits
    assert "Record anew?" in control.get(f"{home}/begin").text
    assert "Discard the recording?" in control.get(f"{home}/discard").text
    assert world.recording
    assert "Not recorded." in press("discard")
    assert world.recording is None
    assert control.post(f"{home}/begin").status_code == 400
    assert world.recording is None


def test_the_api_records_too(browse: Browse, control: httpx.Client, world: World) -> None:
    api = f"/api/worlds/{world.name}/recording"
    assert control.get(api).json()["message"] == f"World {world.name} is not recorded."
    assert control.put(api).status_code == 201
    assert control.get(f"{api}/test").status_code == 409
    buyer(browse, world)

    found = control.get(api).json()
    assert (found["running"], found["has_world_file"], found["people"]) == (True, False, ["verified-buyer"])
    assert "verified_buyer.username" in control.get(f"{api}/test").json()["source"]
    assert control.get(f"{api}/test", params={"person": "nobody"}).status_code == 409
    assert control.get(f"{api}/world").status_code == 404
    assert control.post(f"{api}/stop").json()["running"] is False
    assert control.delete(api).status_code == 204
    assert [control.request(method, address).status_code for method, address in (("GET", api), ("DELETE", api))] == [
        404,
        404,
    ]


def test_browsers_are_marked_only_while_a_world_is_recorded(browse: Browse, worlds: Worlds, world: World) -> None:
    assert "mock_sites_recorder" not in browse(AUTH).get("/authui/login").headers.get("Set-Cookie", "")
    recording.begin(worlds, world.name)
    client = browse(AUTH)

    first = client.get("/authui/login").headers.get_list("Set-Cookie")
    second = client.get("/authui/login").headers.get_list("Set-Cookie")

    assert [f"Domain={world.name}.localhost" in cookie for cookie in first if "mock_sites_recorder" in cookie] == [True]
    assert not [cookie for cookie in second if "mock_sites_recorder" in cookie]
