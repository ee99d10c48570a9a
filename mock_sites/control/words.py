"""What the operator's pages call the jobs of the companies, and the values of facts that are words of ours."""

from typing import Final

from mock_sites.web.language import LANGUAGES
from mock_sites.world.errors import N_

JOBS: Final = {
    # of Huawei Cloud
    "approve-authentication": N_("Approve a real-name authentication"),
    "reject-authentication": N_("Reject a real-name authentication"),
    "transfer-amount": N_("Transfer an amount to a bank account"),
    "cancel-unpaid": N_("Cancel an unpaid order"),
    "list-service": N_("List a service"),
    "finish-enterprise": N_("Finish setting up an enterprise"),
    "expire-service": N_("Let a service expire"),
    "release-expired": N_("Release an expired service"),
    "auto-renew": N_("Renew a service"),
    "change-edition": N_("Change the edition of a service"),
    "validate-usage": N_("Check usage records"),
    "collect-usage": N_("Charge for usage"),
    "send-probes": N_("Begin the daily probes of sellers"),
    "send-probe": N_("Send a probe to a seller"),
    "deliver": N_("Call a seller"),
    "sync": N_("Send enterprise data to a seller"),
    # of Guance
    "close-lock": N_("Lock a workspace for good"),
    "remind-of-lock": N_("Remind of a locked workspace"),
    "bill-notice": N_("Mail the bill of a month"),
    "answer-ticket": N_("Answer a ticket"),
    "unbind-mfa": N_("Unbind an authenticator"),
    "push-usage": N_("Send usage to the marketplace"),
    "high-consumption": N_("Check the High Consumption Alerts"),
}
"""What each job does, by its kind."""

WORDS: Final = {
    "access": {"administrator": N_("Administrator"), "read-only": N_("Read-only")},
    "actor": {
        "buyer": N_("Buyer"),
        "employee": N_("Employee"),
        "colleague": N_("Colleague"),
        "manager": N_("Manager"),
        "operator": N_("Operator"),
    },
    "category": {
        "billing": N_("Bills and payment"),
        "voucher": N_("Ask for a voucher"),
        "settlement": N_("Settlement method"),
        "account": N_("Account"),
        "product": N_("Use of the product"),
    },
    "channel": {"sms": N_("SMS"), "email": N_("Email")},
    "contact": {"email": N_("Email"), "phone": N_("Phone number")},
    "credit": {"voucher": N_("Voucher"), "prepaid-card": N_("Prepaid card"), "cash": N_("Cash")},
    "explanation": {"Success.": N_("Success.")},
    "interface": {"production": N_("Production"), "kit": N_("Kit")},
    "item": {
        "time-series": N_("Time series"),
        "logs": N_("Logs"),
        "traces": N_("Traces"),
        "page-views": N_("Page views"),
    },
    "job": JOBS,
    "language": LANGUAGES,
    "origin": {
        "delivery": N_("Order or service"),
        "live": N_("Buyer looks at the details"),
        "duplicate": N_("Sent twice on purpose"),
        "resend": N_("Sent again"),
        "hand": N_("By hand"),
        "replay": N_("Replay of a case"),
        "probe": N_("Probe"),
    },
    "product": {
        "Guance SaaS Edition": N_("Guance SaaS Edition"),
        "Guance Prepaid Card": N_("Guance Prepaid Card"),
        "Guance Commercial Plan": N_("Guance Commercial Plan"),
    },
    "purpose": {
        "registration": N_("Registration"),
        "create-workspace": N_("Create Workspace"),
        "bind-fee-center-account": N_("Bind a Billing Center account"),
        "recovery": N_("Reset password"),
        "change-email": N_("Change Email"),
        "change-phone": N_("Change Phone Number"),
        "mfa-binding": N_("Bind MFA"),
        "mfa-unbinding": N_("Unbind MFA"),
    },
    "reason": {
        "cloud-account-closed": N_("The subscription was closed"),
        "cloud-account-suspended": N_("The subscription was suspended"),
        "expired": N_("The service has expired"),
        "frozen": N_("The service was frozen"),
    },
    "role": {
        "personal": N_("For Personal Use"),
        "customer": N_("For a customer"),
        "read-only": N_("Read-only member"),
        "standard": N_("Standard member"),
        "administrator": N_("Administrator"),
        "owner": N_("Owner"),
    },
    "scene": {
        "TRIAL_TO_FORMAL": N_("Trial to formal"),
        "RENEWAL": N_("Renewal"),
        "UNSUBSCRIBE_RENEWAL_PERIOD": N_("Unsubscription of a renewal"),
        "RENEWAL_CHANGE": N_("Renewal change"),
    },
    "settlement": {
        "billing-center": N_("Billing Center Settlement"),
        "huawei": N_("Huawei Cloud Account Settlement"),
        "registered": N_("Registered Cloud Account Billing"),
        "alibaba": N_("Alibaba Cloud Account Settlement"),
        "aws": N_("AWS Account Settlement"),
    },
    "type": {
        "NEW": N_("New"),
        "TRIAL": N_("Trial"),
        "TRIAL_TO_FORMAL": N_("Trial to formal"),
        "RENEW": N_("Renewal"),
        "CHANGE": N_("Upgrade"),
        "UNSUBSCRIBE": N_("Unsubscription"),
    },
    "supervision": {
        "delivering": N_("To be delivered"),
        "accepting": N_("To be accepted"),
        "accepted": N_("Acceptance confirmed"),
    },
    "verdict": {
        "accepted": N_("Accepted"),
        "processing": N_("In progress"),
        "refused": N_("Refused"),
        "fault": N_("Fault"),
    },
    "what": {"host": N_("Host"), "measurement": N_("Metric")},
}
"""What the values of facts are called, by the name of the fact. Other values are shown as they are."""
