"""The settings of giosg: a credential and where to reach it."""

from pydantic import Field, SecretStr

from bot.config.values import ROOT, HostRoot, VendorSettings, environment


class GiosgSettings(VendorSettings):
    """Website workflows."""

    model_config = environment("GIOSG_")

    api_token: SecretStr | None = Field(None, description="an API token of the giosg account")
    base_url: HostRoot = Field(
        "https://api.giosg.com", description=ROOT.format("https://api.giosg.com")
    )
    service_url: HostRoot = Field(
        "https://service.giosg.com", description=ROOT.format("https://service.giosg.com")
    )
