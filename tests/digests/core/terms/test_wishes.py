"""What may be wished of a digest, as it is typed."""

import pytest

from bot.asking.core.retyping import RetypeError
from bot.asking.core.terms_words import terms_words
from bot.asking.terms import Comparison, QuietHours, Terms, Threshold
from bot.assembly.features import kinds_of
from bot.digests.core.command import parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.errors import UserError

KINDS = kinds_of()
BELOW_80 = Threshold("completion", Comparison.BELOW, 80, margin=2, percent=True)


def order(text: str) -> Subscribe:
    parsed = parse_flow(f"subscribe {text}", KINDS)
    assert isinstance(parsed, Subscribe)
    return parsed


def terms(text: str, about: str = "report onboarding") -> Terms:
    return order(f"{about} weekdays 9am {text}").terms


@pytest.mark.parametrize(
    "text",
    [
        "only if completion < 80%",
        "only if completion &lt; 80%",
        "only if completion&lt;80%",
        "only if the completion is below 80",
        "Only If Completion drops below 80 percent.",
        "but only when completion falls below 80 %",
        "if completion is less than 80%",
        "unless completion is at least 80%",
        "completion < 80%",
    ],
)
def test_one_condition_is_typed_in_many_ways(text: str) -> None:
    assert terms(text).only_if == BELOW_80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only if overdue > 5", Threshold("overdue", Comparison.ABOVE, 5)),
        ("only if more than 5 people are overdue", Threshold("overdue", Comparison.ABOVE, 5)),
        ("only if anyone is overdue", Threshold("overdue", Comparison.ABOVE, 0)),
        ("only if in progress >= 1,000", Threshold("in progress", Comparison.AT_LEAST, 1000, 50)),
        ("only if completed <= 40", Threshold("completed", Comparison.AT_MOST, 40, 2)),
        ("each time overdue > 5", Threshold("overdue", Comparison.ABOVE, 5, every=True)),
        (
            "only if completion < 99% margin 5",
            Threshold("completion", Comparison.BELOW, 99, 1, percent=True),
        ),
    ],
)
def test_figures_values_and_margins(text: str, expected: Threshold) -> None:
    assert terms(text).only_if == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only if changed", Terms(only_changed=True)),
        ("only when something has changed", Terms(only_changed=True)),
        ("unless nothing changed", Terms(only_changed=True)),
        ("without file", Terms(attach=False)),
        ("with its file", Terms(attach=True)),
        ("quiet 22-7", Terms(quiet=QuietHours("22:00", "07:00"))),
        (
            "quiet hours from 10pm to 7:30 on weekends",
            Terms(quiet=QuietHours("22:00", "07:30", (6, 0))),
        ),
        ("except holidays GB", Terms(holidays="GB")),
        ("not on public holidays in Bavaria", Terms(holidays="DE-BY")),
        (
            "Europe/Berlin only if changed quiet 22-7 and except holidays Germany",
            Terms(only_changed=True, quiet=QuietHours("22:00", "07:00"), holidays="DE"),
        ),
    ],
)
def test_other_wishes(text: str, expected: Terms) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('only flows "on*" !"*test*"', ("on*", "!*test*")),
        ("only flows on* and safe*", ("on*", "safe*")),
        ("without flows *test*", ("!*test*",)),
    ],
)
def test_parts_are_chosen_by_patterns(text: str, parts: tuple[str, ...]) -> None:
    assert terms(text, "report all").parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "report onboarding only if overdue > 3 weekdays 9am",
        "report onboarding weekdays 9am only if overdue > 3 Europe/Berlin",
        "report onboarding weekdays only if overdue > 3 9am",
    ],
)
def test_a_wish_stands_anywhere_after_the_subject(text: str) -> None:
    assert order(text).terms.only_if == Threshold("overdue", Comparison.ABOVE, 3)


@pytest.mark.parametrize("name", ["quiet hours", '"only if"', '"no file"', "onboarding if new"])
def test_a_name_is_no_wish(name: str) -> None:
    assert order(f"report {name} weekdays 9am").terms == Terms()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("only if satisfaction < 80%", "A condition can be on completion, completed, assigned"),
        ("only if overdue < lots", 'I can\'t read "lots" as a number such as 5.'),
        ("only if overdue > -5", 'I can\'t read "-5" as a number'),
        ("only if overdue > 5%", "Overdue is a count, not a percentage: leave out %."),
        ("only if completion < 0.8", "Did you mean 80%?"),
        ("only if completion > 100%", "Completion is never > 100%."),
        ("only if overdue >= 0", "Overdue is always >= 0."),
        ("only if foo", 'I can\'t read "only if foo" as a condition.'),
        ("only if overdue > 1 only if completion < 5%", "One condition on a figure at a time."),
        ("unless changed", "Did you mean only if changed?"),
        ("except holidays", "Holidays of which country?"),
        ("except holidays Atlantis", "Holidays of which country?"),
        ("quiet 7-7", "Quiet hours from 07:00 to 07:00 are none."),
        ("quiet 22-7 on holidays", "Quiet hours are on weekdays, weekends or days"),
        ('only flows "on*"', "There are no flows to choose from in this answer."),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        terms(text)
    assert said in str(refused.value)


def test_a_figure_that_is_misspelt_is_put_right_by_a_button() -> None:
    with pytest.raises(RetypeError) as refused:
        terms("only if overdeu > 5")
    assert [each.typed for each in refused.value.corrections] == ["overdue"]


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("events week", "only if events > 2"),
        ("events registrations fire-safety", "only if registrations > 50"),
        ("events summary fire-safety", "only if attendance < 50%"),
        ("runs all", "only if failure rate > 10%"),
        ("runs list failed", "only if runs > 0"),
        ("export checkout step 2", "only if events > 100"),
        ("export checkout counts", "only if visitors > 100"),
        ("analytics site summary", "only if reports < 3"),
        ("analytics site reads", "only if reads > 3"),
    ],
)
def test_each_kind_has_figures(about: str, text: str) -> None:
    assert terms(text, about).only_if is not None


def test_the_words_of_a_condition_can_be_typed_again() -> None:
    for wish in ("only if completion < 80%", "only if overdue >= 5", "each time overdue > 5"):
        found = terms(wish)
        assert terms(" ".join(terms_words(found))) == found
