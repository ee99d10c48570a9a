"""Every form with text fields: the page it is sent from and valid values, for ``test_odd_texts``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.control import forms as control
from mock_sites.guance.auth import forms as auth
from mock_sites.guance.billing_center import forms as boss
from mock_sites.guance.billing_center import sign_in
from mock_sites.guance.console.forms import (
    AddressesForm,
    AlertForm,
    BasicsForm,
    BindMfaForm,
    DeletionForm,
    ImportForm,
    InvitationForm,
    NewWorkspaceForm,
    SecurityCodeForm,
    StorageForm,
    TokenForm,
)
from mock_sites.guance.domain import openings, registrations
from mock_sites.guance.domain.tables import BillingAccount, Visit
from mock_sites.guance.forms import ChangePasswordForm
from mock_sites.guance.onboarding import forms as onboarding
from mock_sites.huawei.buyer_center.forms import (
    AccountForm,
    AutomaticForm,
    DepartmentForm,
    GroupForm,
    InitialPasswordForm,
    MemberDetailsForm,
)
from mock_sites.huawei.buyer_center.partner_services import EnterpriseForm, MemberForm
from mock_sites.huawei.buyer_center.services import ReviewForm
from mock_sites.huawei.console import forms as console
from mock_sites.huawei.console.sign_in import SignInForm
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Account, IamUser, Member, ProductQuestion, Resource
from mock_sites.huawei.marketplace.checkout import DetailsForm
from mock_sites.huawei.marketplace.forms import OrderForm, PeriodForm, QuestionForm
from mock_sites.huawei.seller_center import forms as seller_center
from mock_sites.huawei.unified_login import views as unified_login
from mock_sites.mailbox.authenticator import SecretForm
from mock_sites.tests.support.numbers import BANK_CARD, CREDIT_CODE, IDENTITY, SCAN
from mock_sites.tests.support.plans import MONTH
from mock_sites.tests.support.ready import (
    CODE,
    EMAIL,
    Prepare,
    app_of_login,
    code_for,
    every,
    first_login,
    nothing,
    proved,
    registration,
    second_verification,
    transferred,
    unsettled,
    verifying,
    waiting_for_app,
)
from mock_sites.web.forms import SiteForm

PASSWORD: Final = "Sesame-7"
"""The beginning of every typed password."""

PARTNER: Final = "/buyer/partner-services"


@dataclass(frozen=True)
class TypedForm:
    """A form. ``free`` fields take any text, which is then shown at ``shown``. The form can also be sent to
    ``also``.
    """

    app: str
    path: str
    good: Mapping[str, str | bytes]
    who: str = "owner"
    free: tuple[str, ...] = ()
    shown: str = ""
    also: str = ""
    prefix: str = ""
    prepare: Prepare = nothing
    """Prepares the world for the form again. Returns what the session needs."""


SIGN_IN: Final = {"username": "zhaomin", "password": PASSWORD}
BASICS: Final = {
    "site": "cn4",
    "username": "typist",
    "password": f"{PASSWORD}-Aa",
    "confirm": f"{PASSWORD}-Aa",
    "email": EMAIL,
    "code": CODE,
    "phone": "13800000000",
}
COMPANY: Final = {"company": "C", "industry": "I", "region": "R", "description": "D", "contact": "N", "terms": "y"}
TEXTS: Final = ("company", "industry", "region", "description", "contact")
WORKSPACE: Final = {"workspace_name": "W", "language": "en", "terms": "y"}
CREATE: Final = {**WORKSPACE, "email": EMAIL, "code": CODE}
NAME: Final = ("workspace_name",)
BIND: Final = "/huaweicloud/bind"
BOSS: Final = "guance.billing_center"
SHOP: Final = "huawei.marketplace"
STEP: Final = "/businessRegister"
SETTINGS: Final = "/workspace/{workspace_id}/settings"

CASES: Final[dict[type[SiteForm], TypedForm]] = {
    SignInForm: TypedForm("huawei.auth", "/authui/login", {"name": "hw_liwei", "password": PASSWORD}, "nobody"),
    console.IamSignInForm: TypedForm(
        "huawei.auth",
        "/authui/iam-login",
        {"account": "hw_liwei", "name": "chen.tao", "password": PASSWORD},
        "nobody",
    ),
    console.IamUserForm: TypedForm(
        "huawei.console",
        "/iam/users/new",
        {
            "name": "typist",
            "email": EMAIL,
            "phone": "",
            "description": "D",
            "access": "read-only",
            "password": f"{PASSWORD}-Aa",
            "confirmation": f"{PASSWORD}-Aa",
        },
        free=("description",),
        shown="/iam/users",
        prepare=every(IamUser, name=IamUser.id, email=IamUser.id),
    ),
    console.IamAccessForm: TypedForm(
        "huawei.console",
        "/iam/users/{user_id}",
        {"access": "administrator", "description": "D"},
        free=("description",),
        shown="/iam/users",
    ),
    console.NewPasswordForm: TypedForm(
        "huawei.console",
        "/iam/users/{user_id}/password",
        {"password": f"{PASSWORD}-Aa", "confirmation": f"{PASSWORD}-Aa"},
    ),
    console.ChangePasswordForm: TypedForm(
        "huawei.console",
        "/iam/password",
        {"current": PASSWORD, "password": f"{PASSWORD}-Aa", "confirmation": f"{PASSWORD}-Aa"},
    ),
    console.LoginProtectionForm: TypedForm(
        "huawei.console", "/iam/loginProtection", {"channel": "email", "password": PASSWORD}
    ),
    console.CodeForm: TypedForm(
        "huawei.auth",
        "/authui/verification",
        {"code": CODE},
        "nobody",
        prepare=second_verification,
    ),
    console.DescriptionForm: TypedForm(
        "huawei.console",
        "/iam/accessKey/{key_id}",
        {"description": "D"},
        free=("description",),
        shown="/iam/accessKey",
    ),
    console.AccessKeyForm: TypedForm(
        "huawei.console", "/iam/accessKey/new", {"description": "D", "password": PASSWORD}
    ),
    console.AuthenticationForm: TypedForm(
        "huawei.account",
        "/usercenter/authentication",
        {"kind": "enterprise", "real_name": "N", "number": CREDIT_CODE, "scan": SCAN, "agreed": "y"},
        free=("real_name",),
        prepare=every(Account, authentication="none"),
    ),
    console.BankCardForm: TypedForm(
        "huawei.account",
        "/usercenter/authentication/bank-card",
        {"real_name": "N", "number": IDENTITY, "card": BANK_CARD, "phone": "13800000002", "agreed": "y"},
        free=("real_name",),
        shown="/usercenter/authentication",
        prepare=every(Account, authentication="none"),
    ),
    console.QrCodeForm: TypedForm(
        "huawei.account",
        "/usercenter/authentication/qr-code",
        {"real_name": "N", "number": IDENTITY, "agreed": "y"},
        free=("real_name",),
        prepare=every(Account, authentication="none"),
    ),
    console.BankAccountForm: TypedForm(
        "huawei.account",
        "/usercenter/authentication/bank-account",
        {"real_name": "N", "number": CREDIT_CODE, "bank": "B", "bank_account": "6222020200012345", "agreed": "y"},
        free=("real_name", "bank"),
        prepare=every(Account, authentication="none"),
    ),
    console.AmountForm: TypedForm(
        "huawei.account",
        "/usercenter/authentication/amount",
        {"amount": "0.25"},
        prepare=transferred,
    ),
    console.TopUpForm: TypedForm("huawei.account", "/usercenter/top-up", {"amount": "1", "attempt": "99"}),
    EnterpriseForm: TypedForm(
        SHOP,
        f"{PARTNER}/enterprise",
        {"name": "N", "domain": "typed"},
        free=("name",),
        prepare=unsettled,
        shown=f"{PARTNER}/enterprise",
    ),
    MemberForm: TypedForm(
        SHOP,
        f"{PARTNER}/members/new",
        {
            "name": "N",
            "department": "D",
            "phone": "",
            "email": EMAIL,
            "account": "typist",
            "password": f"{PASSWORD}-Aa",
        },
        free=("name", "department"),
        shown=f"{PARTNER}/members",
        prepare=every(Member, account=Member.id),
    ),
    MemberDetailsForm: TypedForm(
        SHOP,
        f"{PARTNER}/members/{{member}}/edit",
        {"name": "N", "department": "D", "phone": "", "email": EMAIL},
        free=("name", "department"),
        shown=f"{PARTNER}/members",
    ),
    InitialPasswordForm: TypedForm(
        SHOP, f"{PARTNER}/members/{{member}}/reset-password", {"password": f"{PASSWORD}-Aa"}
    ),
    AccountForm: TypedForm(SHOP, f"{PARTNER}/administrators", {"account": "wendy"}),
    GroupForm: TypedForm(
        SHOP,
        f"{PARTNER}/groups/new",
        {"name": "N", "description": "D"},
        free=("name", "description"),
        shown=f"{PARTNER}/groups/",
        also=f"{PARTNER}/groups/{{group_id}}/edit",
    ),
    AutomaticForm: TypedForm(
        SHOP, f"{PARTNER}/authorize/automatic", {"kind": "department", "name": "Research", "agreed": "y"}
    ),
    DepartmentForm: TypedForm(
        SHOP,
        f"{PARTNER}/departments/new",
        {"name": "N", "parent": "Acme Research"},
        free=("name",),
        shown=f"{PARTNER}/departments/",
        also=f"{PARTNER}/departments/{{code}}/edit",
    ),
    ReviewForm: TypedForm(
        SHOP,
        "/buyer/purchased-services/{instance_id}/review",
        {"stars": "5", "comment": "C"},
        free=("comment",),
        shown=f"/contents/{catalogue.GUANCE_CONTENT}?tab=reviews",
    ),
    QuestionForm: TypedForm(
        SHOP,
        f"/contents/{catalogue.GUANCE_CONTENT}/questions",
        {"question": "Q"},
        free=("question",),
        shown=f"/contents/{catalogue.GUANCE_CONTENT}?tab=questions",
        prepare=every(ProductQuestion, answered_at=ProductQuestion.asked_at),
    ),
    seller_center.ReplyForm: TypedForm(
        "huawei.seller_center", "/questions/{question}/answer", {"reply": "A"}, "nobody", ("reply",), "/questions"
    ),
    DetailsForm: TypedForm(SHOP, f"/contents/{catalogue.CARD_CONTENT}/buy", {"quantity": "1", "attempt": "1"}),
    OrderForm: TypedForm(
        SHOP,
        f"/contents/{catalogue.PLAN_CONTENT}/order",
        {"specification": MONTH, "number": "1", "attempt": "9"},
        prepare=every(Resource, state="closed"),
    ),
    PeriodForm: TypedForm(
        SHOP, "/buyer/purchased-services/{plan}/renew", {"specification": MONTH, "number": "1", "attempt": "9"}
    ),
    unified_login.LoginForm: TypedForm(
        "huawei.unified_login",
        "/unified-login/portal-login?ind=UNOP&appId={app}",
        {"account": "wendy@acme", "password": PASSWORD},
        "nobody",
        prepare=app_of_login,
    ),
    unified_login.NewPasswordForm: TypedForm(
        "huawei.unified_login",
        "/unified-login/password",
        {"new_password": PASSWORD, "confirmation": PASSWORD},
        prepare=first_login,
    ),
    auth.SignInForm: TypedForm("guance.auth", "/login/pwd", SIGN_IN, "nobody"),
    auth.BasicsForm: TypedForm(
        "guance.auth", STEP, BASICS, "nobody", prepare=code_for(registrations.PURPOSE), also=f"{STEP}/code"
    ),
    auth.RepeatedBasicsForm: TypedForm("guance.auth", STEP, BASICS, "nobody", prepare=registration(account=False)),
    auth.CompanyForm: TypedForm(
        "guance.auth", f"{STEP}/company", COMPANY, "nobody", TEXTS, prepare=registration(account=False)
    ),
    auth.ActivationForm: TypedForm(
        "guance.auth",
        f"{STEP}/activation?method=guance",
        WORKSPACE,
        "nobody",
        NAME,
        shown=f"{STEP}/success",
        prepare=registration(account=True),
    ),
    auth.HuaweiActivationForm: TypedForm(
        "guance.auth",
        f"{STEP}/activation?method=huawei",
        {**WORKSPACE, "huawei_account_id": "f" * 32},
        "nobody",
        prepare=registration(account=True),
    ),
    onboarding.AccountForm: TypedForm(
        "guance.auth",
        BIND,
        {"username": "sunli", "code": CODE},
        prepare=every(Visit, billing_account_id=None),
        also=f"{BIND}/code",
    ),
    onboarding.CreateForm: TypedForm(
        "guance.auth",
        f"{BIND}/create/have-account",
        CREATE,
        prepare=code_for(openings.PURPOSE),
        also=f"{BIND}/create/have-account/code",
    ),
    onboarding.RegisterAndCreateForm: TypedForm(
        "guance.auth",
        f"{BIND}/create/no-account",
        BASICS | CREATE,
        prepare=code_for(openings.PURPOSE),
        also=f"{BIND}/create/no-account/code",
    ),
    NewWorkspaceForm: TypedForm(
        "guance.console", "/workspaces/new", WORKSPACE, free=NAME, shown="/workspace/{workspace_id}/settings"
    ),
    AlertForm: TypedForm(
        "guance.console",
        "/workspace/{workspace_id}/billing/high-consumption-alert",
        {"item": "logs", "threshold": "1"},
    ),
    BasicsForm: TypedForm(
        "guance.console",
        SETTINGS,
        {"language": "en", "remark": "R", "description": "D"},
        free=("remark", "description"),
        shown=SETTINGS,
    ),
    TokenForm: TypedForm("guance.console", f"{SETTINGS}/token", {"grace": "0", "name": "N"}),
    InvitationForm: TypedForm("guance.console", f"{SETTINGS}/members", {"email": "x@example.com", "role": "standard"}),
    AddressesForm: TypedForm("guance.console", f"{SETTINGS}/access", {"addresses": "A"}),
    DeletionForm: TypedForm("guance.console", f"{SETTINGS}/deletions", {"kind": "host", "target": "T", "name": "N"}),
    StorageForm: TypedForm(
        "guance.console",
        f"{SETTINGS}/storage",
        {"time_series": "3", "logs": "7", "traces": "3", "page_views": "3", "name": "N"},
    ),
    ImportForm: TypedForm("guance.console", f"{SETTINGS}/import", {"taken": "skip", "name": "N"}),
    BindMfaForm: TypedForm("guance.console", "/account/mfa", {"code": CODE}),
    SecurityCodeForm: TypedForm(
        "guance.console", "/account/mfa/bind", {"security_code": CODE}, prepare=waiting_for_app
    ),
    auth.SecurityCodeForm: TypedForm(
        "guance.auth", "/login/mfa", {"security_code": CODE}, "nobody", prepare=verifying()
    ),
    auth.UnbindMfaForm: TypedForm(
        "guance.auth",
        "/login/mfa/unbind",
        {"description": "D", "code": CODE},
        "nobody",
        prepare=verifying(),
        also="/login/mfa/unbind/code",
    ),
    SecretForm: TypedForm("mailbox", "/authenticator", {"secret": "A" * 32}, "nobody"),
    boss.SignInForm: TypedForm(BOSS, "/signin", SIGN_IN, "nobody"),
    boss.ForgotForm: TypedForm(BOSS, "/forgot", {"username": "zhaomin"}, "nobody"),
    boss.ResetForm: TypedForm(
        BOSS,
        "/forgot/password",
        {"code": CODE, "password": f"{PASSWORD}-Aa", "confirm": f"{PASSWORD}-Aa"},
        "nobody",
        prepare=lambda _users: {sign_in.FORGOTTEN: "zhaomin"},
    ),
    ChangePasswordForm: TypedForm(
        BOSS, "/account/security", {"current": PASSWORD, "password": f"{PASSWORD}-Aa", "confirm": f"{PASSWORD}-Aa"}
    ),
    boss.ProfileForm: TypedForm(BOSS, "/account/profile", COMPANY, free=TEXTS, shown="/account/profile"),
    boss.CodeForm: TypedForm(BOSS, "/account/email", {"code": CODE}),
    boss.NewEmailForm: TypedForm(
        BOSS,
        "/account/email/new",
        {"new": EMAIL, "code": CODE},
        prepare=proved("email"),
        also="/account/email/new/code",
    ),
    boss.NewPhoneForm: TypedForm(
        BOSS,
        "/account/phone/new",
        {"new": "138", "code": CODE},
        prepare=proved("phone"),
        also="/account/phone/new/code",
    ),
    boss.RealNameForm: TypedForm(
        BOSS,
        "/account/real-name",
        {"licence_name": "N", "taxpayer_number": "91310000MA1FL0000X"},
        free=("licence_name",),
        shown="/account/real-name",
        prepare=every(BillingAccount, certified_at=None),
    ),
    boss.BindForm: TypedForm(BOSS, "/workspaces/bind", {"workspace_id": "w"}),
    boss.HuaweiForm: TypedForm(
        BOSS, "/workspaces/{free}/settlement?method=huawei", {"huawei_account_id": "a", "instance_id": "i"}
    ),
    boss.PrepaidCardForm: TypedForm(
        BOSS, "/wallet/prepaid-cards/purchase", {"method": "huawei", "huawei_account_id": "a", "order_number": "o"}
    ),
    boss.RechargeForm: TypedForm(BOSS, "/wallet/recharge", {"amount": "1", "method": "alipay", "attempt": "99"}),
    boss.ActivateForm: TypedForm(BOSS, "/wallet/vouchers/activate", {"activation_code": "A"}),
    boss.TicketForm: TypedForm(
        BOSS,
        "/support/new",
        {"category": "billing", "title": "T", "text": "D"},
        free=("title", "text"),
        shown="/support",
    ),
    boss.ReplyForm: TypedForm(
        BOSS, "/support/{ticket_id}", {"text": "R"}, free=("text",), shown="/support/{ticket_id}"
    ),
    seller_center.SettingsForm: TypedForm(
        "huawei.seller_center",
        f"/settings/{catalogue.GUANCE_CONTENT}",
        {"protocol": "v1", "encrypt_type": "1", "oaep_digest": "SHA-1", "mgf_hash": "SHA-1"},
        who="nobody",
    ),
    seller_center.PackageForm: TypedForm(
        "huawei.seller_center",
        f"/settings/{catalogue.GUANCE_CONTENT}/packages",
        {"name": "N", "quota": "100", "unit": "GB", "price": "5"},
        who="nobody",
        free=("name",),
        shown=f"/settings/{catalogue.GUANCE_CONTENT}/packages",
    ),
    seller_center.VoucherForm: TypedForm(
        "huawei.seller_center",
        "/vouchers",
        {"product": catalogue.CARD_CONTENT, "account": "hw_liwei", "amount": "5", "least": "0", "days": "30"},
        who="nobody",
    ),
    seller_center.SignatureForm: TypedForm("huawei.seller_center", "/calls/1", {"signature": "x"}, who="nobody"),
    control.MakeForm: TypedForm("control", "/worlds", {"name": "no/name", "seed": "7"}, prefix="make-"),
    control.ImportForm: TypedForm("control", "/import", {"name": "no/name"}, prefix="import-"),
    control.ForkForm: TypedForm("control", "/worlds/{name}/fork", {"name": "no/name"}, prefix="fork-"),
    control.AdvanceForm: TypedForm(
        "control", "/worlds/{name}/clock/advance", {"amount": "1", "unit": "minutes"}, prefix="advance-"
    ),
    control.SnapshotForm: TypedForm("control", "/worlds/{name}/snapshots", {"label": "no/label"}, prefix="snapshot-"),
}
