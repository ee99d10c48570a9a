"""The findings of a conformance run: none for a seller that conforms, and each mistake of another seller."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from mock_sites.huawei.conformance import cases_kit
from mock_sites.huawei.conformance.model import UNKNOWN_ACTIVITY, CaseVerdict, Flaw, Weight
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.running import MOST_POLLS, RunPlan
from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.codes import NOT_AUTHENTICATED
from mock_sites.huawei.protocol.operations import OPERATIONS
from mock_sites.tests.support.conforming import ADDRESS, KEY, complaints, report, run
from mock_sites.tests.support.wrong_checking import Refused
from mock_sites.tests.support.wrong_seller import KIT, PRODUCTION_V1, PRODUCTION_V2, Unfinished, WrongSeller

BOTH = ("v1", "v2")
ONLY_LIVE = {"accepts-unknown-instance", "second-instance", "shared-instance"}
"""What sellers may do with debug calls."""

OPEN = [
    ("v1", "accepts-missing-parameter"),
    ("v1", "content-type"),
    ("v1", "no-message"),
    ("v2", "accepts-missing-parameter"),
    ("v2", "misprinted-code"),
    ("v2", "no-message"),
    ("v2", "signs-body-as-it-came"),
]
"""What no document demands: a note to the seller, by version and name of the diagnosis (spec huawei 2.6a)."""


@pytest.mark.parametrize("live", [False, True], ids=["debug", "live"])
@pytest.mark.parametrize("protocol", BOTH)
def test_a_seller_that_keeps_to_the_protocol_conforms(protocol: str, *, live: bool) -> None:
    results = run(WrongSeller(KEY), protocol, live=live)

    assert complaints(results) == set()
    assert {result.verdict for result in results} <= {CaseVerdict.PASSED, CaseVerdict.NOTED}


@pytest.mark.parametrize("mistake", PRODUCTION_V1)
def test_each_mistake_in_v1_is_found_and_nothing_else(mistake: str) -> None:
    assert complaints(run(WrongSeller(KEY, mistake), "v1", kit=False, live=mistake in ONLY_LIVE)) == {mistake}


@pytest.mark.parametrize("mistake", PRODUCTION_V2)
def test_each_mistake_in_v2_is_found_and_nothing_else(mistake: str) -> None:
    assert complaints(run(WrongSeller(KEY, mistake), "v2", kit=False, live=mistake in ONLY_LIVE)) == {mistake}


@pytest.mark.parametrize(
    ("protocol", "mistake"), [(protocol, mistake) for protocol, mistakes in KIT.items() for mistake in mistakes]
)
def test_each_mistake_in_the_kit_is_found_and_nothing_else(protocol: str, mistake: str) -> None:
    assert complaints(run(WrongSeller(KEY, mistake), protocol)) == {mistake}


@pytest.mark.parametrize("protocol", BOTH)
@pytest.mark.parametrize("wrong", ["kit", "production"])
def test_the_key_of_the_other_class_is_found_and_nothing_else(protocol: str, wrong: str) -> None:
    keys = (KEY, "the key of the kit") if wrong == "kit" else ("the key of the kit", KEY)
    seller = WrongSeller(keys[0], "key-of-other-class") if wrong == "kit" else WrongSeller(KEY)
    seller.checking.kit_key = KEY

    assert complaints(run(seller, protocol, key=keys[0], kit_key=keys[1])) == {"key-of-other-class"}


class Telling(WrongSeller):
    """Refuses a call of the kit without a signature in other words than one with a wrong signature."""

    def handle(self, request: Request) -> dict[str, Any]:
        """Look for the signature first."""
        if "/produceAPI/" in request.path and not any(name in request.headers for name in ("x-sign", "authToken")):
            raise Refused("000002", "x-sign is missing")
        return super().handle(request)


@pytest.mark.parametrize("protocol", BOTH)
def test_a_wrong_key_of_the_kit_is_told_from_lost_headers_by_a_call_without_them(protocol: str) -> None:
    alike, telling = WrongSeller(KEY, kit_key="another"), Telling(KEY, kit_key="another")
    assert complaints(run(alike, protocol, kit_key="wrong")) == {"key-wrong-or-headers-lost"}
    assert complaints(run(telling, protocol, kit_key="wrong")) == {"key-wrong"}


@pytest.mark.parametrize("seller", [WrongSeller, Telling])
def test_a_key_of_the_kit_that_the_run_was_not_given_is_asked_for_at_once(seller: type[WrongSeller]) -> None:
    results = run(seller(KEY, kit_key="another"), "v2")
    assert complaints(results) == {"kit-key-not-given"}
    assert f"{ADDRESS}/produceAPI/v2/tenantSync" in next(iter(report(results).to_fix.values()))[0]
    assert report(results).without_kit == ""

    both = complaints(run(seller("neither", kit_key="another"), "v2"))
    assert "kit-key-not-given" not in both


@pytest.mark.parametrize(("protocol", "folder"), [("v1", ""), ("v2", "v2/")])
@pytest.mark.parametrize("mistake", ["no-kit", "no-json", "redirect", "key-wrong-or-headers-lost"])
def test_the_called_address_is_named_where_it_may_be_what_is_wrong(protocol: str, folder: str, mistake: str) -> None:
    keys = ("another", "wrong") if mistake.startswith("key") else ("", "")
    results = run(WrongSeller(KEY, mistake, kit_key=keys[0]), protocol, kit_key=keys[1])
    tenant = next(one for one in results if one.case.operation == "tenantSync")

    assert {found.diagnosis for found in tenant.findings if found.fails} == {mistake}
    assert f"{ADDRESS}/produceAPI/{folder}tenantSync" in report(results).why(tenant)


@pytest.mark.parametrize("protocol", BOTH)
def test_lost_headers_are_named_if_the_seller_signs_its_refusals_with_the_right_key(protocol: str) -> None:
    assert complaints(run(WrongSeller(KEY, "refuses-kit"), protocol)) == {"headers-lost"}


@pytest.mark.parametrize("look", ["401", "403", "400", "500", "login", "page"])
@pytest.mark.parametrize(("protocol", "mistake"), [("v1", "key-without-timestamp"), ("v2", "timestamp-in-seconds")])
def test_a_refusal_of_a_right_call_is_looked_into_whatever_it_looks_like(
    protocol: str, mistake: str, look: str
) -> None:
    assert complaints(run(WrongSeller(KEY, mistake, look=look), protocol, kit=False)) == {mistake}


@pytest.mark.parametrize(
    ("protocol", "mistake"),
    [
        ("v1", "key-without-timestamp"),
        ("v1", "blank-values-signed"),
        ("v2", "no-body-hash"),
        ("v2", "kit-like-production"),
    ],
)
def test_a_mistake_in_signing_is_found_although_the_seller_then_refuses_the_call(protocol: str, mistake: str) -> None:
    found = complaints(run(Unfinished(KEY, mistake), protocol))

    assert found - {"refuses-good-parameters", "accepts-malformed", "other-code"} == {mistake}


class Lacking(WrongSeller):
    """Has no refreshInstance, looks at that before the signature, and names the operation in each refusal."""

    def handle(self, request: Request) -> dict[str, Any]:
        """Refuse what it does not have as it refuses a signature."""
        found = re.search(r'activity(?:=|":")(\w+)', request.full_path + request.get_data(as_text=True)[:1000])
        activity = found[1] if found else ""
        if activity in {"refreshInstance", UNKNOWN_ACTIVITY}:
            raise Refused(NOT_AUTHENTICATED, f"unknown activity: {activity}")
        try:
            return super().handle(request)
        except Refused as refused:
            raise Refused(str(refused), f"no {activity}") from refused


class LackingByStatus(Lacking):
    """Answers HTTP 400 then."""

    def answer(self, request: Request) -> Response:
        """The same answer with another status."""
        response = super().answer(request)
        if b"unknown activity" in response.data:
            response.status_code = 400
        return response


@pytest.mark.parametrize("seller", [Lacking, LackingByStatus])
@pytest.mark.parametrize("protocol", BOTH)
def test_an_operation_that_is_not_there_is_not_taken_for_a_wrong_signature(
    protocol: str, seller: type[WrongSeller]
) -> None:
    results = run(seller(KEY), protocol, kit=False)

    refreshed = [one for one in results if one.case.operation == "refreshInstance" and one.case.succeeds]
    assert {found.diagnosis for one in refreshed for found in one.findings if found.fails} == {
        "refuses-good-parameters"
    }


@pytest.mark.parametrize("protocol", BOTH)
def test_a_wrong_key_is_found_although_the_seller_names_the_operation_in_each_refusal(protocol: str) -> None:
    assert "key-wrong" in complaints(run(Lacking("another-key"), protocol, kit=False))


class WideCharacters(WrongSeller):
    """Answers in UTF-16."""

    def answer(self, request: Request) -> Response:
        """The same answer in another encoding, not signed."""
        response = super().answer(request)
        response.headers.remove("Body-Sign")
        response.data = response.get_data(as_text=True).encode("utf-16")
        return response


@pytest.mark.parametrize("protocol", BOTH)
def test_an_answer_in_another_encoding_than_utf_8_is_none(protocol: str) -> None:
    assert "no-json" in complaints(run(WideCharacters(KEY), protocol, kit=False))


def test_a_signature_that_begins_with_a_blank_can_be_sent_in_a_header() -> None:
    line = SellerConnection(address=ADDRESS, key=KEY, protocol="v1", live=False)
    case = next(iter(cases_kit.cases("v1", readable_secret=True)))

    call = line.call(case, {"flag": "1"}, datetime.now(UTC), sign=lambda *_: " abc=")

    assert call.outgoing.headers["authToken"] == "abc="


class Server(WrongSeller):
    """Behind a server that has no method for other calls than those of its version, as Python's own."""

    def __init__(self, method: str) -> None:
        """Know ``method`` alone."""
        super().__init__(KEY)
        self.method = method

    def answer(self, request: Request) -> Response:
        """Refuse another method."""
        return super().answer(request) if request.method == self.method else Response(status=501)


