"""Pictures of all pages, and that the pages that no journey shows are as accessible as those that one shows."""

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from markupsafe import escape
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
from rich.console import Console

from e2e.cli import main
from e2e.gallery.checks import Checks
from e2e.gallery.forms import FORMS, SEARCH, SEARCHES, SEND_UNFILLED, UNFILLED, Form
from e2e.gallery.index import write_index
from e2e.gallery.links import SeenKinds, open_links
from e2e.gallery.photographer import Photographer
from e2e.gallery.scenes import guance, huawei_cloud, operator, seller
from e2e.gallery.scenes.shared import Scene
from e2e.gallery.session import GallerySession
from e2e.gallery.shown import Look
from e2e.gallery.texts import find_unshown, lines_of, write_unshown
from e2e.gallery.walk import take_turns
from e2e.inspection import HEIGHT, WIDE, Kind, foreign_texts, misfits, violations
from e2e.journeys.change_settlement import looks_who_pays
from e2e.journeys.partner_services import changes_the_initial_password, waits_for_the_enterprise
from e2e.pages.guance_billing_center import WorkspaceManagement
from e2e.pages.guance_console import GuanceSignIn
from e2e.pages.huawei_account import ConsolePage, Portal, SignInPage
from e2e.pages.huawei_buyer_center import PurchasedServices
from e2e.scenario.actor import Actor, OpenBrowser
from e2e.scenario.scenario import Scenario
from fixtures.accessibility import Inspector
from fixtures.signing_in import enter_workspace, sign_in_at_billing_center, sign_in_at_huawei_cloud

ROOT: Final = Path(__file__).parents[1]


