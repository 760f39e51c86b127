"""Words that people put around what they mean, and numbers in words."""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


FILLER: Final = word_set(
    """please pls plz thanks thank you hey here show me give get tell send post see view display
    i we us need want would like can could the a an for of in on about to from is are was were
    do does who what which when how with my our any all report reports status summary flow flows
    workflow workflows training form channel event webinar run start export data figures
    numbers list many much completion rate progress percentage"""
)
"""Words around a name that say nothing by themselves: who asks for "the onboarding flow"."""
GLUE: Final = word_set(
    """please pls plz thanks thank you and with as in for the of on from during over only just to
    me us now yet still is are was were who has have been that people everyone everybody those & , +
    at"""
)
"""Words between options that say nothing by themselves."""
COURTESY: Final = word_set("please pls plz thanks thank you now")
"""Words that may end a line and say nothing."""
GOING: Final = word_set("go going gone went doing looking")
"""Words that may end a question for how something is, and say nothing."""
ASKS: Final = word_set(
    """please pls who who's whos what what's whats which when show give get tell see list can could
    i we how is are everyone everybody anyone people"""
)
"""Words that begin a question before what it asks for."""
ASKING: Final = ASKS | word_set(
    """me us you the was were did has have many people everybody everyone all want need would like
    to know about hey"""
)
"""Words that may follow those, still before what is asked for."""
NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        1,
    )
}
