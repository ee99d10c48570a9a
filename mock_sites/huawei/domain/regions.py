"""The regions of Huawei Cloud, and the project that an account has in each (Regions and Endpoints; My Credentials)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.huawei.domain.tables import Account
from mock_sites.world.unit_of_work import UnitOfWork

REGIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "cn-north-4": {"en": "CN North-Beijing4", "zh": "华北-北京四"},
    "cn-north-1": {"en": "CN North-Beijing1", "zh": "华北-北京一"},
    "cn-north-9": {"en": "CN North-Ulanqab1", "zh": "华北-乌兰察布一"},
    "cn-east-3": {"en": "CN East-Shanghai1", "zh": "华东-上海一"},
    "cn-east-2": {"en": "CN East-Shanghai2", "zh": "华东-上海二"},
    "cn-south-1": {"en": "CN South-Guangzhou", "zh": "华南-广州"},
    "cn-southwest-2": {"en": "CN Southwest-Guiyang1", "zh": "西南-贵阳一"},
    "ap-southeast-1": {"en": "CN-Hong Kong", "zh": "中国-香港"},
    "ap-southeast-2": {"en": "AP-Bangkok", "zh": "亚太-曼谷"},
    "ap-southeast-3": {"en": "AP-Singapore", "zh": "亚太-新加坡"},
    "ap-southeast-4": {"en": "AP-Jakarta", "zh": "亚太-雅加达"},
    "af-south-1": {"en": "AF-Johannesburg", "zh": "非洲-约翰内斯堡"},
    "la-north-2": {"en": "LA-Mexico City2", "zh": "拉美-墨西哥城二"},
    "na-mexico-1": {"en": "LA-Mexico City1", "zh": "拉美-墨西哥城一"},
    "la-south-2": {"en": "LA-Santiago", "zh": "拉美-圣地亚哥"},
    "sa-brazil-1": {"en": "LA-Sao Paulo1", "zh": "拉美-圣保罗一"},
    "tr-west-1": {"en": "TR-Istanbul", "zh": "土耳其-伊斯坦布尔"},
    "me-east-1": {"en": "ME-Riyadh", "zh": "中东-利雅得"},
}
"""The name of each region by its code, in the languages of the pages."""


@dataclass(frozen=True)
class Project:
    """The default project of an account in a region, which has the name of the region's code."""

    id: str
    name: str
    region: Mapping[str, str]


def projects_of(uow: UnitOfWork, account: Account, search: str = "") -> list[Project]:
    """The projects of an account. ``search`` filters by region, in any language, by name or by ID."""
    wanted, seed = search.lower(), uow.world.seed
    every = [
        Project(seed.random_text(f"huawei/project/{account.id}/{code}", 32), code, region)
        for code, region in REGIONS.items()
    ]
    return [one for one in every if any(wanted in text.lower() for text in (one.id, one.name, *one.region.values()))]
