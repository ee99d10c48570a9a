"""The forms of signing in, of the account center and of Identity and Access Management (IAM)."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField, TelField
from wtforms.validators import Email, InputRequired, Length, Optional

from mock_sites.huawei.domain import access_keys, accounts, certificates, iam_users, members, real_names
from mock_sites.huawei.domain.second_verification import Channel
from mock_sites.huawei.domain.tables import IamAccess
from mock_sites.web import uploads
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.world import passwords
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import LONGEST_TEXT

KINDS = options({"enterprise": _l("Enterprise authentication"), "individual": _l("Individual authentication")})


class RealNameFields:
    """What each form of a real-name authentication has. Its numbers are checked and not stored."""

    real_name = StringField(_l("Name on the certificate"), required(longest=real_names.LONGEST_NAME), filters=[trimmed])
    number = StringField(_l("Certificate number"), required(longest=real_names.LONGEST_NUMBER), filters=[trimmed])


def _confirmation() -> BooleanField:
    """The last field of each form of a real-name authentication."""
    return BooleanField(
        _l("I confirm that the information is true and agree to the privacy statement"),
        [InputRequired(_l("Confirm the information before you submit it."))],
    )


class AuthenticationForm(RealNameFields, SiteForm):
    """A real-name authentication by a certificate."""

    first = ("kind",)
    kind = RadioField(_l("Authentication type"), choices=KINDS, default="enterprise")
    scan = FileField(
        _l("Picture or scan of the certificate"),
        [FileRequired(_l("Choose a file.")), uploads.at_most(certificates.LARGEST_SCAN)],
    )
    agreed = _confirmation()


class QrCodeForm(RealNameFields, SiteForm):
    """The real-name authentication of an individual by a QR code."""

    agreed = _confirmation()


class BankCardForm(RealNameFields, SiteForm):
    """The real-name authentication of an individual by a bank card."""

    card = StringField(
        _l("Bank card number"),
        [*required(longest=real_names.LONGEST_NUMBER), follows(certificates.CARD)],
        filters=[trimmed],
    )
    phone = TelField(_l("Phone number at the bank"), [*required(), follows(members.PHONE)], filters=[trimmed])
    agreed = _confirmation()


class BankAccountForm(RealNameFields, SiteForm):
    """The real-name authentication of an enterprise by its bank account."""

    bank = StringField(_l("Bank"), required(longest=real_names.LONGEST_NAME), filters=[trimmed])
    bank_account = StringField(
        _l("Bank account number"),
        [*required(longest=real_names.LONGEST_NUMBER), follows(certificates.BANK_ACCOUNT)],
        filters=[trimmed],
    )
    agreed = _confirmation()


class AmountForm(SiteForm):
    """The amount that the bank account has received."""

    amount = StringField(_l("Amount received (CNY)"), [*required(), follows(real_names.AMOUNT)], filters=[trimmed])


class TopUpForm(SiteForm):
    """The amount of a top-up. ``attempt`` identifies the form, so that sending it twice makes one top-up."""

    amount = StringField(_l("Amount (CNY)"), [*required(), follows(accounts.TOP_UP)])
    attempt = HiddenField()


class SignInForm(SiteForm):
    """Name and password."""

    saves = False

    name = StringField(_l("Account name/Phone number/Email"), required())
    password = PasswordField(_l("Password"), required())


class IamSignInForm(SiteForm):
    """The account's name, and the user's name or email and password."""

    saves = False

    account = StringField(_l("Account name"), required())
    name = StringField(_l("IAM username/Email"), required())
    password = PasswordField(_l("IAM user password"), required())


class CodeForm(SiteForm):
    """The code of the second verification."""

    saves = False

    code = StringField(_l("Verification code"), required(), filters=[trimmed])


CHANNELS = options(
    {
        Channel.NONE: _l("Off: the password is enough"),
        Channel.SMS: _l("SMS to your phone number"),
        Channel.EMAIL: _l("Email"),
    }
)


class LoginProtectionForm(SiteForm):
    """How the code of the second verification is sent, with the password once more."""

    channel = RadioField(_l("Second verification"), choices=CHANNELS, default=Channel.NONE)
    password = PasswordField(_l("Sign-in password"), required(longest=passwords.LONGEST))


ACCESS = options(
    {
        IamAccess.ADMINISTRATOR: _l("Administrator: everything that the account may do"),
        IamAccess.READ_ONLY: _l("Read-only: look at everything, change nothing"),
    }
)


class NewPasswordForm(SiteForm):
    """A password that is chosen for a user, twice."""

    password = PasswordField(_l("New password"), required(longest=passwords.LONGEST))
    confirmation = PasswordField(_l("Confirm new password"), required(longest=passwords.LONGEST))

    def chosen(self) -> str:
        """The password.

        Raises:
            Refusal: for ``confirmation``: the two differ.
        """
        if self.password.data != self.confirmation.data:
            raise Refusal(N_("The two passwords are not the same."), field="confirmation")
        return self.password.data or ""


class IamAccessForm(SiteForm):
    """What an IAM user may do."""

    access = RadioField(_l("Access"), choices=ACCESS, default=IamAccess.READ_ONLY)
    description = StringField(
        _l("Description"), [Optional(), Length(max=iam_users.LONGEST_DESCRIPTION)], filters=[trimmed]
    )


class IamUserForm(IamAccessForm, NewPasswordForm):
    """A new IAM user."""

    first = ("name", "email", "phone", "description", "access", "password")
    password = PasswordField(_l("Password"), required(longest=passwords.LONGEST))
    confirmation = PasswordField(_l("Confirm password"), required(longest=passwords.LONGEST))
    name = StringField(
        _l("Username"), [*required(longest=iam_users.LONGEST_NAME), follows(iam_users.NAME)], filters=[trimmed]
    )
    email = EmailField(
        _l("Email"),
        [Optional(), Length(max=LONGEST_TEXT), Email(_l("Enter an email address, such as name@example.com."))],
        filters=[trimmed],
    )
    phone = TelField(_l("Phone number"), [Optional(), follows(members.PHONE)], filters=[trimmed])


class ChangePasswordForm(NewPasswordForm):
    """The password that is replaced, and the new one twice."""

    first = ("current",)
    current = PasswordField(_l("Current password"), required(longest=passwords.LONGEST))


class DescriptionForm(SiteForm):
    """What an access key is for."""

    description = StringField(
        _l("Description"), [Optional(), Length(max=access_keys.LONGEST_DESCRIPTION)], filters=[trimmed]
    )


class AccessKeyForm(DescriptionForm):
    """A new access key."""

    password = PasswordField(_l("Sign-in password"), required(longest=passwords.LONGEST))
