from bot.rendering.help import analytics_help, flow_help, report_help, run_help
from tests.rendering.snapshots import as_json, expected


def test_flow_help_shows_reports_and_digests_by_example() -> None:
    rendered = flow_help()
    assert as_json(rendered) == expected("help_flow", rendered)


def test_report_help_shows_questions_names_and_assigning_by_example() -> None:
    rendered = report_help()
    assert as_json(rendered) == expected("help_report", rendered)


def test_run_help_shows_runs_and_watches_by_example() -> None:
    rendered = run_help()
    assert as_json(rendered) == expected("help_run", rendered)


def test_analytics_help_shows_figures_and_channels_by_example() -> None:
    rendered = analytics_help()
    assert as_json(rendered) == expected("help_analytics", rendered)
