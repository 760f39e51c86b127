"""A credential is tried before it is kept: one harmless call, and what the vendor says to it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.assembly.features import FEATURES, load_settings
from bot.config import with_environment, with_values
from bot.config.values import VendorSettings
from bot.errors import Reason, VendorError
from bot.feature import Feature
from bot.http.service_check import ServiceCheck
from sandbox.clock import SandboxClock
from sandbox.vendors.base import Vendor
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.world import Vendors
from tests.stage import MONDAY

ALL = pytest.mark.parametrize("feature", FEATURES, ids=[each.name for each in FEATURES])
CALLS = {
    MomoFlowVendor: [("POST", "/v1/flows/report")],
    FlowAppVendor: [("GET", "/api/v1/events/sessions")],
    GiosgVendor: [("GET", "/api/v5/users/me")],
    SmartFlowsVendor: [("GET", "/api/v1/users/me"), ("GET", "/api/v1/system/license")],
    SaferMeVendor: [
        ("POST", "/api/v4/session"),
        ("GET", "/api/v4/session"),
        ("DELETE", "/api/v4/session"),
    ],
}
"""What a check asks, all of it on the vendors' own pages."""
NOBODY = "https://127.0.0.1:9"


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with Vendors(SandboxClock(MONDAY)) as vendors:
        yield vendors


def settings_of(vendors: Vendors, feature: Feature[Any], **values: Any) -> VendorSettings:
    """Return the settings of a feature that lead to its local vendor."""
    pointed = with_environment(load_settings(), vendors.environment)
    settings = with_values(pointed, **{feature.name: values}).of(feature.settings)
    assert isinstance(settings, VendorSettings)
    return settings


def wrong(feature: Feature[Any]) -> dict[str, SecretStr]:
    """Return other secrets than those that are set."""
    return {
        name: SecretStr("wrong-secret")
        for name in ("api_key", "api_secret", "api_token", "password")
        if name in feature.settings.model_fields
    }


async def tried(vendors: Vendors, feature: Feature[Any], **values: Any) -> ServiceCheck:
    return await feature.tried(settings_of(vendors, feature, **values), vendors.clock)


def asked(vendor: Vendor) -> list[tuple[str, str]]:
    return [(each.method, each.path) for each in vendor.calls]


def feature_of(name: str) -> Feature[Any]:
    return next(each for each in FEATURES if each.name == name)


@ALL
async def test_a_good_credential_is_told_with_documented_calls_alone(
    vendors: Vendors, feature: Feature[Any]
) -> None:
    found = await tried(vendors, feature)

    assert found.lacks == ()
    called = {type(each): asked(each) for each in vendors.all if each.calls}
    [(kind, calls)] = called.items()
    assert calls == CALLS[kind]


@ALL
async def test_a_wrong_credential_is_refused(vendors: Vendors, feature: Feature[Any]) -> None:
    with pytest.raises(VendorError) as refused:
        await tried(vendors, feature, **wrong(feature))

    assert (refused.value.vendor, refused.value.reason) == (feature.vendor, Reason.AUTH)
    assert "wrong-secret" not in refused.value.detail


@ALL
async def test_a_vendor_that_is_not_there_is_told_apart(
    vendors: Vendors, feature: Feature[Any]
) -> None:
    urls = {name: NOBODY for name in feature.settings.model_fields if name.endswith("_url")}
    with pytest.raises(VendorError) as away:
        await tried(vendors, feature, **urls)

    assert away.value.reason is Reason.UNAVAILABLE


@ALL
async def test_without_a_credential_it_is_off(vendors: Vendors, feature: Feature[Any]) -> None:
    with pytest.raises(VendorError) as off:
        await tried(vendors, feature, **dict.fromkeys(wrong(feature)))

    assert off.value.reason is Reason.OFF


async def test_a_host_that_is_not_the_vendor_is_no_good_key(vendors: Vendors) -> None:
    other = vendors.of(FlowAppVendor).url
    with pytest.raises(VendorError) as lost:
        await tried(vendors, feature_of("training"), base_url=other)

    assert lost.value.reason is Reason.NOT_FOUND


async def test_what_the_vendor_tells_is_kept(vendors: Vendors) -> None:
    giosg = await tried(vendors, feature_of("workflows"))
    smart = await tried(vendors, feature_of("runs"))
    safer = await tried(vendors, feature_of("fieldreports"))

    assert giosg.account == "Example & Söner Oy"
    assert (smart.account, smart.quota) == ("Flowbot", "Sandbox until 2030-01-01")
    assert safer.ends_at is not None
    assert safer.ends_at > MONDAY


async def test_a_key_with_too_few_rights_says_what_will_not_work(vendors: Vendors) -> None:
    smart = vendors.of(SmartFlowsVendor)
    smart.set_switch("own_only", value=True)
    smart.set_switch("license_over", value=True)

    found = await tried(vendors, feature_of("runs"))

    assert found.lacks == (
        "The key sees only the runs of its own account.",
        "The project's license has ended.",
    )


async def test_a_session_that_was_begun_to_try_an_account_is_ended(vendors: Vendors) -> None:
    saferme = vendors.of(SaferMeVendor)
    await tried(vendors, feature_of("fieldreports"))

    assert saferme.sessions.alive("Token token=smt_2a_sandbox-access-000001") is None


async def test_a_pair_of_tokens_that_is_tried_stays_alive(vendors: Vendors) -> None:
    saferme = vendors.of(SaferMeVendor)
    pair = saferme.sessions.begin()
    tokens = {"access_token": SecretStr(pair.access), "refresh_token": SecretStr(pair.refresh)}
    nobody = {"email": None, "password": None}

    await tried(vendors, feature_of("fieldreports"), **tokens, **nobody)
    saferme.sessions.expire()
    with pytest.raises(VendorError) as refused:
        await tried(vendors, feature_of("fieldreports"), **tokens, **nobody)

    assert refused.value.reason is Reason.AUTH
    assert saferme.sessions.refresh(pair.access, pair.refresh) is not None
