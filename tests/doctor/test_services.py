"""What the doctor says of each service, by one harmless call."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assembly.features import load_settings
from bot.config import with_environment
from bot.fieldreports.client.session import Tokens
from bot.fieldreports.sessions import Sessions
from bot.fieldreports.settings import SaferMeSettings
from bot.store.credentials import CredentialStore
from bot.store.leases import Leases
from bot.store.secret_keys import SecretKeys
from bot.store.sqlite import SqliteDatabase
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.world import World
from tests.doctor.conftest import Doctor

KEYS = {
    "momoflow": "MOMOFLOW_API_KEY",
    "smartflows": "SMARTFLOWS_API_KEY",
    "flowapp": "FLOWAPP_API_SECRET",
    "giosg": "GIOSG_API_TOKEN",
    "saferme": "SAFERME_PASSWORD",
}


@pytest.mark.parametrize(("name", "variable"), KEYS.items())
async def test_a_key_that_is_refused_is_named_with_its_variable(
    doctor: Doctor, name: str, variable: str
) -> None:
    found = (await doctor(**{variable: "hunter2-key"}))[f"services.{name}"]

    assert found["state"] == "fail"
    assert "rejects the key" in found["about"]
    assert variable in found["mend"]
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(("name", "variable"), KEYS.items())
async def test_a_service_without_a_key_is_skipped(doctor: Doctor, name: str, variable: str) -> None:
    found = (await doctor(**{variable: ""}))[f"services.{name}"]

    assert found["state"] == "skipped"
    assert "is off" in found["about"]


async def test_a_service_that_is_away_is_told_with_where_it_is_looked_for(doctor: Doctor) -> None:
    found = (await doctor(FLOWAPP_BASE_URL="https://127.0.0.1:9"))["services.flowapp"]

    assert (found["state"], found["about"]) == ("fail", "FLOW isn't responding.")
    assert "FLOWAPP_BASE_URL" in found["mend"]


async def test_what_is_not_the_service_is_told_apart(world: World, doctor: Doctor) -> None:
    other = world.vendors.of(FlowAppVendor).url
    found = (await doctor(MOMOFLOW_BASE_URL=other))["services.momoflow"]

    assert found["state"] == "fail"
    assert "What answers there is not MomoFlow" in found["about"]
    assert found["mend"] == "Check MOMOFLOW_BASE_URL."


async def test_a_service_that_is_busy_with_us_is_a_warning(world: World, doctor: Doctor) -> None:
    world.vendors.of(FlowAppVendor).set_switch("answer_429", 1)
    found = (await doctor())["services.flowapp"]

    assert (found["state"], found["about"]) == ("warn", "FLOW's rate limit is used up.")


async def test_a_key_with_too_few_rights_is_a_warning(world: World, doctor: Doctor) -> None:
    world.vendors.of(SmartFlowsVendor).set_switch("own_only", value=True)
    found = (await doctor())["services.smartflows"]

    assert found["state"] == "warn"
    assert "sees only the runs of its own account" in found["about"]


async def test_a_locked_account_is_told_in_the_words_of_its_service(
    world: World, doctor: Doctor
) -> None:
    world.vendors.of(SaferMeVendor).set_switch("account_locked", value=True)
    found = (await doctor())["services.saferme"]

    assert found["state"] == "fail"
    assert "SaferMe has locked the account" in found["about"]


async def test_a_pair_that_saferme_has_replaced_is_tried_and_not_the_one_of_the_settings(
    world: World, doctor: Doctor, tmp_path: Path
) -> None:
    sessions = world.vendors.of(SaferMeVendor).sessions
    first = sessions.begin()
    given = {
        "SAFERME_EMAIL": "",
        "SAFERME_PASSWORD": "",
        "SAFERME_ACCESS_TOKEN": first.access,
        "SAFERME_REFRESH_TOKEN": first.refresh,
    }
    second = sessions.refresh(first.access, first.refresh)
    assert second is not None
    assert (await doctor(**given))["services.saferme"]["state"] == "fail"

    environment = {**world.environment, **given}
    settings = with_environment(load_settings(), environment).of(SaferMeSettings)
    database = await SqliteDatabase.open(f"{tmp_path}/flowbot.db")
    store = CredentialStore(database.of("T1"), SecretKeys(None))
    tokens = Tokens(SecretStr(second.access), SecretStr(second.refresh))
    await Sessions(Leases(database), store, settings, world.clock).keep(tokens)
    await database.close()

    assert (await doctor(**given))["services.saferme"]["state"] == "pass"
    assert sessions.refresh(second.access, second.refresh) is not None
