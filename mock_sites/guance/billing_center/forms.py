"""The fields of the billing center, labelled as in the documents (spec guance C; S2)."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired

from mock_sites.guance import forms as fields
from mock_sites.guance.domain import recharges, tickets, vouchers, wallet
from mock_sites.guance.domain.accounts import PHONE
from mock_sites.guance.domain.tickets import CATEGORIES
from mock_sites.guance.forms import PasswordsForm
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.web.texts import lazy_in


class SignInForm(fields.SignInFields, SiteForm):
    """Sign in to the billing center."""

    saves = False


class ForgotForm(SiteForm):
    """The username or email of the account whose password is forgotten."""

    saves = False

    username = fields.text(_l("Username or email"))


class ResetForm(PasswordsForm):
    """The mailed code and the new password."""

    first = ("code",)
    code = fields.code()


class ProfileForm(fields.CompanyFields, SiteForm):
    """Profile (spec guance C.2)."""


class CodeForm(SiteForm):
    """The first stage of a change: the code that was sent to the current email or phone."""

    code = fields.code()


class NewEmailForm(CodeForm):
    """The second stage of Change Email."""

    first = ("new",)
    new = StringField(
        _l("New email"),
        filters=[trimmed],
        validators=[*required(), Email(_l("Enter an email address, such as li@example.com."))],
    )


class NewPhoneForm(CodeForm):
    """The second stage of Change Phone Number."""

    first = ("new",)
    new = StringField(
        _l("New phone number"),
        filters=[trimmed],
        validators=[*required(), follows(PHONE)],
    )


class RealNameForm(SiteForm):
    """Real-Name Authentication of an enterprise."""

    licence_name = StringField(_l("Business license name"), filters=[trimmed], validators=required())
    taxpayer_number = StringField(_l("Taxpayer number"), filters=[trimmed], validators=required())


class BindForm(SiteForm):
    """Bind Workspace."""

    workspace_id = StringField(_l("Workspace ID"), filters=[trimmed], validators=required())


class HuaweiForm(SiteForm):
    """Huawei Cloud Account Settlement (S2, Changing Settlement Method, 6)."""

    huawei_account_id = StringField(lazy_in("Guance", "Account ID"), filters=[trimmed], validators=required())
    instance_id = StringField(_l("Product Instance ID"), filters=[trimmed], validators=required())


class RegisteredForm(SiteForm):
    """Registered Cloud Account Billing."""

    cloud_account = RadioField(
        _l("Cloud account"), validators=[InputRequired(_l("Choose one of your cloud accounts."))]
    )


class AnotherWorkspaceForm(SiteForm):
    """Cloud Accounts: one more workspace for a cloud account."""

    workspace = SelectField(_l("Workspace"), validators=[InputRequired(_l("Fill in this field."))])


class PrepaidCardForm(SiteForm):
    """Purchase Prepaid Card (spec guance C.6; S2, How to Obtain Order Number)."""

    method = RadioField(
        _l("Purchase method"),
        choices=options({"huawei": _l("Huawei Cloud Market")}),
        default="huawei",
        validators=[InputRequired(_l("Fill in this field."))],
    )
    huawei_account_id = StringField(_l("Huawei Cloud Account ID"), filters=[trimmed], validators=required())
    order_number = StringField(
        _l("Order Number"), filters=[trimmed], validators=required(longest=wallet.LONGEST_ORDER_NUMBER)
    )


class RechargeForm(SiteForm):
    """Recharge. ``attempt`` identifies the form, so that sending it twice begins one recharge."""

    attempt = HiddenField()
    amount = StringField(
        _l("Amount (CNY)"), filters=[trimmed], validators=[*required(), follows(recharges.AMOUNT)], default="1000"
    )
    method = RadioField(
        _l("Recharge method"),
        choices=options({key: _l(text) for key, text in recharges.METHODS.items()}),
        default=recharges.ALIPAY,
        validators=[InputRequired(_l("Fill in this field."))],
    )


class ActivateForm(SiteForm):
    """Activate Voucher."""

    activation_code = StringField(
        _l("Activation code"), filters=[trimmed], validators=required(longest=vouchers.LONGEST_CODE)
    )


class TicketForm(SiteForm):
    """Submit Ticket. ``attempt`` identifies the form, so that sending it twice makes one ticket."""

    attempt = HiddenField()
    category = SelectField(
        _l("Ticket type"),
        choices=options({key: _l(text) for key, text in CATEGORIES.items()}),
        validators=[InputRequired(_l("Fill in this field."))],
    )
    title = StringField(_l("Title"), filters=[trimmed], validators=required())
    text = TextAreaField(_l("Description"), filters=[trimmed], validators=required(longest=tickets.LONGEST_TEXT))


class ReplyForm(SiteForm):
    """A reply to a ticket. ``attempt`` identifies the form, so that sending it twice makes one reply."""

    attempt = HiddenField()
    text = TextAreaField(_l("Reply"), filters=[trimmed], validators=required(longest=tickets.LONGEST_TEXT))
