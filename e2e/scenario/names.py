"""Names that people would have: of a company and of a person, each with the Latin form for accounts."""

from dataclasses import dataclass
from typing import Final

from faker import Faker

from e2e.scenario.labels import Language

_BRANDS: Final = {
    "澄湖": "chenghu",
    "栖木": "qimu",
    "岚屿": "lanyu",
    "霁原": "jiyuan",
    "松石": "songshi",
    "鹿溪": "luxi",
    "云麓": "yunlu",
    "青隅": "qingyu",
    "泊岸": "boan",
    "听澜": "tinglan",
    "星野": "xingye",
    "晴岚": "qinglan",
}
_TRADES: Final = ("科技", "数据", "软件", "网络", "能源", "物流")
_FAMILIES: Final = {
    "陈": "chen",
    "黄": "huang",
    "周": "zhou",
    "吴": "wu",
    "徐": "xu",
    "胡": "hu",
    "朱": "zhu",
    "高": "gao",
    "何": "he",
    "郭": "guo",
    "罗": "luo",
    "梁": "liang",
    "宋": "song",
    "韩": "han",
    "邓": "deng",
    "冯": "feng",
}
_GIVEN_NAMES: Final = {
    "思远": "siyuan",
    "雨桐": "yutong",
    "浩然": "haoran",
    "欣怡": "xinyi",
    "佳宁": "jianing",
    "文博": "wenbo",
    "晓峰": "xiaofeng",
    "静怡": "jingyi",
    "明哲": "mingzhe",
    "俊杰": "junjie",
    "雅琪": "yaqi",
    "丽娜": "lina",
}
"""Invented companies and frequent names, with their pinyin. Some of Faker's Chinese companies exist, and it gives no
pinyin for a name that it has made.
"""


@dataclass(frozen=True)
class Name:
    """A name as it is written, and in small Latin letters, as accounts have it."""

    written: str
    latin: str


def company(fake: Faker, language: Language) -> Name:
    """A company, such as "Mccarty Inc", in short ``mccarty``."""
    if language == "zh":
        brand, trade = fake.random_element(list(_BRANDS)), fake.random_element(_TRADES)
        return Name(f"{brand}{trade}有限公司", _BRANDS[brand])
    family = fake.last_name()
    return Name(f"{family} {fake.company_suffix()}", family.lower())


def person(fake: Faker, language: Language) -> Name:
    """A person, such as "Annette Boyd", in short ``annette.boyd``."""
    if language == "zh":
        family, given = fake.random_element(list(_FAMILIES)), fake.random_element(list(_GIVEN_NAMES))
        return Name(f"{family}{given}", f"{_FAMILIES[family]}.{_GIVEN_NAMES[given]}")
    given, family = fake.first_name(), fake.last_name()
    return Name(f"{given} {family}", f"{given}.{family}".lower())