class NoAddress(WrongSeller):
    """It has no address at all."""

    def answer(self, request: Request) -> Response:
        return Response(status=404)


def test_a_missing_address_refuses_nothing() -> None:
    results = run(NoAddress(KEY, "none"), "v2", kit=True)
    passed = [result.case.name for result in results if result.verdict == CaseVerdict.PASSED]
    assert [name for name in passed if "other-method" not in name] == []


def test_a_method_that_is_not_supported_is_no_crash() -> None:
    assert complaints(run(Server("POST"), "v2")) == set()
    assert complaints(run(Server("GET"), "v1", kit=False)) == set()
    assert complaints(run(Server("GET"), "v2", kit=False)) == {"other-method"}


@pytest.mark.parametrize("protocol", BOTH)
def test_a_seller_that_verifies_nothing_is_found_out(protocol: str) -> None:
    found = complaints(run(WrongSeller(KEY, "accepts-wrong-signature"), protocol))

    assert found >= {"accepts-wrong-signature", "accepts-unsigned"}


@pytest.mark.parametrize("protocol", BOTH)
def test_a_seller_that_verifies_purchases_only_is_found_out_by_each_other_operation(protocol: str) -> None:
    results = run(WrongSeller(KEY, "verifies-purchases-only"), protocol)

    assert complaints(results) == {"accepts-wrong-signature"}
    every = {result.case.operation for result in results} - {"newInstance", "tenantSync", "danceInstance", "getLicense"}
    assert {result.case.operation for result in results if result.verdict is CaseVerdict.FAILED} == every


