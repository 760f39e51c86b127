"""The manifests for Kubernetes: probes, limits and rights, and that all of it fits together."""

from typing import Any

import pytest
import yaml

from bot.assembly.features import blocks
from bot.config import variables
from tests.surface import ROOT
from tools.dockerfile import FILE, stages

TEXT = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
KINDS: dict[str, list[dict[str, Any]]] = {}
for _each in yaml.safe_load_all(TEXT):
    KINDS.setdefault(_each["kind"], []).append(_each)
PODS = {each["metadata"]["name"]: each["spec"]["template"] for each in KINDS["Deployment"]}
CONTAINERS = {
    f"{name} {each['name']}": each
    for name, pod in PODS.items()
    for each in (*pod["spec"]["initContainers"], *pod["spec"]["containers"])
}
IMAGE = stages(FILE.read_text(encoding="utf-8"))[-1]


def test_there_are_two_of_each_and_one_stays_while_nodes_are_emptied() -> None:
    assert sorted(PODS) == ["flowbot-web", "flowbot-worker"]
    assert [each["spec"]["replicas"] for each in KINDS["Deployment"]] == [2, 2]
    kept = {each["metadata"]["name"]: each["spec"] for each in KINDS["PodDisruptionBudget"]}
    assert sorted(kept) == sorted(PODS)
    for name, spec in kept.items():
        assert spec["minAvailable"] == 1
        assert spec["selector"]["matchLabels"] == PODS[name]["metadata"]["labels"]


@pytest.mark.parametrize("name", PODS)
def test_no_pod_is_root_or_speaks_with_the_cluster(name: str) -> None:
    spec = PODS[name]["spec"]
    user = IMAGE.one("USER").text.partition(":")[0]

    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert str(spec["securityContext"]["runAsUser"]) == user
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}


@pytest.mark.parametrize("name", CONTAINERS)
def test_each_container_has_limits_and_no_rights(name: str) -> None:
    container = CONTAINERS[name]
    context = container["securityContext"]

    assert context["allowPrivilegeEscalation"] is False
    assert context["readOnlyRootFilesystem"] is True
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]
    assert set(container["resources"]["requests"]) == {"cpu", "memory"}
    assert container["volumeMounts"] == [{"name": "temporary", "mountPath": "/tmp"}]  # noqa: S108
    assert not container["image"].endswith(":latest")


@pytest.mark.parametrize("name", PODS)
def test_the_schema_comes_first_and_the_probes_are_answered(name: str) -> None:
    [first] = PODS[name]["spec"]["initContainers"]
    [container] = PODS[name]["spec"]["containers"]
    ports = {each["name"]: str(each["containerPort"]) for each in container["ports"]}
    own = {each["name"]: each["value"] for each in container["env"]}
    paths = {each: container[f"{each}Probe"]["httpGet"] for each in ("startup", "liveness")}

    assert first["args"] == ["migrate"]
    assert container["args"] == [name.removeprefix("flowbot-")]
    assert ports["metrics"] == own["METRICS_PORT"]
    assert ports.get("http") == own.get("PORT")
    assert set(map(str, paths.values())) == {str({"path": "/healthz", "port": "metrics"})}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "metrics"}


@pytest.mark.parametrize("name", CONTAINERS)
def test_secrets_are_named_and_never_written_here(name: str) -> None:
    container = CONTAINERS[name]
    own = {each["name"]: each["value"] for each in container.get("env", ())}

    assert container["envFrom"] == [{"secretRef": {"name": "flowbot"}}]
    assert set(own) <= set(variables(blocks()))
    assert {own[each] for each in own if each.endswith("_HOST")} <= {"0.0.0.0"}  # noqa: S104
    assert "Secret" not in KINDS


def test_the_service_leads_to_the_webs() -> None:
    [service] = KINDS["Service"]
    labels = PODS["flowbot-web"]["metadata"]["labels"]
    [port] = service["spec"]["ports"]

    assert service["spec"]["selector"] == labels
    [container] = PODS["flowbot-web"]["spec"]["containers"]
    assert container["lifecycle"]["preStop"]["exec"]["command"][0] == "python"
    assert port["targetPort"] in [each["name"] for each in container["ports"]]
    assert IMAGE.one("EXPOSE").text in [str(each["containerPort"]) for each in container["ports"]]
