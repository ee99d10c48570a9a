"""Huawei Cloud's forms with text fields."""

from typing import Final

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
from mock_sites.tests.support.numbers import BANK_CARD, CREDIT_CODE, IDENTITY, SCAN
from mock_sites.tests.support.plans import MONTH
from mock_sites.tests.support.ready import (
    CODE,
    EMAIL,
    app_of_login,
    every,
    first_login,
    second_verification,
    transferred,
    unsettled,
)
from mock_sites.tests.support.typed.form import PASSWORD, TypedForm
from mock_sites.web.forms import SiteForm

PARTNER: Final = "/buyer/partner-services"
SHOP: Final = "huawei.marketplace"

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
}
