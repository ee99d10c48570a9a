"""The forms of the Buyer Center."""

from dataclasses import fields

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import AnyOf, Email, Length, Optional

from mock_sites.huawei.domain import departments, enterprises, groups, members, reviews
from mock_sites.huawei.domain.members import Details
from mock_sites.web.forms import SiteForm, follows, options, required, trimmed
from mock_sites.web.texts import lazy as _l
from mock_sites.web.texts import lazy_in
from mock_sites.world import passwords
from mock_sites.world.fields import LONGEST_TEXT

ROLES = options({"personal": _l("For Personal Use"), "customer": _l("For a customer")})


class RoleForm(SiteForm):
    """The role: the service is for the buyer or for a customer."""

    role = RadioField(_l("Select role"), choices=ROLES, default="personal", validate_choice=False)


class EnterpriseForm(SiteForm):
    """Name and domain of a new enterprise."""

    name = StringField(_l("Enterprise name"), required(longest=enterprises.LONGEST_NAME), filters=[trimmed])
    domain = StringField(
        _l("Enterprise domain (abbreviation)"), required(longest=enterprises.LONGEST_DOMAIN), filters=[trimmed]
    )


class ExistingForm(SiteForm):
    """The choice of an enterprise that was set up for an earlier service."""

    enterprise = RadioField(_l("Existing enterprise"), validate_choice=False)


class MemberDetailsForm(SiteForm):
    """What can be changed of a member."""

    name = StringField(_l("Employee name"), required(longest=members.LONGEST_NAME), filters=[trimmed])
    department = StringField(_l("Department"), required(longest=departments.LONGEST_PATH), filters=[trimmed])
    phone = TelField(
        _l("Phone number"),
        [Optional(), follows(members.PHONE)],
        filters=[trimmed],
    )
    email = EmailField(
        _l("Email"),
        [Optional(), Length(max=LONGEST_TEXT), Email(_l("Enter an email address, such as name@example.com."))],
        filters=[trimmed],
    )


class MemberForm(MemberDetailsForm):
    """A new member."""

    account = StringField(_l("Account"), required(longest=members.LONGEST_ACCOUNT), filters=[trimmed])
    password = PasswordField(_l("Password"), required(longest=passwords.LONGEST))

    def details(self) -> Details:
        """The typed values, without the password."""
        return Details(**{each.name: self[each.name].data or "" for each in fields(Details)})


class InitialPasswordForm(SiteForm):
    """A member's new initial password."""

    password = PasswordField(_l("New password"), required(longest=passwords.LONGEST))


class ImportForm(SiteForm):
    """A sheet with members."""

    sheet = FileField(_l("Sheet (.xlsx or CSV)"), [FileRequired(_l("Choose a file."))])


class AccountForm(SiteForm):
    """The account of a member."""

    account = StringField(_l("Account"), required(), filters=[trimmed])


class GroupForm(SiteForm):
    """A group of members."""

    name = StringField(_l("Group name"), required(longest=groups.LONGEST_NAME), filters=[trimmed])
    description = TextAreaField(
        _l("Group description"), [Optional(), Length(max=groups.LONGEST_DESCRIPTION)], filters=[trimmed]
    )

    def typed(self) -> dict[str, str]:
        """The typed values."""
        return {"name": self.name.data or "", "description": self.description.data or ""}


class AutomaticForm(SiteForm):
    """A department or a group whose members are to be authorized, and the terms."""

    kind = RadioField(
        lazy_in("whom", "Authorize"),
        choices=options({"department": _l("Department"), "group": _l("Group")}),
        validators=[AnyOf(["department", "group"], message=_l("Choose a department or a group."))],
        default="department",
        validate_choice=False,
    )
    name = StringField(_l("Name"), required(longest=departments.LONGEST_PATH), filters=[trimmed])
    agreed = BooleanField(_l("Agree to Terms"))


class DepartmentForm(SiteForm):
    """A department and the one above it."""

    name = StringField(_l("Department name"), required(longest=departments.LONGEST_NAME), filters=[trimmed])
    parent = StringField(_l("Parent department"), required(longest=departments.LONGEST_PATH), filters=[trimmed])


class AuthorizeForm(SiteForm):
    """The selected members (checkboxes named ``members``) and the terms."""

    agreed = BooleanField(_l("Agree to Terms"))


class UnsubscribeForm(SiteForm):
    """The confirmation of an order. ``attempt`` identifies the form, so that sending it twice makes one order."""

    attempt = HiddenField()


class PolicyForm(SiteForm):
    """What happens when the service expires."""

    policy = RadioField(
        _l("When the service expires"),
        choices=options({"renew": _l("Auto-renew"), "expire": _l("Freeze it, and release it after 15 days")}),
        validators=[AnyOf(["renew", "expire"], message=_l("Choose an expiry policy."))],
        validate_choice=False,
    )


STARS = options(
    {"5": _l("5: excellent"), "4": _l("4: good"), "3": _l("3: fair"), "2": _l("2: poor"), "1": _l("1: very poor")}
)


class ReviewForm(SiteForm):
    """A review of the service's product."""

    stars = RadioField(
        _l("Rating"),
        choices=STARS,
        validators=[AnyOf(["5", "4", "3", "2", "1"], message=_l("Choose a rating."))],
        validate_choice=False,
    )
    comment = TextAreaField(_l("Review"), required(longest=reviews.LONGEST), filters=[trimmed])
