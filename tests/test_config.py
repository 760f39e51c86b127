"""Settings: read once, checked, and explained without ever being shown."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.assembly.features import blocks, load_settings
from bot.config import SettingsError, variable_of, variables, with_values
from bot.config.own import NEW_KEY, GeneralSettings, SlackSettings
from bot.training.settings import MomoFlowSettings
from tests.vendors import SECRETS, VENDOR_SECRETS

TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-1-not-a-token",
    "SLACK_SIGNING_SECRET": "not-a-secret",
}
OWN_URLS = ("SLACK_API_URL", "DATABASE_URL", "AGENT_MODEL_URL")
SECRET_ENDINGS = ("_TOKEN", "_SECRET", "_KEY", "_PASSWORD")
NO_ROOTS = (
    *("hunter2", "http://hunter2.example", "https://hunter2.example/v1"),
    *("https://user:hunter2@api.giosg.com", "https://service.giosg.com/?key=hunter2"),
    "https://api.safer.me:hunter2",
)
ADDRESSES = [name for name in variables(blocks()) if name.endswith("_URL") and name not in OWN_URLS]
WRONG = {
    **dict.fromkeys(ADDRESSES, (NO_ROOTS[1], "a host root such as https://")),
    "SAFERME_TEAM_ID": ("hunter2", "number of the SaferMe team"),
    "SLACK_BOT_TOKEN": ("hunter2", "xoxb-"),
    "SLACK_APP_TOKEN": ("hunter2", "xapp-"),
    "SLACK_API_URL": ("hunter2", "https://slack.com/api"),
    "DATABASE_URL": ("mysql://hunter2@db", "sqlite:///flowbot.db"),
    "SECRET_KEYS": ("hunter2", "python -c 'from cryptography.fernet import Fernet"),
    "PORT": ("70000", "a port from 1 to 65535"),
    "TIMEZONE": ("Mars/Base", "Europe/Berlin"),
    "LOG_LEVEL": ("hunter2", "debug, info, warning, error"),
    "LOG_FORMAT": ("hunter2", "text or json"),
    "IN_DOUBT": ("hunter2", "resend or hold"),
}
KEY = "aHVudGVyMi1odW50ZXIyLWh1bnRlcjItaHVudGVyMi0="
ADDRESS = {"SMARTFLOWS_BASE_URL": "https://flows.example.com"}
NEEDS = {
    variable_of(block, name): variable_of(block, needed)
    for block in blocks().values()
    for name, needed in block.needs.items()
}
USEFUL = {name: ADDRESS.get(name, "somebody@example.com") for name in NEEDS.values()}


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with no variable of ours set."""
    for name in variables(blocks()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_with_nothing_set_everything_has_a_default() -> None:
    settings = load_settings()

    assert settings.general.database_url == "sqlite:///flowbot.db"
    assert settings.general.port == 3000
    assert settings.general.timezone == "UTC"
    assert settings.slack.api_url == "https://slack.com/api"
    assert not settings.has_slack
    assert not settings.has_vendor


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_with_what_it_should_look_like_and_never_shown(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, expected = WRONG[name]
    monkeypatch.setenv(name, value)

    said = refusal()
    assert said.startswith(f"{name} should be ")
    assert expected in said
    assert "hunter2" not in said
    assert value not in said


@pytest.mark.parametrize("value", NO_ROOTS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_that_is_no_host_root_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert refusal() == f"{name} should be {variables(blocks())[name]}."


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, (value, _) in WRONG.items():
        monkeypatch.setenv(name, value)

    named = {line.split(" ")[0] for line in refusal().splitlines()}
    assert named == set(WRONG)


@pytest.mark.parametrize("name", sorted(variables(blocks())))
def test_an_empty_value_counts_as_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")

    assert load_settings() == load_settings()
    assert not load_settings().has_slack


def test_values_are_read_from_a_file_named_dot_env(surroundings: Path) -> None:
    lines = [f"{name}={value}" for name, value in {**TOKENS, "PORT": "8080"}.items()]
    (surroundings / ".env").write_text("\n".join(lines), encoding="utf-8")

    settings = load_settings()
    assert settings.general.port == 8080
    assert settings.slack.bot_token is not None
    assert settings.slack.bot_token.get_secret_value() == TOKENS["SLACK_BOT_TOKEN"]


def test_the_environment_counts_more_than_the_file(
    surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (surroundings / ".env").write_text("PORT=8080\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9090")

    assert load_settings().general.port == 9090


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PORT=0\nTIMEZONE Europe/Berlin\n=x\n", ("Line 2 of .env", "Line 3 of .env")),
        (b"PORT=0\nOWNER='U1\n", ("Line 2 of .env",)),
        (b"\xff\xfeP\x00", ("The file .env cannot be read: it is no text in UTF-8",)),
    ],
    ids=["no settings", "no end of a quotation", "no text"],
)
def test_a_broken_file_is_said_by_its_lines(
    surroundings: Path, content: bytes, said: tuple[str, ...]
) -> None:
    (surroundings / ".env").write_bytes(content)

    lines = refusal().splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(beginning) for line, beginning in zip(lines, said, strict=True))


def test_comments_and_exports_are_no_mistakes(surroundings: Path) -> None:
    (surroundings / ".env").write_text("# mine\n\nexport PORT=8080\nOWNER='U 1' # me\n", "utf-8")

    assert load_settings().general.port == 8080


@pytest.mark.parametrize(
    ("name", "value", "fine"),
    [
        ("HTTPS_PROXY", "hunter2", "http://proxy.example.com:3128"),
        ("https_proxy", "socks5://hunter2:1080", "http://user:secret@127.0.0.1:3128"),
        ("ALL_PROXY", "http://hunter2:port", ""),
        ("SSL_CERT_FILE", "/hunter2.pem", "here.pem"),
        ("SSL_CERT_DIR", "/hunter2", "."),
    ],
)
def test_what_would_break_all_connections_is_named_and_never_shown(
    surroundings: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, fine: str
) -> None:
    (surroundings / "here.pem").touch()
    monkeypatch.setenv(name, value)
    said = refusal()
    assert said.startswith(f"{name} should be ")
    assert "hunter2" not in said

    monkeypatch.setenv(name, fine)
    assert load_settings()


@pytest.mark.parametrize("name", NEEDS)
def test_what_is_of_no_use_alone_is_named_with_what_is_missing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "hunter2")

    assert refusal() == f"{NEEDS[name]} is missing: {name} is of no use without it. Set both."


