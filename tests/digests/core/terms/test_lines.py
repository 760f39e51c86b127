"""The lines for the terms of a digest are read as those terms again."""

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.terms import Comparison, QuietHours, Terms, Threshold
from bot.assembly.features import kinds_of
from bot.digests.core.command import parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.digests.core.terms.lines import wish_lines
from bot.digests.core.terms.wished import texts_of

KINDS = kinds_of()
NAMES = (
    st.text("abcdefgh ij", min_size=1, max_size=12)
    .map(lambda name: " ".join(name.split()))
    .filter(bool)
)
CONDITIONS = st.builds(
    Threshold,
    st.just("completion"),
    st.sampled_from(Comparison),
    st.integers(5, 90).map(float),
    st.sampled_from((0.0, 2.0, 2.5)),
    st.just(True),  # noqa: FBT003  # of a percentage
    st.booleans(),
)
CLOCKS = st.sampled_from(("00:00", "06:30", "07:00", "21:59", "22:00"))
QUIET = st.builds(
    QuietHours, CLOCKS, CLOCKS, st.sampled_from(((), (0, 6), (1, 2, 3, 4, 5), (3,)))
).filter(lambda quiet: quiet.begins != quiet.ends)
TERMS = st.builds(
    Terms,
    st.booleans(),
    st.none() | CONDITIONS,
    st.lists(NAMES.map("{}*".format) | NAMES.map("!*{}*".format), max_size=3).map(tuple),
    st.none() | st.booleans(),
    st.none() | QUIET,
    st.sampled_from(("", "GB", "DE-BE", "US-CA")),
)


@given(TERMS)
def test_what_is_written_of_terms_is_read_as_those(terms: Terms) -> None:
    lines = " ".join(wish_lines(terms, "flow"))
    parsed = parse_flow(f"subscribe report all weekdays 9:00 {lines}", KINDS)
    assert isinstance(parsed, Subscribe)
    assert parsed.terms == terms


def test_a_high_value_stands_in_the_form_as_it_can_be_typed() -> None:
    """It was 1.5e+06 there, which nobody types and nothing reads."""
    condition = Threshold("overdue", Comparison.ABOVE, 1_500_000)
    assert texts_of(Terms(only_if=condition)).only_if == "overdue > 1500000"
