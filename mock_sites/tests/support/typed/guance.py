"""Guance's forms with text fields."""

from typing import Final

from mock_sites.guance.auth import forgotten
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
from mock_sites.tests.support.ready import (
    CODE,
    EMAIL,
    code_for,
    every,
    proved,
    registration,
    verifying,
    waiting_for_app,
)
from mock_sites.tests.support.typed.form import PASSWORD, TypedForm
from mock_sites.web.forms import SiteForm

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
STEP: Final = "/businessRegister"
SETTINGS: Final = "/workspace/{workspace_id}/settings"

CASES: Final[dict[type[SiteForm], TypedForm]] = {
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
    auth.ForgotForm: TypedForm("guance.auth", "/login/forgot", {"username": "zhaomin"}, "nobody"),
    auth.ResetForm: TypedForm(
        "guance.auth",
        "/login/forgot/password",
        {"code": CODE, "password": f"{PASSWORD}-Aa", "confirm": f"{PASSWORD}-Aa"},
        "nobody",
        prepare=lambda _users: {forgotten.FORGOTTEN: "zhaomin"},
    ),
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
}
