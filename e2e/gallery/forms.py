"""What is typed into the forms of pages, so that the gallery shows what comes of them too.

In the order in which the forms are sent. A later one may need what an earlier one has made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from playwright.sync_api import FilePayload, Locator, Page, expect

from e2e.journeys import Text
from e2e.scenario.scenario import Scenario

_ID: Final = "(?!new\\b)[^/]+"
_SHOP: Final = "marketplace.huaweicloud.com"
_SERVICE: Final = f"{_SHOP}/buyer/purchased-services/{_ID}"
_PARTNER: Final = f"{_SHOP}/buyer/partner-services"
_ACCOUNT: Final = "account.huaweicloud.com"
_CREDENTIALS: Final = "console.huaweicloud.com/iam"
_SELLER: Final = "seller.huaweicloud.com"
_WORKSPACE: Final = f"[^/]*console.guance.com/workspace/{_ID}"
_SETTINGS: Final = f"{_WORKSPACE}/settings"
_BOSS: Final = "boss.guance.com"
_WORLD: Final = f"/worlds/{_ID}"

_BUTTON: Final = "button:not(.sent-by-enter, [formaction], [name=dialog])"
_PASSWORD: Final = "Gallery-7-pass"


@dataclass(frozen=True)
class Saved:
    """A file that somebody has saved before, from the address that is given relative to the page of the form."""

    address: str


@dataclass(frozen=True, eq=False)
class Form:
    """A form, and what is typed into it."""

    page: str
    """A pattern of the documented host and the path; for the start page's server the path alone."""
    fields: Mapping[str, str | Text | Saved] = field(default_factory=dict[str, str | Text | Saved])
    """The values by the names of the fields. A name in braces stands for something of the scenario."""
    button: str = ""
    """The selector of the button, where it is not the first one of the form with the fields, or of all forms."""

    def is_at(self, place: str) -> bool:
        """Whether it is on the page at this host and path."""
        return bool(re.fullmatch(self.page, place))

    def send(self, page: Page, scenario: Scenario, noted: Mapping[str, str] | None = None) -> bool:
        """Fill in the form on a page and send it. False if it is not there, as after something was closed.

        A name in braces can also be one of what was ``noted``. ``{code}`` is a code that the form's
        button mails or, if it has none, the form before.
        """
        first = next(iter(self.fields), "")
        form = f'form[method="post"]:has([name="{first}"])' if first else 'main form[method="post"]'
        button = page.locator(self.button or f"{form} {_BUTTON}").first
        if button.count():
            button.evaluate("one => one.closest('[popover]')?.showPopover()")
        if not button.is_visible():
            return False
        known = known_in(scenario) | dict(noted or {})
        for name, value in self.fields.items():
            if isinstance(value, Saved):
                saved = page.request.get(urljoin(page.url, value.address.format_map(known)))
                file = FilePayload(name="saved", mimeType=saved.headers["content-type"], buffer=saved.body())
                page.locator(f'{form} [name="{name}"]').set_input_files(file)
                continue
            text = value if isinstance(value, str) else value.in_language(scenario.language)
            if text == "{code}":
                if (mailing := page.locator(f'{form} [name="get_code"]')).count():
                    mailing.click()
                    expect(page.locator("#code-answer")).not_to_be_empty()
                known["code"] = [code for mail in scenario.world.mailbox.mails() for code in mail.codes][-1]
            _type(page.locator(f'{form} [name="{name}"]'), text.format_map(known))
        with page.expect_event("domcontentloaded"):
            button.click()
        return True


def known_in(scenario: Scenario) -> dict[str, str]:
    """What the names in braces stand for."""
    personas, notes = scenario.personas, scenario.notes
    return {
        "password": personas.buyer.password,
        "buyer": personas.buyer.username,
        "enterprise": personas.enterprise.name,
        "domain": personas.enterprise.domain,
        "member": personas.employee.account,
        "member_password": personas.employee.new_password,
        "registered": personas.registration.username,
        "registered_email": personas.registration.email,
        "registered_password": personas.registration.password,
        "workspace": personas.registration.workspace,
        "world": scenario.world.name,
        "server": f"{scenario.world.domain}{scenario.world.port}",
        "instance": notes.instance_id,
        "login_url": notes.login_url.removeprefix("https://"),
    }


