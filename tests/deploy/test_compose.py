"""compose.yaml: what starts after what, and what each container may do."""

import re
from typing import Any

import pytest
import yaml

from bot.assembly.features import blocks
from bot.cli.main import main
from bot.config import variables
from bot.config.own import GeneralSettings
from tests.surface import ROOT
from tools.dockerfile import FILE, stages

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSED: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSED["services"]
OURS = ["migrate", "web", "worker"]
KEYS = {
    *("build", "cap_drop", "command", "depends_on", "deploy", "env_file", "environment"),
    *("healthcheck", "image", "init", "logging", "networks", "ports", "read_only", "restart"),
    *("security_opt", "shm_size", "stop_grace_period", "stop_signal", "tmpfs", "volumes"),
}
"""What the services use of the Compose specification; a key that it does not have is refused."""


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_says_only_what_compose_knows(name: str) -> None:
    assert set(SERVICES[name]) <= KEYS
    assert set(COMPOSED) - {"name", "services", "networks", "volumes"} == {"x-flowbot"}
    assert set(SERVICES[name]["networks"]) <= set(COMPOSED["networks"])


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_pinned_and_kept_small(name: str) -> None:
    service = SERVICES[name]

    assert re.fullmatch(r"\w+:\d+\.\d+[.\w-]*", service["image"])
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert service["logging"]["options"]["max-size"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", OURS)
def test_what_is_ours_has_no_rights_and_no_secret_of_its_own(name: str) -> None:
    service = SERVICES[name]

    assert service["cap_drop"] == ["ALL"]
    assert service["env_file"] == ".env"
    assert set(service["environment"]) <= set(variables(blocks()))
    assert not re.search(r"xox[bap]-|PASSWORD: *\w", TEXT)


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_one_of_flowbots(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*SERVICES[name]["command"], "--help"])
    assert ended.value.code == 0
    assert SERVICES[name]["command"] == [name]
    assert name in capsys.readouterr().out


def test_the_database_comes_first_then_its_schema_then_the_rest() -> None:
    test = SERVICES["postgres"]["healthcheck"]["test"]
    assert test[:2] == ["CMD", "pg_isready"]
    assert "--host=127.0.0.1" in test
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    migrated = {"migrate": {"condition": "service_completed_successfully"}}
    assert [SERVICES[each]["depends_on"] for each in ("web", "worker")] == [migrated, migrated]
    assert SERVICES["worker"]["deploy"]["replicas"] == 2


def test_what_runs_on_is_started_again() -> None:
    restarts = {each: SERVICES[each]["restart"] for each in SERVICES if each != "migrate"}
    assert set(restarts.values()) == {"unless-stopped"}


def test_nobody_outside_reaches_the_database() -> None:
    assert COMPOSED["networks"]["database"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == ["database"]
    assert "ports" not in SERVICES["postgres"]


def test_the_web_process_is_reached_on_this_machine_alone() -> None:
    port = GeneralSettings.model_fields["port"].default
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert SERVICES["web"]["environment"]["PORT"] == str(port)
    assert [each for each in SERVICES if "ports" in SERVICES[each]] == ["web"]


def test_the_health_check_of_the_image_finds_the_port_of_health() -> None:
    [image] = [each.pairs for each in stages(FILE.read_text(encoding="utf-8"))[-1].all("ENV")]
    for each in ("web", "worker"):
        assert SERVICES[each]["environment"]["METRICS_PORT"] == image["METRICS_PORT"]
        assert "healthcheck" not in SERVICES[each]


def test_what_is_written_lies_on_a_disk_but_for_the_empty_volume() -> None:
    [volume] = stages(FILE.read_text(encoding="utf-8"))[-1].one("VOLUME").listed or []
    for each in (SERVICES[name] for name in OURS):
        assert [mount.partition(":")[0] for mount in each["tmpfs"]] == [volume]
        assert each["volumes"] == ["/tmp"]  # noqa: S108  # of the container