def test_what_the_file_holds_for_others_is_no_mistake(surroundings: Path) -> None:
    (surroundings / ".env").write_text("SOMETHING_ELSE=1\n", encoding="utf-8")

    assert load_settings().general.port == 3000


def test_a_secret_is_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        name: f"{'xapp-' if name == 'SLACK_APP_TOKEN' else 'xoxb-'}hunter2" for name in SECRETS
    }
    named = [name for name in variables(blocks()) if name.endswith(SECRET_ENDINGS)]
    keys = {"SLACK_CLIENT_ID": "1.2", "SECRET_KEYS": Fernet.generate_key().decode()}
    for name, value in {**USEFUL, **keys, **secrets}.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()
    assert set(named) <= set(secrets)
    assert "hunter2" not in f"{settings!r} {settings}"


def test_keys_may_have_spaces_and_are_not_shown_when_settings_are_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEYS", f"{KEY} , {KEY},")

    settings = load_settings()
    assert settings.general.secret_keys is not None
    assert settings.general.secret_keys.get_secret_value() == f"{KEY},{KEY}"
    assert KEY not in f"{settings!r} {settings}"


def test_the_command_that_makes_a_key_makes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    _, *script = shlex.split(NEW_KEY)
    made = subprocess.run(  # noqa: S603  # ours
        [sys.executable, *script], check=True, capture_output=True, text=True
    )
    monkeypatch.setenv("SECRET_KEYS", made.stdout.strip())

    assert load_settings().general.secret_keys is not None


@pytest.mark.parametrize("wrong", [",", KEY[:-2], f"{KEY},hunter2", f"{KEY} {KEY}", "\N{SNOWMAN}"])
def test_a_key_that_is_none_is_refused_with_how_to_make_one(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEYS", wrong)

    should = variables(blocks())["SECRET_KEYS"]
    assert refusal() == f"SECRET_KEYS should be {should}."
    assert NEW_KEY in should


def test_an_app_token_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-hunter2")

    assert refusal().startswith("SLACK_BOT_TOKEN is missing")


def test_over_http_a_signing_secret_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hunter2")
    assert refusal().startswith("SLACK_SIGNING_SECRET is missing")

    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-hunter2")
    assert load_settings().has_slack


@pytest.mark.parametrize("value", ["Europe", "../../etc/passwd", "/etc/passwd", "UTC\x00"])
def test_a_zone_is_a_name_and_never_a_path(value: str) -> None:
    with pytest.raises(ValueError, match="timezone"):
        with_values(load_settings(), general={"timezone": value})


@pytest.mark.parametrize(
    ("given", "root"),
    [
        ("https://momoflow.example/", "https://momoflow.example"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://localhost:8001/", "http://localhost:8001"),
        ("http://[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_a_host_root_is_https_or_this_machine(
    given: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOMOFLOW_BASE_URL", given)

    assert load_settings().of(MomoFlowSettings).base_url == root


def test_lists_may_have_spaces_and_stray_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIGNERS", " U1, ,U2 ,")

    assert load_settings().general.assigners == "U1,U2"


@pytest.mark.parametrize("name", VENDOR_SECRETS)
def test_a_credential_switches_its_vendor_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each, value in {**USEFUL, name: "hunter2"}.items():
        monkeypatch.setenv(each, value)

    assert load_settings().has_vendor


def test_values_given_by_the_program_are_checked_too() -> None:
    with pytest.raises(ValueError, match="port"):
        with_values(load_settings(), general={"port": 70_000})


def test_every_setting_says_what_it_should_look_like() -> None:
    count = len(SlackSettings.model_fields) + len(GeneralSettings.model_fields)
    count += sum(len(block.model_fields) for block in blocks().values())
    assert len(variables(blocks())) == count
    for name, expected in variables(blocks()).items():
        assert expected, name


CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "hunter2"}


def test_half_a_client_lets_nobody_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CLIENT.items():
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError, match="belong together") as refusal:
            load_settings()
        assert "hunter2" not in str(refusal.value)
        monkeypatch.delenv(name)


def test_workspaces_that_install_need_keys_and_a_way_for_slack_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in CLIENT.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert "SECRET_KEYS is missing" in str(refusal.value)
    assert "Fernet.generate_key" in str(refusal.value)
    assert "SLACK_SIGNING_SECRET is missing" in str(refusal.value)


def test_a_client_alone_is_a_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {"SECRET_KEYS": Fernet.generate_key().decode(), "SLACK_SIGNING_SECRET": "s"}
    for name, value in {**CLIENT, **more, "WORKSPACES": "T1, E2,"}.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()

    assert settings.has_slack
    assert settings.general.workspaces == "T1,E2"


@pytest.mark.parametrize("value", ["Second Works", "t1", "U1", "T1;T2"])
def test_a_workspace_that_is_no_id_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSPACES", value)
    with pytest.raises(SettingsError, match="WORKSPACES should be the ids"):
        load_settings()