def _type(control: Locator, text: str) -> None:
    """Give a field a value: choose it, check it, or type it."""
    kind = control.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
    if kind in {"radio", "checkbox"}:
        control.and_(control.page.locator(f'[value="{text}"]')).check()
    elif kind == "select":
        control.select_option(text)
    elif kind == "file":
        control.set_input_files({"name": "staff.csv", "mimeType": "text/csv", "buffer": text.encode()})
    else:
        control.fill(text)


UNFILLED: Final = """() => [...document.forms].flatMap((form, number) => {
  const empty = [...form.elements].some(one =>
    one.required && !one.value && one.type !== "hidden" && one.checkVisibility())
  return form.method === "post" && empty ? [number] : []
})"""
"""The forms of a page that are refused when they are sent as they are, because a required field is empty."""

SEND_UNFILLED: Final = f"""number => {{
  const form = document.forms[number]
  form.noValidate = true
  form.requestSubmit(form.querySelector("{_BUTTON}"))
}}"""

_WORD: Final = "input:is(:not([type]), [type=text], [type=search])"

SEARCHES: Final = f"""() => [...document.forms].flatMap((form, number) => {{
  const field = form.matches("[role=search], .filters") && form.querySelector("{_WORD}, select")
  return field ? [[number, `${{form.action}}?${{field.name}}=word`]] : []
}})"""
"""The forms of a page that search or filter a list, as they are marked, each with its address."""

SEARCH: Final = f"""number => {{
  const form = document.forms[number]
  for (const one of form.querySelectorAll("select")) one.selectedIndex = one.options.length - 1
  const word = form.querySelector("{_WORD}")
  if (word) word.value = "zqxv"
  form.requestSubmit()
}}"""
"""Sends one of them with a word that nobody uses, and the last of all choices."""


