"""The settings of each vendor: one block, a credential and where to reach it."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from bot.config.values import ROOT, HostRoot, Words, environment


class MomoFlowSettings(BaseSettings):
    """Training completion."""

    model_config = environment("MOMOFLOW_")

    api_key: SecretStr | None = Field(None, description="the secret key of the MomoFlow account")
    base_url: HostRoot = Field(
        "https://api.momoflow.com", description=ROOT.format("https://api.momoflow.com")
    )
    download_hosts: Words = Field(
        "", description="further hosts an export may be fetched from, separated by commas"
    )


class FlowAppSettings(BaseSettings):
    """Webinars."""

    model_config = environment("FLOWAPP_")

    api_secret: SecretStr | None = Field(None, description="the API secret of the FLOW account")
    base_url: HostRoot = Field(
        "https://prod.flowapp.com", description=ROOT.format("https://prod.flowapp.com")
    )


class GiosgSettings(BaseSettings):
    """Website workflow exports."""

    model_config = environment("GIOSG_")

    api_token: SecretStr | None = Field(None, description="an API token of the giosg account")
    base_url: HostRoot = Field(
        "https://api.giosg.com", description=ROOT.format("https://api.giosg.com")
    )
    service_url: HostRoot = Field(
        "https://service.giosg.com", description=ROOT.format("https://service.giosg.com")
    )


class SmartFlowsSettings(BaseSettings):
    """Document generation. The vendor has no common host: each project has its own."""

    model_config = environment("SMARTFLOWS_")

    api_key: SecretStr | None = Field(None, description="the API key of the Smart Flows project")
    base_url: HostRoot | None = Field(
        None, description=ROOT.format("https://flows.example.com:8443")
    )


class SaferMeSettings(BaseSettings):
    """Field-report analytics: an e-mail with password, or a pair of tokens."""

    model_config = environment("SAFERME_")

    email: str | None = Field(None, description="the e-mail address of the SaferMe account")
    password: SecretStr | None = Field(None, description="the password of the SaferMe account")
    access_token: SecretStr | None = Field(None, description="an access token of SaferMe")
    refresh_token: SecretStr | None = Field(None, description="the refresh token that goes with it")
    team_id: int | None = Field(None, description="the number of the SaferMe team, such as 7")
    base_url: HostRoot = Field(
        "https://api.safer.me", description=ROOT.format("https://api.safer.me")
    )
    download_hosts: Words = Field(
        "", description="further hosts a picture may be fetched from, separated by commas"
    )
