import httpx
import pytest

from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.statuses import RUNNING
from tests.http.contract import TLS
from tests.sandbox.vendors.smartflows.stage import NOWHERE, REPORT, ROOT, RUNS, launch


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", f"{RUNS}?flowId={NOWHERE}", b"", 404),
        ("POST", RUNS, b"", 400),
        ("POST", f"{RUNS}?flowId={REPORT.id}", b"", 400),
        ("POST", f"{RUNS}?flowId={REPORT.id}", b"<a>", 400),
        ("POST", f"{RUNS}/start?flow=nothing", b"", 404),
        ("POST", f"{RUNS}/start", b"", 400),
        ("POST", f"{RUNS}/start?flow={REPORT.id}", b"{", 400),
        ("GET", f"{RUNS}/{NOWHERE}", b"", 404),
        ("GET", f"{RUNS}/not-a-uuid", b"", 400),
        ("GET", f"{RUNS}/{NOWHERE}/progress", b"", 404),
        ("GET", f"{ROOT}/documents/{NOWHERE}", b"", 404),
        ("GET", f"{RUNS}?page=x", b"", 400),
        ("GET", f"{RUNS}?page=-1", b"", 400),
        ("GET", f"{RUNS}?size=0", b"", 400),
        ("GET", f"{RUNS}?sort=message,asc", b"", 400),
        ("GET", f"{RUNS}?sort=createdAt,up", b"", 400),
        ("GET", f"{RUNS}?filter=colour:red", b"", 400),
        ("GET", f"{ROOT}/flows?sort=colour", b"", 400),
        ("POST", f"{RUNS}/filter", b"{", 400),
        ("POST", f"{RUNS}/filter", b"[" * 100_000, 400),
        ("POST", f"{RUNS}/statistics", b"", 400),
        ("POST", f"{RUNS}/statistics?groupTimeBy=Decade", b"", 400),
        ("DELETE", f"{RUNS}/{NOWHERE}", b"", 404),
        ("GET", "/nowhere", b"", 404),
    ],
)
async def test_a_bad_question_is_refused(
    http: httpx.AsyncClient, method: str, path: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/xml"} if body.startswith(b"<") else {}
    answer = await http.request(method, path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize("key", ["", "wrong", "ä".encode().decode("latin-1")])
async def test_a_wrong_key_is_refused(http: httpx.AsyncClient, key: str) -> None:
    headers = httpx.Headers({b"X-API-Key": key.encode("latin-1")})
    assert (await http.get(f"{ROOT}/users/me", headers=headers)).status_code == 401


async def test_the_public_settings_need_no_key(vendor: SmartFlowsVendor) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        assert (await http.get(f"{vendor.url}{ROOT}/settings/public")).status_code == 200


@pytest.mark.parametrize("status", ["409", "400", "200"])
async def test_an_answer_nobody_asked_for_changes_nothing(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, status: str
) -> None:
    vendor.set_switch("answer_unasked", status)
    run = launch(vendor)
    answer = await http.post(f"{RUNS}/{run.id}/progress", json={})
    assert (str(answer.status_code), run.status) == (status, RUNNING)


async def test_statistics_can_be_missing(vendor: SmartFlowsVendor, http: httpx.AsyncClient) -> None:
    vendor.set_switch("no_statistics", value=True)
    assert (await http.post(f"{RUNS}/statistics?groupTimeBy=Day")).status_code == 404
