"""Signing in at a provider: a chain of redirects with values that are new each time."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from flask import Flask, redirect, render_template_string, request
from playwright.sync_api import Page, expect
from werkzeug.wrappers import Response

from e2e.support.corpus.alterations import detour, edit, fail, rewrite
from e2e.support.corpus.site import SingleChange, Site, page
from mock_sites.review.changes import Kind

START = page(
    "Bookings",
    """<h1>Bookings</h1>{% if left %}<p role="status">You are signed out</p>{% endif %}<a href="/login">Sign in</a>""",
)
SIGN_IN = page(
    "Sign in",
    """<h1>Sign in to Accounts</h1><form method="post"><input type="hidden" name="csrf_token" value="{{ csrf }}">
    <label>User name <input name="username"></label> <label>Password <input type="password" name="password"></label>
    <button>Continue</button></form>""",
)
CONSENT = page(
    "Allow access",
    """<h1>Bookings asks for access</h1><ul><li>Your name</li><li>Your address</li></ul>
    <form method="post"><input type="hidden" name="csrf_token" value="{{ csrf }}"><button>Allow</button></form>""",
)
PROFILE = page(
    "Profile",
    """<h1>Welcome, Ada</h1><dl><dt>E-mail</dt><dd>ada@example.com</dd><dt>Session</dt><dd>{{ sid }}</dd></dl>
    <a href="/logout?sid={{ sid }}">Sign out</a>""",
)


def make_app() -> Flask:
    """The bookings at 127.0.0.1 and the provider of accounts at localhost."""
    app = Flask(__name__)
    _serve_bookings(app)
    _serve_accounts(app)
    return app


def _serve_bookings(app: Flask) -> None:
    @app.get("/")
    def start() -> str:
        return render_template_string(START, left="left" in request.args)

    @app.get("/login")
    def login() -> Response:
        challenge = urlsafe_b64encode(sha256(token_urlsafe(32).encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code",
            "client_id": "bookings",
            "redirect_uri": f"{request.host_url}callback",
            "scope": "openid profile",
            "state": token_urlsafe(16),
            "nonce": token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return redirect(f"http://localhost:{urlsplit(request.host_url).port}/authorize?{urlencode(asked)}")

    @app.get("/callback")
    def callback() -> Response:
        return redirect("/profile")

    @app.get("/profile")
    def profile() -> str:
        return render_template_string(PROFILE, sid=uuid4())

    @app.get("/logout")
    def logout() -> Response:
        return redirect("/?left=1")


def _serve_accounts(app: Flask) -> None:
    pending: dict[str, dict[str, str]] = {}

    @app.get("/authorize")
    def authorize() -> Response:
        number = str(uuid4())
        pending[number] = request.args.to_dict()
        return redirect(f"/accounts/sign-in?request={number}")

    @app.route("/accounts/sign-in", methods=["GET", "POST"])
    def sign_in() -> Response | str:
        if request.method == "POST":
            return redirect(f"/accounts/consent?request={request.args['request']}")
        return render_template_string(SIGN_IN, csrf=token_urlsafe(24))

    @app.route("/accounts/consent", methods=["GET", "POST"])
    def consent() -> Response | str:
        if request.method == "POST":
            asked = pending[request.args["request"]]
            given = {"code": token_urlsafe(24), "state": asked["state"]}
            return redirect(f"{asked['redirect_uri']}?{urlencode(given)}")
        return render_template_string(CONSENT, csrf=token_urlsafe(24))


def visit(tab: Page, address: str) -> None:
    """Sign in, allow access, and sign out."""
    tab.goto(address)
    tab.get_by_role("link", name="Sign in").click()
    tab.locator("[name=username]").fill("ada")
    tab.locator("[name=password]").fill("lovelace")
    tab.get_by_role("button").click()
    tab.get_by_role("button", name="Allow").click()
    tab.locator("a", has_text="Sign out").click()
    expect(tab.get_by_role("status")).to_be_visible()


CHANGES = (
    SingleChange(
        "a scope more",
        edit("/login", "scope=openid+profile", "scope=openid+profile+email"),
        Kind.REQUESTS,
        "/accounts/sign-in",
        "email",
    ),
    SingleChange(
        "no proof key",
        rewrite("/login", "&code_challenge=.*", ""),
        Kind.REQUESTS,
        "/accounts/sign-in",
        "code_challenge",
    ),
    SingleChange(
        "another state comes back",
        rewrite("/accounts/consent", "state=.*", "state=kq7vJ3xX0mYb5cTz1aQ8Rw"),
        Kind.REQUESTS,
        "/profile",
        "state",
    ),
    SingleChange(
        "a redirect more",
        detour("/callback", "/callback/finish"),
        Kind.REQUESTS,
        "/profile",
        "/callback/finish",
    ),
    SingleChange("another status of a redirect", fail("/login", 303), Kind.REQUESTS, "/accounts/sign-in", "303"),
    SingleChange(
        "a name of a field",
        edit("/accounts/sign-in", "User name", "E-mail or user name"),
        Kind.TEXT,
        "/accounts/sign-in",
        "E-mail or user name",
    ),
    SingleChange(
        "a permission more",
        edit("/accounts/consent", "<li>Your address</li>", "<li>Your address</li><li>Your phone number</li>"),
        Kind.STRUCTURE,
        "/accounts/consent",
        "Your phone number",
    ),
    SingleChange(
        "the title of a page",
        edit("/accounts/consent", "<title>Allow access", "<title>Consent"),
        Kind.TEXT,
        "/accounts/consent",
        "Consent",
    ),
    SingleChange(
        "the address of a person", edit("/profile", "ada@example.com", "ada@example.org"), Kind.TEXT, "/profile", ".org"
    ),
    SingleChange(
        "signing out of another session",
        rewrite("/profile", 'sid=[^"]+', "sid=5d2f3c51-8a0e-4d0c-9d7b-6a1f2e3b4c5d"),
        Kind.STRUCTURE,
        "/profile",
        "sid",
        also=("/ 2",),
    ),
)

SITE = Site("oauth", "a chain of redirects with one-time values", make_app, visit, CHANGES)