def gallery(*arguments: str, output: Path) -> tuple[int, str]:
    """The exit code of ``journeys gallery``, in a process of its own, and what it printed."""
    command = [sys.executable, "-m", "e2e", "gallery", *arguments, "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr + done.stdout  # a busy machine may have said on stderr that it waits


def picture_of(path: Path) -> Image.Image:
    """A picture, whose file is closed."""
    with Image.open(path) as picture:
        return picture.copy()


def brightness(picture: Image.Image) -> float:
    """The mean of a picture, from 0 to 255."""
    return ImageStat.Stat(picture.convert("L")).mean[0]


def test_each_step_is_shown_in_each_look_and_nothing_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "gallery"

    code, printed = gallery(
        "register-at-guance", "--check", "--lang", "zh", "--width", "360", "--width", "768", "--no-links", output=folder
    )

    assert code == 0, printed

    said, index = printed.splitlines()[-2:]
    assert index == str(folder / "gallery.html")
    shown, number = re.findall(r"[\d,]+", said)[:2]
    assert 0 < int(shown) < int(number.replace(",", ""))
    assert len((folder / "not-shown.txt").read_text("utf-8").splitlines()) > 1000
    pictures = sorted(path.name for path in (folder / "zh").iterdir())
    pages = len(pictures) // 4
    looks = ["360-dark", "360-light", "768-dark", "768-light"]
    assert pictures == [f"{number:03}-{look}.jpg" for number in range(1, pages + 1) for look in looks]
    assert pages > 3
    shown = {path.name: picture_of(path) for path in (folder / "zh").iterdir()}
    assert all(name.split("-")[1] == str(picture.width) for name, picture in shown.items())
    assert brightness(shown["001-360-light.jpg"]) > brightness(shown["001-360-dark.jpg"])
    index = (folder / "gallery.html").read_text("utf-8")
    assert all(f'src="zh/{name}"' in index for name in pictures)
    assert index.count("sheet-zh-") == len(looks)


BROKEN_CANCELLATION: Final = """
from e2e.cli import main
from e2e.journeys import Journey

play = Journey.play

def play_unless_cancelled(journey, *others, **more):
    assert journey.name != "cancellation", "no button"
    return play(journey, *others, **more)

Journey.play = play_unless_cancelled
main()
"""


def test_what_failed_is_said_at_the_end_and_everything_else_is_shown(tmp_path: Path) -> None:
    looks = ["--lang", "en", "--width", "360", "--theme", "light", "--no-links", "--output", tmp_path / "gallery"]
    made = subprocess.run(
        [sys.executable, "-c", BROKEN_CANCELLATION, "gallery", "cancellation", "register-at-guance", *looks],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )

    assert made.returncode == 1
    assert "cancellation, en: a step failed\nno button" in made.stdout + made.stderr
    assert "register-at-guance, step 1" in (tmp_path / "gallery" / "gallery.html").read_text("utf-8")


PLANTED: Final = """
  <img src="data:,">
  <p><font color="#6b6b6b">灰色的字</font></p>
  <hr width="400">
  <p>Nobody has translated this. <b lang="en">This need not be translated.</b> <code>This is a command</code></p>
  <p hidden>Nobody can see this text.</p>
  <a href="/no-such-page">去别处</a> <a href="/">首页</a>
  <div class="form-summary"><a class="btn" href="#b">第二项</a> <a class="btn" href="#a">第一项</a></div>
  <label>第一项<input class="form-control" id="a"></label> <label>第二项<input class="form-control" id="b"></label>
"""


@pytest.mark.parametrize("language", ["zh"])
def test_a_fault_of_each_kind_is_found(visitor: Actor, tmp_path: Path) -> None:
    looks, console = [Look(360, "light"), Look(360, "dark")], Console(file=StringIO(), soft_wrap=True)
    photographer = Photographer(tmp_path, "zh", looks, Checks(looks, console))
    (tmp_path / "zh").mkdir()
    Portal(visitor).open()
    page, addresses = visitor.page, visitor.world.addresses
    photographer.look_at(page, addresses, shown_by="the portal")
    page.get_by_role("main").evaluate("(main, faults) => main.insertAdjacentHTML('beforeend', faults)", PLANTED)
    photographer.look_at(page, addresses, shown_by="planted")

    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    sound, faulty = photographer.pages
    assert sound.faults == {}
    assert {fault.split(" ")[0]: [look.theme for look in those] for fault, those in faulty.faults.items()} == {
        "image-alt:": ["light"],
        "color-contrast:": ["dark"],
        "scrolls": ["light", "dark"],
        "not": ["light", "dark"],
        "listed": ["light", "dark"],
        "dead": ["light", "dark"],
    }
    assert "not translated: Nobody has translated this." in faulty.faults
    assert "listed in another order than on the page: 第一项" in faulty.faults
    assert "dead link: https://www.huaweicloud.com/no-such-page answers 404" in faulty.faults
    write_index(tmp_path, photographer.pages, looks, {})
    index = (tmp_path / "gallery.html").read_text("utf-8")
    for fault in faulty.faults:
        assert fault in printed
        assert escape(fault) in index


def test_a_table_that_a_wide_window_cuts_off_is_found(visitor: Actor) -> None:
    Portal(visitor).open()
    visitor.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    assert misfits(visitor.page, WIDE) == []

    visitor.page.get_by_role("main").evaluate(
        "(main, cell) => main.insertAdjacentHTML('beforeend', `<div class=table-wrap><table class=table>"
        "<thead><tr><th>Account<th>State</thead><td>${cell}</table></div>`)",
        "x" * 999,
    )

    assert misfits(visitor.page, WIDE) == [f"the table of Account | State scrolls sideways at {WIDE} pixels"]


RESPONSIVE: Final = """<!DOCTYPE html><html lang="en"><title>Shop</title>
  <style>@media (max-width: 400px) { .wide { display: none } } a { display: inline-block }</style>
  <main><h1>Shop</h1><img src="data:,"><input class="wide"><a href="/a">a</a><a href="/b">b</a></main></html>"""


def test_what_does_not_depend_on_the_width_is_checked_again_only_where_other_elements_are_seen(
    visitor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, looks = list[list[Kind]](), [Look(360, "light"), Look(768, "light"), Look(1280, "light"), Look(1280, "dark")]

    def note(page: Page, kinds: list[Kind]) -> list[str]:
        asked.append(kinds)
        return violations(page, kinds)

    monkeypatch.setattr("e2e.gallery.checks.violations", note)
    page, checks = visitor.page, Checks(looks, Console())
    page.set_content(RESPONSIVE)

    found = list[list[str]]()
    for look in looks:
        page.set_viewport_size({"width": look.width, "height": 720})
        found.append(sorted(fault.split(":")[0] for fault in checks.faults(page, look)))

    assert asked == [["others"], ["of sizes"], ["others"], ["of sizes"], ["of colours", "of sizes"], ["of colours"]]
    assert found == [["image-alt", "target-size"], *2 * [["image-alt", "label", "target-size"]], []]


def test_a_page_in_a_state_that_was_seen_is_not_photographed_again(
    visitor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photographer = Photographer(tmp_path, "en", [Look(360, "light")])
    (tmp_path / "en").mkdir()
    Portal(visitor).open()
    page, addresses = visitor.page, visitor.world.addresses
    photographer.look_at(page, addresses, shown_by="the portal")
    monkeypatch.delattr(Page, "screenshot")
    photographer.look_at(page, addresses, shown_by="the portal again")
    page.get_by_role("main").evaluate("main => main.append('more')")

    with pytest.raises(AttributeError, match="screenshot"):
        photographer.look_at(page, addresses, shown_by="another state")

    assert [page.shown_by for page in photographer.pages] == ["the portal"]


def test_a_dialog_is_shown_as_its_window_does_and_nothing_as_under_the_pointer(visitor: Actor, tmp_path: Path) -> None:
    photographer = Photographer(tmp_path, "en", [Look(360, "light")])
    (tmp_path / "en").mkdir()
    Portal(visitor).open()
    page, addresses = visitor.page, visitor.world.addresses
    page.mouse.move(180, 300)
    photographer.look_at(page, addresses, shown_by="the portal")
    hovered = page.evaluate("document.querySelector('main :hover')")
    page.evaluate("document.body.append(document.createElement('dialog'))")
    page.evaluate("document.querySelector('dialog').showModal()")
    photographer.look_at(page, addresses, shown_by="a dialog")

    heights = [picture_of(tmp_path / shown.pictures[Look(360, "light")]).height for shown in photographer.pages]
    assert heights[0] > heights[1] == HEIGHT
    assert hovered is None


def test_chinese_on_a_page_in_english_is_found(visitor: Actor) -> None:
    Portal(visitor).open()
    page = visitor.page
    assert foreign_texts(page) == []

    page.get_by_role("main").evaluate("main => main.append('还没有翻译')")

    assert foreign_texts(page) == ["not translated: 还没有翻译"]


def test_the_exit_code_says_whether_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(session: GallerySession) -> bool:
        return not session.check

    monkeypatch.setattr(GallerySession, "make", make)

    assert CliRunner().invoke(main, ["gallery"]).exit_code == 0
    assert CliRunner().invoke(main, ["gallery", "--check"]).exit_code == 1


def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()

    code, printed = gallery("register-at-guance", output=tmp_path)

    assert code == 2
    assert "has other files, which are not deleted" in printed
    assert (tmp_path / "holiday.jpg").exists()


def test_addresses_that_differ_in_ids_are_of_one_kind() -> None:
    seen = SeenKinds()

    assert [
        seen.add(f"http://guance.com{rest}")
        for rest in (
            "/bills/2026-01",
            "/bills/2026-02",
            "/bills/2026-02?tab=usage",
            "/bills/2026-03?tab=usage",
            "/bills",
        )
    ] == [True, False, True, False, True]
    assert seen.add("http://guance.com/bills/1?sort=name")
    assert not seen.add("http://guance.com/bills/1?sort=name&tab=usage")


def test_few_choices_are_enough_where_they_show_the_same_page_with_other_data() -> None:
    seen = SeenKinds(most_choices=2)

    found = [seen.add(f"http://guance.com/logs?service={name}") for name in ("web", "pay", "pay", "mail")]

    assert found == [True, True, False, False]
    assert seen.add("http://guance.com/logs?status=error")


def test_pages_of_regional_sites_are_of_one_kind() -> None:
    seen = SeenKinds()

    assert seen.add("http://cn4-auth.guance.com/login")
    assert not seen.add("http://us1-auth.guance.com/login")
    assert seen.anew().add("http://us1-auth.guance.com/login")


def test_a_form_is_shown_as_it_is_refused_and_as_it_is_accepted(visitor: Actor, scenario: Scenario) -> None:
    sign_in = SignInPage(visitor).open()
    [form] = [form for form in FORMS if form.is_at("auth.huaweicloud.com/authui/login")]

    [number] = visitor.page.evaluate(UNFILLED)
    visitor.page.evaluate(SEND_UNFILLED, number)
    expect(sign_in.form.refusal).to_be_visible()

    assert form.send(visitor.page, scenario)
    expect(ConsolePage(visitor).heading).to_be_visible()
    assert not form.send(visitor.page, scenario)


def test_an_order_that_waits_for_approval_is_shown_to_both(scenario: Scenario, open_browser: OpenBrowser) -> None:
    people = {key: Actor("buyer", scenario.world, "en", open_browser) for key in ("verified-buyer", "iam-user")}

    seen_by = {
        shown_by
        for page, shown_by in take_turns(huawei_cloud.APPROVAL, people, scenario)
        if "This order waits for the approval" in page.content()
    }

    assert seen_by == {"what the iam-user comes to from there", "what the verified-buyer opens"}


@pytest.mark.parametrize(
    ("scene", "says"),
    [
        (guance.IMPORTED_CONFIGURATION, "The configuration was imported."),
        (guance.NOTHING_CAME_IN, "Nothing came in then. Choose a longer time range."),
        (guance.VOUCHER, "The voucher was activated: 200.00 CNY."),
        (operator.IMPORTED_WORLD, "World gallery-moved was made."),
        (operator.END_OF_TIME, "The clock has come to its end, the beginning of the year 2100."),
        (seller.FAILED_ORDERS, "More than 5 orders failed this month: the marketplace would delist this product."),
        (seller.OUTSPOKEN_SELLER, "Reported by the seller: 12.5 has been used in total."),
    ],
)
def test_a_scene_comes_to_what_it_is_for(
    scene: Scene, says: str, scenario: Scenario, open_browser: OpenBrowser
) -> None:
    people = {turn.person: Actor("buyer", scenario.world, "en", open_browser) for turn in scene.turns}

    shown = [page.inner_text("body") for page, _ in take_turns(scene, people, scenario)]
    assert any(says in text for text in shown)


def test_a_list_is_searched_for_what_it_does_not_have(visitor: Actor) -> None:
    visitor.opens("https://marketplace.huaweicloud.com/products")

    [[number, action]] = visitor.page.evaluate(SEARCHES)
    with visitor.waits_for_next_page():
        visitor.page.evaluate(SEARCH, number)

    assert visitor.page.url.startswith(action.removesuffix("word"))
    expect(visitor.page.get_by_role("main")).to_contain_text("No product fits.")


def test_a_form_that_downloads_a_file_is_no_search(visitor: Actor) -> None:
    visitor.page.set_content("<form action='/file'><select name='person'></select><button>Save</button></form>")

    assert visitor.page.evaluate(SEARCHES) == []


def test_texts_that_no_page_shows_are_counted(visitor: Actor, tmp_path: Path) -> None:
    texts = Catalog("zh")
    for english, chinese, file in (
        ("Buy <b>%(name)s</b> now", "立即购买<b>%(name)s</b>", "shop/templates/buy.html"),
        (("%(num)d day", "%(num)d days"), ("%(num)d 天",), "shop/templates/buy.html"),
        ("Only in Chinese", "只有中文", "shop/templates/buy.html"),
        ("On no page", "哪里都没有", "mock_sites/shop/templates/lost.html"),
        ("Not translated", "", "mock_sites/shop/templates/lost.html"),
        ("Not of a template", "不在模板里", "shop/rules.py"),
    ):
        texts.add(english, chinese, [(file, 1)])
    visitor.page.set_content(
        "<title>Shop</title><p style='text-transform: uppercase'>Buy <i>a   kettle</i> now</p>"
        "<img alt='in 3 days'><p hidden>On no page</p>"
    )

    unshown, number = find_unshown(texts, {"en": lines_of(visitor.page), "zh": {"只有中文。"}})
    said = write_unshown(tmp_path, unshown, number)

    assert said == "3 of 5 texts of the pages are shown; those that are not: not-shown.txt"
    assert (tmp_path / "not-shown.txt").read_text("utf-8") == (
        "shop/templates/lost.html: Not translated\nshop/templates/lost.html: On no page\n"
    )


def test_a_code_that_is_mailed_and_a_secret_that_is_shown_are_typed(
    scenario: Scenario, open_browser: OpenBrowser
) -> None:
    scene = guance.LOST_PHONE
    people = {turn.person: Actor("buyer", scenario.world, "en", open_browser) for turn in scene.turns}

    titles = [page.title().partition(" - ")[0] for page, _ in take_turns(scene, people, scenario)]

    sign_in, account = "Sign in to Guance", "Account Management"
    lost = [sign_in, "MFA authentication", "Unbind MFA", sign_in]
    found = ["Authenticator", "Authenticator", sign_in, *2 * ["MFA authentication"], "northwind-prod"]
    assert titles[-16:] == [*lost, *found, "Authenticator", "Authenticator", "Unbind MFA", *3 * [account]]


def test_a_code_that_the_form_before_has_mailed_is_typed(scenario: Scenario, open_browser: OpenBrowser) -> None:
    scene = guance.FORGOTTEN_PASSWORDS
    people = {turn.person: Actor("buyer", scenario.world, "en", open_browser) for turn in scene.turns}

    titles = [page.title().partition(" - ")[0] for page, _ in take_turns(scene, people, scenario)]

    asked = ["Forgot Password", *4 * ["Set a new password"]]
    assert titles == [*asked, "Sign in to Guance", *asked, "Sign in to the Billing Center"]


@pytest.mark.after(waits_for_the_enterprise)
def test_a_form_is_sent_although_its_first_button_opens_a_dialog(buyer: Actor, scenario: Scenario) -> None:
    sign_in_at_huawei_cloud(buyer, scenario.personas.buyer)
    place = "marketplace.huaweicloud.com/buyer/partner-services/departments/new"
    [form] = [form for form in FORMS if form.is_at(place)]
    buyer.opens(f"https://{place}")

    assert form.send(buyer.page, scenario)

    expect(buyer.page.get_by_role("main")).to_contain_text("On-call team")
    expect(buyer.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.after(changes_the_initial_password)
def test_a_form_in_a_menu_is_sent(buyer: Actor, scenario: Scenario) -> None:
    sign_in_at_huawei_cloud(buyer, scenario.personas.buyer)
    buyer.opens("https://marketplace.huaweicloud.com/buyer/partner-services/members")

    assert Form("", button='[action$="/cancel-authorization"] button').send(buyer.page, scenario)

    expect(buyer.page.get_by_role("main")).to_contain_text("cannot use the application any more")


def test_the_pages_of_each_form_are_those_of_its_pattern() -> None:
    [group] = [form for form in FORMS if form.is_at("marketplace.huaweicloud.com/buyer/partner-services/groups/1a")]

    assert not group.is_at("marketplace.huaweicloud.com/buyer/partner-services/groups/new")


@pytest.mark.after(looks_who_pays)
def test_pages_that_links_lead_to_are_accessible_and_fit(scenario: Scenario, inspector: Inspector) -> None:
    me, colleague = scenario.personas.registration, scenario.personas.colleague
    seen, visited = SeenKinds(most_choices=2), list[str]()
    sign_in_at_huawei_cloud(scenario.buyer, scenario.personas.buyer)
    PurchasedServices(scenario.buyer).open()
    enter_workspace(scenario.employee, me.username, me.password)
    sign_in_at_billing_center(scenario.manager, me.username, me.password)
    WorkspaceManagement(scenario.manager).open()
    enter_workspace(scenario.colleague, colleague.username, colleague.password, site=GuanceSignIn.CN1)

    for actor in scenario.actors:
        for page, place in open_links(actor, seen):
            inspector.look_at(page, scenario, f"a link of {place}")
            visited.append(page.url)

    assert inspector.found == []
    assert len(visited) > 100