def test_slashes_that_are_escaped_as_php_does_are_found() -> None:
    assert complaints(run(WrongSeller(KEY, "escapes-slashes"), "v2")) == {"body-escaped"}


def test_the_times_of_calls_of_v2_stay_near_the_time_of_the_run() -> None:
    stopped = datetime(2026, 3, 2, tzinfo=UTC)
    results = run(WrongSeller(KEY, "accepts-stale"), "v2", kit=False, now=lambda: stopped)

    plain = [result for result in results if result.case.flaw is Flaw.NONE]
    times = [int(call.timestamp) for result in plain for call, _answer in result.exchanges]
    assert max(times) - min(times) < 10 * len(results)


def test_a_refusal_that_has_its_code_and_another_status_is_a_note() -> None:
    results = run(WrongSeller(KEY, "status"), "v2", kit=False)

    assert complaints(results) == set()
    assert "status" in {found.diagnosis for result in results for found in result.findings}


@pytest.mark.parametrize("mistake", sorted(ONLY_LIVE))
def test_what_sellers_may_do_with_debug_calls_is_a_note(mistake: str) -> None:
    results = run(WrongSeller(KEY, mistake), "v2")

    assert complaints(results) == set()
    assert mistake in {found.diagnosis for result in results for found in result.findings}


@pytest.mark.parametrize(("protocol", "mistake"), OPEN)
def test_what_no_document_demands_is_a_note(protocol: str, mistake: str) -> None:
    results = run(WrongSeller(KEY, mistake), protocol)

    assert complaints(results) == set()
    assert mistake in {found.diagnosis for result in results for found in result.findings}


class OnTomcat(WrongSeller):
    """Its container leaves out parameters that cannot be decoded, before the seller sees the call."""

    def answer(self, request: Request) -> Response:
        """Answer what is left of the call."""
        pairs = request.query_string.decode().split("&")
        query = "&".join(pair for pair in pairs if not re.search("%(?![0-9A-Fa-f]{2})", pair))
        return super().answer(Request({**request.environ, "QUERY_STRING": query}))


def test_a_container_that_leaves_out_what_cannot_be_decoded_is_a_note() -> None:
    results = run(OnTomcat(KEY), "v1")

    assert complaints(results) == set()
    assert "accepts-malformed" in {found.diagnosis for result in results for found in result.findings}