FORMS: Final = (
    # The marketplace
    Form(f"{_SHOP}/contents/{_ID}", button='[name="saved"][value="y"]'),
    Form(
        f"{_SHOP}/contents/{_ID}/questions",
        {"question": Text("Which systems does the agent run on?", "采集器支持哪些操作系统？")},
    ),
    Form(f"{_SHOP}/contents/{_ID}/order", {"number": "1"}),
    Form(f"{_SHOP}/contents/{_ID}/trial", {"agreed": "y"}),
    Form(
        f"{_SELLER}/vouchers",
        {"account": "{buyer}", "amount": "200", "least": "500", "days": "30"},
    ),
    Form(f"{_SHOP}/contents/{_ID}/buy", {"quantity": "50"}),
    Form(f"{_SHOP}/orders/{_ID}/pay", button="main form .btn-primary"),
    # The Buyer Center
    Form(
        _SERVICE,
        {
            "stars": "5",
            "comment": Text("Set up within minutes.", "几分钟内完成开通。"),
        },
    ),
    Form(f"{_SERVICE}/renew", {"number": "1"}),
    Form(f"{_SERVICE}/expiry-policy", {"policy": "renew"}),
    Form(f"{_PARTNER}/departments/new", {"name": Text("On-call team", "值班组"), "parent": "{enterprise}"}),
    Form(
        f"{_PARTNER}/members/new",
        {
            "name": Text("Zhang Lei", "张磊"),
            "department": Text("On-call team", "值班组"),
            "phone": "13900000007",
            "email": "zhang.lei@staff.example.com",
            "account": "zhang.lei",
            "password": _PASSWORD,
        },
    ),
    Form(
        f"{_PARTNER}/groups/new",
        {"name": Text("Night shift", "夜班"), "description": Text("On call", "夜间值守")},
    ),
    Form(f"{_PARTNER}/groups/{_ID}", {"account": "zhang.lei"}),
    Form(
        f"{_PARTNER}/authorize/automatic",
        {"kind": "group", "name": Text("Night shift", "夜班"), "agreed": "y"},
    ),
    Form(f"{_PARTNER}/administrators", {"account": "{member}"}),
    Form(
        f"{_PARTNER}/members/import",
        {
            "sheet": Text(
                "Employee name,Department,Phone number,Email,Account,Password\n"
                "Liu Yang,Operations,13900000008,liu.yang@staff.example.com,liu.yang,Gallery-7-pass\n"
                "Ma Li,Operations,,,ma.li,short\n",
                "员工姓名,部门,手机号,邮箱,账号,密码\n"
                "刘洋,运维部,13900000008,liu.yang@staff.example.com,liu.yang,Gallery-7-pass\n"
                "马丽,运维部,,,ma.li,short\n",
            )
        },
    ),
    Form(f"{_PARTNER}/members/{_ID}/edit", {"phone": "13900000009"}),
    Form(f"{_PARTNER}/members/{_ID}/reset-password", {"password": _PASSWORD}),
    Form(f"{_PARTNER}/members/{_ID}/disable"),
    # The account and its users
    Form(f"{_ACCOUNT}/usercenter/top-up", {"amount": "500"}),
    Form(
        f"{_ACCOUNT}/usercenter/authentication/bank-account",
        {
            "real_name": Text("Northwind Trading Ltd", "北风贸易有限公司"),
            "number": "91310000MA1FL0000N",
            "bank": Text("Bank of the North, Harbour branch", "北方银行港口支行"),
            "bank_account": "6222020200012345",
            "agreed": "y",
        },
    ),
    Form(
        f"{_CREDENTIALS}/users/new",
        {
            "name": "wang.qiang",
            "email": "wang.qiang@staff.example.com",
            "description": Text("Accounting", "财务"),
            "access": "read-only",
            "password": _PASSWORD,
            "confirmation": _PASSWORD,
        },
    ),
    Form(f"{_CREDENTIALS}/accessKey/new", {"description": Text("Deployment", "部署"), "password": "{password}"}),
    Form(f"{_CREDENTIALS}/loginProtection", {"channel": "email", "password": "{password}"}),
    Form("auth.huaweicloud.com/authui/login", {"name": "{buyer}", "password": "{password}"}),
    # The Seller Center
    Form(f"{_SELLER}/questions/{_ID}/answer", {"reply": Text("Linux and Windows.", "Linux 和 Windows。")}),
    Form(
        f"{_SELLER}/settings/{_ID}/packages",
        {"name": Text("1,000 GB of logs", "日志 1,000 GB"), "quota": "1000", "unit": "GB", "price": "900"},
    ),
    Form(f"{_SELLER}/send/{_ID}/queryInstance", button=f"main form {_BUTTON}"),
    Form(f"{_SELLER}/calls/{_ID}", {"signature": "x"}),
    # A workspace of Guance
    Form(_SETTINGS, {"remark": Text("Shop and payment", "商城与支付")}),
    Form(f"{_SETTINGS}/members", {"email": "zhang.lei@staff.example.com", "role": "read-only"}),
    Form(f"{_SETTINGS}/storage", {"logs": "30", "name": "{workspace}"}),
    Form(f"{_SETTINGS}/token", {"grace": "6h", "name": "{workspace}"}),
    Form(f"{_SETTINGS}/access", {"addresses": "203.0.113.0/24\n127.0.0.1\n::1"}),
    Form(f"{_SETTINGS}/deletions", {"kind": "measurement", "target": "cpu", "name": "{workspace}"}),
    Form(f"{_WORKSPACE}/billing/high-consumption-alert", {"item": "logs", "threshold": "5"}),
    # The Billing Center
    Form(f"{_BOSS}/wallet/recharge", {"amount": "500", "method": "alipay"}),
    Form(f"{_BOSS}/wallet/recharges/{_ID}", button="main form .btn-primary"),
    Form(
        f"{_BOSS}/support/new",
        {
            "category": "billing",
            "title": Text("Invoice for February", "二月发票"),
            "text": Text("Please send the invoice to our accounting.", "请将发票寄给我们的财务。"),
        },
    ),
    Form(f"{_BOSS}/support/{_ID}", {"text": Text("It has arrived, thank you.", "已收到，谢谢。")}),
    Form(f"{_BOSS}/forgot", {"username": "{buyer}"}),
    # The operator's room
    Form(f"{_WORLD}/recording", button='form[action$="/begin"] button'),
    Form(_WORLD, {"snapshot-label": "before-the-demo"}),
)
