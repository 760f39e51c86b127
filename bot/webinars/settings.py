"""The settings of FLOW: a credential and where to reach it."""

from pydantic import Field, SecretStr

from bot.config.values import ROOT, HostRoot, VendorSettings, environment


class FlowAppSettings(VendorSettings):
    """Webinars."""

    model_config = environment("FLOWAPP_")

    api_secret: SecretStr | None = Field(None, description="the API secret of the FLOW account")
    base_url: HostRoot = Field(
        "https://prod.flowapp.com", description=ROOT.format("https://prod.flowapp.com")
    )
