"""Signed session cookies, with one key per world. Hosts of a company share a cookie if the real ones do."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from mock_sites.web.context import WORLD_KEY


class WorldSessions(SecureCookieSessionInterface):
    """Flask's cookie sessions, signed with the world's own key and kept to its hosts."""

    def __init__(self, domain: str = "") -> None:
        """``domain`` is the documented domain whose hosts share the cookie. Without one it belongs to its host."""
        self._domain = domain

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of this request's world, or outside of a world, where nothing lasts, of this process."""
        world = request.environ.get(WORLD_KEY)
        if world is None:
            return super().get_signing_serializer(app)
        secret = world.seed.random_bytes(f"cookies/{world.name}/{self._domain or app.name}", 32)
        return URLSafeTimedSerializer(
            secret,
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={"key_derivation": self.key_derivation, "digest_method": self.digest_method},
        )

    def get_cookie_domain(self, app: Flask) -> str | None:
        """The company's domain in this world, or None for this host only."""
        world = request.environ.get(WORLD_KEY)
        return f"{self._domain}{world.host_suffix}" if self._domain and world else None
