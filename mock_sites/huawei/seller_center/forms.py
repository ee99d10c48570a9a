"""The forms of the Seller Center."""

from collections.abc import Mapping
from typing import Any, Final

from flask import request
from wtforms import BooleanField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mock_sites.huawei.domain import packages, questions, vouchers
from mock_sites.huawei.domain.tables import Seller
from mock_sites.huawei.protocol.parameters import Operation, Parameter
from mock_sites.huawei.seller_center import comparing
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.web.forms import SiteForm, WholeNumberField, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l

LONG_TEXT: Final = 500
"""A parameter of at least this many characters gets a text area."""


class SettingsForm(SiteForm):
    """How the seller of a product is called. The keys are never shown again."""

    protocol = SelectField(_l("Protocol"), [InputRequired()], choices=options({"v2": "V2.0", "v1": "V1.0"}))
    production_address = StringField(
        _l("Production address"), [Optional(), Length(max=sellers.LONGEST_ADDRESS)], filters=[trimmed]
    )
    access_key = PasswordField(_l("Access key"), [Optional(), Length(max=sellers.LONGEST_KEY)])
    kit_key = PasswordField(_l("Access key of the joint-operation kit"), [Optional(), Length(max=sellers.LONGEST_KEY)])
    removes_kit_key = BooleanField(_l("Remove the key of the kit"))
    login_address = StringField(
        _l("Login address"), [Optional(), Length(max=sellers.LONGEST_ADDRESS)], filters=[trimmed]
    )
    encrypt_type = SelectField(
        _l("Encryption of sensitive fields (V1.0)"), choices=options({"1": "1: AES-256-CBC", "2": "2: AES-128-CBC"})
    )
    public_key = TextAreaField(
        _l("Public key"), [Optional(), Length(max=sellers.LONGEST_PUBLIC_KEY)], filters=[trimmed]
    )
    oaep_digest = SelectField(_l("OAEP digest"), choices=options({name: name for name in sellers.HASHES}))
    mgf_hash = SelectField(_l("MGF1 hash"), choices=options({name: name for name in sellers.HASHES}))
    billing_cycle = SelectField(
        _l("Collection of usage"),
        choices=options({"day": _l("Daily, at 01:00"), "hour": _l("Hourly, at minute 15")}),
    )
    sends_duplicates = BooleanField(_l("Send every newInstance twice"))
    gets_documented_addresses = BooleanField(_l("Send the addresses of the documents"))
    sends_test_flag = BooleanField(_l("Send testFlag 0 in real calls"))
    sends_product_info_as_text = BooleanField(_l("Send productInfo as a text"))
    sends_departments_as_text = BooleanField(_l("Send orgInfoList as a text"))
    is_supervised = BooleanField(_l("Under service supervision"))
    sends_order_notifications = BooleanField(_l("Notify of orders"))
    order_queries_a_minute = WholeNumberField(
        _l("Most order queries a minute"), [Optional(), NumberRange(0, 9999)], default=0
    )
    issues_refresh_tokens = BooleanField(_l("Issue refresh tokens"))
    refuses_usage_at_once = BooleanField(_l("Refuse wrong usage records at once"))
    is_withdrawn = BooleanField(_l("Withdrawn from the marketplace"))

    def settings(self) -> dict[str, Any]:
        """The typed values. Keys that were left empty do not change, unless that of the kit is to be removed."""
        values: dict[str, Any] = {name: self[name].data for name in sellers.DEFAULTS}
        typed = {name: sellers.DEFAULTS[name] if value is None else value for name, value in values.items()}
        kept = {name for name in sellers.KEY_SETTINGS.values() if not typed[name]}
        if self.removes_kit_key.data:
            kept -= {"kit_key"}
            typed["kit_key"] = ""
        return {name: value for name, value in typed.items() if name not in kept}


def settings_form(row: Seller | None) -> SettingsForm:
    """The form with the current settings, without the key."""
    values = {name: getattr(row, name) if row else usual for name, usual in sellers.DEFAULTS.items()}
    return SettingsForm(data=values | dict.fromkeys(sellers.KEY_SETTINGS.values(), ""))


class PackageForm(SiteForm):
    """A package to offer."""

    name = StringField(_l("Name"), required(), filters=[trimmed])
    quota = StringField(_l("Quota"), [*required(), follows(packages.QUOTA)], filters=[trimmed])
    unit = StringField(_l("Unit"), required(longest=packages.LONGEST_UNIT), filters=[trimmed])
    price = StringField(_l("Price (CNY)"), [*required(), follows(packages.PRICE)], filters=[trimmed])
    stops = BooleanField(_l("It stops when it is used up"))

    def package(self) -> dict[str, Any]:
        """The typed values."""
        return {name: self[name].data for name in ("name", "quota", "unit", "price", "stops")}


class SignatureForm(SiteForm):
    """A signature to compare with that of a call."""

    saves = False

    signature = StringField(_l("Your signature"), required(longest=comparing.LONGEST), filters=[trimmed])


class ParametersForm(SiteForm):
    """A field for each parameter of an operation."""

    def __init__(self, operation: Operation, values: Mapping[str, str]) -> None:
        """Filled with ``values``, or with the sent form."""
        super().__init__()
        self._parameters = operation.parameters
        for one in operation.parameters:
            options = {"name": one.name, "prefix": ""}
            self._fields[one.name] = self.meta.bind_field(self, _field(one), options)
        self.process(request.form if self.is_submitted() else None, data=dict(values))

    def typed(self) -> dict[str, str]:
        """The typed values, by parameter."""
        return {one.name: self[one.name].data or "" for one in self._parameters}


def _field(parameter: Parameter) -> Any:
    longest = parameter.longest
    rules = required(longest=longest) if parameter.mandatory else [Optional(), Length(max=longest)]
    kind = TextAreaField if longest >= LONG_TEXT else StringField
    return kind(parameter.name, rules, filters=[trimmed])


class ReplyForm(SiteForm):
    """An answer to a question or a review."""

    reply = TextAreaField(_l("Your answer"), required(longest=questions.LONGEST_ANSWER), filters=[trimmed])


class VoucherForm(SiteForm):
    """A voucher for a buyer."""

    product = SelectField(_l("Product"), [InputRequired()], validate_choice=False)
    account = StringField(_l("Account"), required(), filters=[trimmed])
    amount = StringField(_l("Amount"), [*required(), follows(vouchers.AMOUNT)], filters=[trimmed])
    least = StringField(
        _l("Smallest amount of the order"), [*required(), follows(vouchers.LEAST)], filters=[trimmed], default="0"
    )
    days = StringField(_l("Valid for days"), [*required(), follows(vouchers.DAYS)], filters=[trimmed], default="30")
