"""A shop in four languages, one of them from right to left, with numbers and dates as each writes them."""

from typing import Final

from flask import Flask, make_response, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from e2e.support.corpus.alterations import edit, header, rewrite
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

TEXTS: Final = {
    "en": ("ltr", "Welcome", "Your basket", "Buy"),
    "de": ("ltr", "Willkommen", "Ihr Warenkorb", "Kaufen"),
    "zh": ("ltr", "欢迎光临", "购物车", "购买"),
    "ar": ("rtl", "أهلا وسهلا", "سلة التسوق", "شراء"),
}
SHOP = page(
    "{{ welcome }}",
    """<div dir="{{ direction }}"><h1>{{ welcome }}</h1><p>{{ basket }}: <output id="price"></output></p>
    <time id="day" datetime="2026-03-01"></time><button>{{ buy }}</button></div>
    <nav>{% for code in codes %}<a lang="{{ code }}" href="/language/{{ code }}">{{ code }}</a> {% endfor %}</nav>
    <script>
    const language = document.documentElement.lang
    document.getElementById("price").textContent =
      new Intl.NumberFormat(language, {style: "currency", currency: "EUR"}).format(1234.5)
    document.getElementById("day").textContent =
      new Intl.DateTimeFormat(language, {dateStyle: "long", timeZone: "UTC"}).format(new Date("2026-03-01"))
    </script>""",
    lang="{{ language }}",
)


def make_app() -> Flask:
    """The shop, in the language of the cookie or else of the browser."""
    app = Flask(__name__)

    @app.get("/shop/<language>")
    def shop(language: str) -> ResponseReturnValue:
        direction, welcome, basket, buy = TEXTS[language]
        texts = {"direction": direction, "welcome": welcome, "basket": basket, "buy": buy}
        answer = make_response(render_template_string(SHOP, language=language, codes=TEXTS, **texts))
        answer.set_cookie("currency", "EUR", samesite="Lax")
        return answer

    @app.get("/")
    def start() -> ResponseReturnValue:
        known = request.cookies.get("language") or request.accept_languages.best_match(TEXTS)
        return redirect(f"/shop/{known}")

    @app.get("/language/<code>")
    def choose(code: str) -> ResponseReturnValue:
        answer = redirect("/")
        answer.set_cookie("language", code, samesite="Lax")
        return answer

    return app


def visit(tab: Page, address: str) -> None:
    """Look at all languages."""
    tab.goto(address)
    for code in ("de", "zh", "ar"):
        tab.locator(f"a[lang={code}]").click()
        expect(tab.locator(f"html[lang^={code}] #price")).not_to_be_empty()


CHANGES = (
    SingleChange("a word in German", edit("/shop/de", "Kaufen", "Bestellen"), Kind.TEXT, "/shop/de", "Bestellen"),
    SingleChange("a word in Chinese", edit("/shop/zh", "购买", "立即购买"), Kind.TEXT, "/shop/zh", "立即购买"),
    SingleChange("a word in Arabic", edit("/shop/ar", "شراء", "اشتر الآن"), Kind.TEXT, "/shop/ar", "اشتر الآن"),
    SingleChange(
        "a text that is not translated",
        edit("/shop/de", "Ihr Warenkorb", "Your basket"),
        Kind.TEXT,
        "/shop/de",
        "Your basket",
    ),
    SingleChange(
        "the language of a page",
        edit("/shop/zh", 'html lang="zh"', 'html lang="zh-Hant"'),
        Kind.STRUCTURE,
        "/shop/zh",
        "zh-Hant",
    ),
    SingleChange("the currency", edit("/shop/en", '"EUR"', '"USD"'), Kind.TEXT, "/shop/en", "$"),
    SingleChange("how dates are written", edit("/shop/de", '"long"', '"medium"'), Kind.TEXT, "/shop/de", "2026"),
    SingleChange(
        "the title in one language", rewrite("/shop/de", "<title>[^<]+", "<title>Laden"), Kind.TEXT, "/shop/de", "Laden"
    ),
    SingleChange(
        "a language more",
        edit("/shop/en", "</nav>", '<a lang="fr" href="/language/fr">fr</a></nav>'),
        Kind.STRUCTURE,
        "/shop/en",
        "fr",
    ),
    SingleChange(
        "the attributes of a cookie",
        header("/shop/zh", "Set-Cookie", "currency=EUR; Path=/; HttpOnly"),
        "storage",
        "/shop/zh",
        "HttpOnly",
    ),
)

SITE = Site("languages", "four languages, one from right to left", make_app, visit, CHANGES)
