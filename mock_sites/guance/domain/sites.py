"""Guance's regional sites (spec guance A.5). Only sites with a documented login address are listed."""

from dataclasses import dataclass
from typing import Final

from mock_sites.world.errors import N_

HUAWEI: Final = N_("Huawei Cloud")
ALIBABA: Final = N_("Alibaba Cloud")
AWS: Final = N_("AWS")

BILLING_CENTER_HOST: Final = "boss.guance.com"
DOCUMENTS_HOST: Final = "docs.guance.com"


@dataclass(frozen=True)
class RegionalSite:
    """A regional site. Two sites never share accounts or data."""

    code: str
    name: str
    provider: str
    login_host: str
    console_host: str

    @property
    def realm(self) -> str:
        """The realm of this site: a sign-in here is valid at no other site."""
        return f"console:{self.code}"

    @property
    def login_url(self) -> str:
        """The documented address of the sign-in page."""
        return f"https://{self.login_host}/login/pwd"

    @property
    def console_url(self) -> str:
        """The documented address of the console."""
        return f"https://{self.console_host}/"


def _site(code: str, name: str, provider: str, prefix: str | None = None) -> RegionalSite:
    prefix = f"{code}-" if prefix is None else prefix
    return RegionalSite(code, name, provider, f"{prefix}auth.guance.com", f"{prefix}console.guance.com")


SITES: Final = {
    site.code: site
    for site in (
        _site("cn1", N_("China 1 (Hangzhou)"), ALIBABA, ""),
        _site("cn2", N_("China 2 (Ningxia)"), AWS, "aws-"),
        _site("cn4", N_("China 4 (Guangzhou)"), HUAWEI),
        _site("cn6", N_("China 6 (Hong Kong)"), ALIBABA),
        _site("us1", N_("Americas 1 (Oregon)"), AWS),
        _site("eu1", N_("Europe 1 (Frankfurt)"), AWS),
        _site("ap1", N_("Asia-Pacific 1 (Singapore)"), AWS),
        _site("za1", N_("Africa 1 (South Africa)"), HUAWEI),
        _site("id1", N_("Indonesia 1 (Jakarta)"), N_("Tencent Cloud")),
    )
}

HUAWEI_SITE: Final = SITES["cn4"]
"""The default site for customers of Huawei Cloud (spec guance A.6)."""

LOGIN_HOSTS: Final = {site.login_host: site for site in SITES.values()}
CONSOLE_HOSTS: Final = {site.console_host: site for site in SITES.values()}


def offers_huawei(site: RegionalSite) -> bool:
    """Whether a Huawei Cloud account may pay for workspaces of ``site`` (architecture, decisions)."""
    return site.provider == HUAWEI


ACTIVATION_METHODS: Final = {
    "guance": N_("Direct Activation via Guance"),
    "huawei": N_("Huawei Cloud Market Activation"),
    "alibaba": N_("Activation via Alibaba Cloud Market"),
    "aws": N_("Activation via AWS Marketplace"),
    "azure": N_("Activation via Microsoft Azure Marketplace"),
}
"""The third step's choices (spec guance A.4; S2)."""


def default_method(site: RegionalSite) -> str:
    """The activation method that is proposed at ``site``: that of its provider (spec guance A.6), if it opens a
    workspace here. The marketplaces of other clouds do not.
    """
    return "huawei" if offers_huawei(site) else "guance"
