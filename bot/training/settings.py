"""The settings of MomoFlow: a credential and where to reach it."""

from pydantic import Field, SecretStr

from bot.config.values import ROOT, HostRoot, VendorSettings, Words, environment


class MomoFlowSettings(VendorSettings):
    """Training."""

    model_config = environment("MOMOFLOW_")

    api_key: SecretStr | None = Field(None, description="the secret key of the MomoFlow account")
    base_url: HostRoot = Field(
        "https://api.momoflow.com", description=ROOT.format("https://api.momoflow.com")
    )
    download_hosts: Words = Field(
        "", description="further hosts an export may be fetched from, separated by commas"
    )
