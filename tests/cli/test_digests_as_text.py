"""`flowbot digests`: what channels have as text, for git and CI."""

from pathlib import Path

from tests.cli.conftest import Typed

TWO_CHANNELS = """\
channel: CTRAIN
digests:
- what: report flow_onb001 overdue
  when: every weekday at 09:00
  zone: Europe/Berlin
---
channel: CFIELD
digests:
- what: report flow_gdpr01
  when: every day at 10:00
  zone: Europe/Berlin
  terms:
  - only if changed
"""
ADA = ("--owner", "UADA")


def written(folder: Path, text: str) -> str:
    path = folder / "digests.yml"
    path.write_text(text, encoding="utf-8")
    return str(path)


async def test_what_was_applied_is_exported_again(
    typed: Typed, settings: dict[str, str], tmp_path: Path
) -> None:
    file = written(tmp_path, TWO_CHANNELS)
    code, out, err = await typed("digests", "apply", file, *ADA, settings=settings)
    assert code == 0, err
    assert "CTRAIN: 1 new" in out
    assert "  + " in out

    code, out, _ = await typed("digests", "export", settings=settings)
    assert code == 0
    assert out.count("channel: ") == 2
    again = written(tmp_path, out)
    code, out, err = await typed("digests", "apply", again, settings=settings)
    assert code == 0, err
    assert out == "CFIELD: 1 as they are\nCTRAIN: 1 as they are\n"


async def test_a_dry_run_changes_nothing(
    typed: Typed, settings: dict[str, str], tmp_path: Path
) -> None:
    file = written(tmp_path, TWO_CHANNELS)
    code, out, _ = await typed("digests", "apply", file, "--dry-run", *ADA, settings=settings)
    assert code == 0
    assert "CFIELD: 1 new" in out
    assert out.endswith("Nothing was changed: this was a dry run.\n")

    _, out, _ = await typed("digests", "export", settings=settings)
    assert out == ""


async def test_all_of_it_or_nothing(typed: Typed, settings: dict[str, str], tmp_path: Path) -> None:
    many = "".join(
        f"- what: report flow_gdpr01 last-{number + 1}d\n  when: every day at 10:00\n"
        for number in range(51)
    )
    file = written(tmp_path, f"{TWO_CHANNELS}---\nchannel: CGENERAL\ndigests:\n{many}")
    code, _, err = await typed("digests", "apply", file, *ADA, settings=settings)
    assert code == 1
    assert "A channel has 50 digests at most, so nothing was changed." in err

    _, out, _ = await typed("digests", "export", settings=settings)
    assert out == ""


async def test_what_only_a_channel_has_is_stopped_on_request(
    typed: Typed, settings: dict[str, str], tmp_path: Path
) -> None:
    await typed("digests", "apply", written(tmp_path, TWO_CHANNELS), *ADA, settings=settings)
    file = written(tmp_path, "channel: CTRAIN\n")
    _, out, _ = await typed("digests", "apply", file, settings=settings)
    assert "(kept: --stop-others stops it)" in out

    code, out, _ = await typed("digests", "apply", file, "--stop-others", settings=settings)
    assert code == 0
    _, out, _ = await typed("digests", "export", "CTRAIN", settings=settings)
    assert "what:" not in out


async def test_faults_are_told_with_their_place(
    typed: Typed, settings: dict[str, str], tmp_path: Path
) -> None:
    for text, told in (
        ("digests: [\n", "Line 2, column 1: This is no YAML here"),
        ("digests: []\n", "Line 1, column 1: Say of which channel this is"),
        ("channel: CSHARED\n", "Line 1, column 1: CSHARED: This channel is now shared"),
        ("channel: CNOSUCH\n", "Line 1, column 1: CNOSUCH: "),
        (TWO_CHANNELS.replace("weekday", "wekday"), "Line 4, column 9: "),
    ):
        code, _, err = await typed(
            "digests", "apply", written(tmp_path, text), *ADA, settings=settings
        )
        assert code == 1
        assert told in err


async def test_new_digests_have_an_owner_who_is_there(
    typed: Typed, settings: dict[str, str], tmp_path: Path
) -> None:
    file = written(tmp_path, TWO_CHANNELS)
    for more in ((), ("--owner", "UNOBODY")):
        code, _, err = await typed("digests", "apply", file, *more, settings=settings)
        assert code == 1
        assert "--owner U0123ABC" in err


async def test_without_slack_nothing_is_done(typed: Typed, tmp_path: Path) -> None:
    code, _, err = await typed("digests", "apply", written(tmp_path, TWO_CHANNELS))
    assert code == 1
    assert "SLACK_BOT_TOKEN" in err
