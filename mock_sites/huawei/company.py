"""Huawei Cloud as a company of a world: its tables, jobs, sites and ready-made people."""

from mock_sites.huawei import people
from mock_sites.huawei.domain import (
    checkout,
    closing,
    enterprises,
    expiry,
    jobs,
    orders,
    processing,
    real_names,
    renewals,
    usage_records,
)
from mock_sites.huawei.domain.tables import Table
from mock_sites.huawei.seller_center import probes
from mock_sites.huawei.seller_gateway import delivery, kit
from mock_sites.world.company import Company
from mock_sites.world.job import CallHandler, Handler, Jobs

COMPANY = Company(
    name="huawei",
    metadata=Table.metadata,
    jobs=Jobs(
        jobs.HuaweiJob,
        Handler(jobs.ApproveAuthentication, real_names.approve),
        Handler(jobs.RejectAuthentication, real_names.reject),
        Handler(jobs.TransferAmount, real_names.transfer_amount),
        Handler(jobs.ListService, orders.list_service),
        Handler(jobs.FinishEnterprise, enterprises.finish_set_up),
        Handler(jobs.CancelUnpaid, checkout.cancel_unpaid),
        Handler(jobs.ExpireService, expiry.expire),
        Handler(jobs.ChangeEdition, processing.change_edition),
        Handler(jobs.AutoRenew, renewals.auto_renew),
        Handler(jobs.ReleaseExpired, closing.release_expired),
        Handler(jobs.ValidateUsage, usage_records.validate),
        Handler(jobs.CollectUsage, usage_records.collect),
        CallHandler(jobs.Deliver, delivery.prepare_if_needed, delivery.answered),
        CallHandler(jobs.Sync, kit.prepare, kit.answered),
        Handler(jobs.SendProbes, probes.send),
        CallHandler(jobs.Probe, probes.prepare, probes.answered),
    ),
    populate=people.populate,
    people=people.people,
    doors=people.doors,
    switches=real_names.SWITCHES,
    turn=real_names.turn,
)