@pytest.mark.parametrize("protocol", BOTH)
def test_no_case_makes_a_document_of_what_the_documents_leave_open(protocol: str) -> None:
    cases = [result.case for result in run(WrongSeller(KEY), protocol)]
    left_open = [case for case in cases if (protocol, case.mistake) in OPEN]

    assert left_open
    assert [case.name for case in left_open if case.weight is not Weight.MAY] == []


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("protocol", BOTH)
def test_a_right_call_has_every_mandatory_parameter(protocol: str, *, live: bool) -> None:
    mandatory = {
        (one.interface, one.name): {each.name for each in one.parameters if each.mandatory}
        for one in OPERATIONS[protocol]
    }
    for result in run(WrongSeller(KEY), protocol, live=live):
        case = result.case
        if case.succeeds and case.flaw is Flaw.NONE:
            sent = {*case.fields, names.ACTIVITY, names.TEST_FLAG}
            assert mandatory[case.interface, case.operation] - sent == set(), case.name


class Demanding(WrongSeller):
    """Misses a parameter in each purchase."""

    def handle(self, request: Request) -> dict[str, Any]:
        """Refuse a rightly signed purchase."""
        found = super().handle(request)
        if "instanceId" in found:
            raise Refused("000002", "something is missing")
        return found


@pytest.mark.parametrize("protocol", BOTH)
def test_a_purchase_that_is_refused_whenever_it_is_made_is_one_thing_to_fix(protocol: str) -> None:
    results = run(Demanding(KEY), protocol, kit=False)

    assert "refuses-good-parameters" in complaints(results)
    assert "other-code" not in complaints(results)


@pytest.mark.parametrize(
    ("mistake", "complaint"),
    [
        ("body-sign-missing", "http header->bodySign is empty."),
        ("body-sign-quotes", "http header->sign_type is not equals HMAC-SHA256 or signature is empty."),
        ("body-sign-key-with-timestamp", "响应Http Body签名校验失败,预期的签名值:.+="),
    ],
)
def test_the_documented_messages_are_quoted_word_for_word(mistake: str, complaint: str) -> None:
    results = run(WrongSeller(KEY, mistake), "v1", kit=False)

    assert re.search(f"{complaint} {re.escape(body_sign.CURES[mistake])}", report(results).why(results[0]))


def test_a_seller_that_refuses_every_signature_is_not_blamed_for_refusing_nonsense() -> None:
    results = run(WrongSeller(KEY, "no-body-hash"), "v2", kit=False)

    [nonsense] = [result for result in results if result.case.name == "unknown-activity"]
    assert (nonsense.got, nonsense.verdict) == ("000001 refused", CaseVerdict.PASSED)


def test_an_instance_that_is_still_being_made_is_asked_for_until_it_is_there() -> None:
    results = run(WrongSeller(KEY, "processing"), "v2", kit=False)

    assert complaints(results) == set()
    assert [answer.body.count(b"000004") for _call, answer in results[0].exchanges] == [1, 1, 1, 0]


def test_an_instance_that_is_never_done_is_found() -> None:
    results = run(WrongSeller(KEY, "never-done"), "v2", kit=False)

    assert [found.diagnosis for found in results[0].findings] == ["never-done"]
    assert len(results[0].exchanges) == 1 + MOST_POLLS


def test_without_an_instance_all_else_is_looked_at() -> None:
    results = run(WrongSeller(KEY, "no-instance-id"), "v2")

    assert complaints(results) == {"no-instance-id"}
    assert {result.case.operation for result in results if result.verdict is CaseVerdict.FAILED} == {"newInstance"}
    [status] = [result for result in results if result.case.name == "updateInstanceStatus-FREEZE"]
    assert (status.verdict, [found.diagnosis for found in status.findings]) == (CaseVerdict.NOTED, ["no-instance"])


def test_the_instance_of_another_order_takes_the_place_of_one_that_failed() -> None:
    results = run(WrongSeller(KEY, "refuses-period"), "v2", kit=False)

    assert complaints(results) == {"fails-good-call"}
    failed = [result.case.name for result in results if result.verdict is CaseVerdict.FAILED]
    assert set(failed) <= {name for name in failed if name.startswith("newInstance")}
    [refresh] = [result for result in results if result.case.name == "refreshInstance-RENEWAL"]
    assert refresh.verdict is CaseVerdict.PASSED


@pytest.mark.parametrize("protocol", BOTH)
@pytest.mark.parametrize("mistake", ["fails-good-call", "key-wrong", "no-instance-id", "second-instance", "slow"])
def test_every_case_is_run_whatever_failed_before(protocol: str, mistake: str) -> None:
    planned = RunPlan(SellerConnection("http://seller.example", KEY, protocol, live=False)).cases

    results = run(WrongSeller(KEY, mistake), protocol)

    assert [result.case for result in results] == list(planned)
    assert all(result.exchanges for result in results)


def test_the_names_of_cases_are_unique() -> None:
    for protocol in BOTH:
        names = [result.case.name for result in run(WrongSeller(KEY), protocol)]
        assert len(names) == len(set(names))
