import httpx
import pytest

from bot.http.addresses import TrustedHosts

LIVE = TrustedHosts.of("https://api.example.com", ["files.example.net", "cdn.example.net:8443", ""])
LOCAL = TrustedHosts.of("http://127.0.0.1:8080", ["127.0.0.1:9090"])


@pytest.mark.parametrize(
    ("url", "own", "trusted"),
    [
        ("https://api.example.com/f", True, True),
        ("https://API.example.com:443/f", True, True),
        ("http://api.example.com/f", False, False),
        ("http://api.example.com:443/f", False, False),
        ("https://api.example.com:8443/f", False, False),
        ("https://api.example.com.evil.example/f", False, False),
        ("https://api.example.com@evil.example/f", False, False),
        ("https://x:y@api.example.com/f", False, False),
        ("https://files.example.net/f", False, True),
        ("http://files.example.net/f", False, False),
        ("https://cdn.example.net:8443/f", False, True),
        ("https://cdn.example.net/f", False, False),
        ("https://sub.files.example.net/f", False, False),
        ("ftp://files.example.net:443/f", False, False),
    ],
)
def test_only_listed_hosts_are_trusted_and_only_the_own_with_the_secret(
    url: str, *, own: bool, trusted: bool
) -> None:
    address = httpx.URL(url)
    assert (LIVE.is_own(address), LIVE.trusts(address)) == (own, trusted)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [("http://127.0.0.1:9090/f", True), ("http://127.0.0.1:9091/f", False)],
)
def test_plain_http_is_trusted_where_the_base_itself_is_plain(url: str, *, trusted: bool) -> None:
    assert LOCAL.trusts(httpx.URL(url)) is trusted
