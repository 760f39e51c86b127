"""The settings of Smart Flows: a credential and where to reach it."""

from pydantic import Field, SecretStr

from bot.config.values import ROOT, HostRoot, VendorSettings, environment


class SmartFlowsSettings(VendorSettings):
    """Documents. Each project has an address of its own, so both are needed."""

    model_config = environment("SMARTFLOWS_")
    needs = {"api_key": "base_url"}  # noqa: RUF012  # it is a ClassVar of the parent

    api_key: SecretStr | None = Field(None, description="the API key of the Smart Flows project")
    base_url: HostRoot | None = Field(
        None, description=ROOT.format("https://flows.example.com:8443")
    )
