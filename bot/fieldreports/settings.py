"""The settings of SaferMe: a credential and where to reach it."""

from pydantic import Field, SecretStr

from bot.config.values import ROOT, HostRoot, VendorSettings, Words, environment


class SaferMeSettings(VendorSettings):
    """Field reports. Either the e-mail address and the password, or both tokens."""

    model_config = environment("SAFERME_")
    needs = {"password": "email", "refresh_token": "access_token"}  # noqa: RUF012  # ClassVar above

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
