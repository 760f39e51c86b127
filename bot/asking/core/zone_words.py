"""What people call time zones: abbreviations, cities that name no zone, and countries.

Babel's CLDR names were weighed: they know how to say a zone in many languages, but not Mumbai, nor
Saint Petersburg, nor that IST is three clocks, and are 30 MB. Countries come from the tables that
the tzdata package has anyway; the rest is this list. Two of the same clock are one zone here.
"""

from functools import cache
from importlib.resources import files
from typing import Final

SUMMER: Final = "with summer time"
SUMMERLESS: Final = "all year"

AMBIGUOUS: Final = {
    "ist": (
        ("India", "Asia/Kolkata"),
        ("Ireland", "Europe/Dublin"),
        ("Israel", "Asia/Jerusalem"),
    ),
    "bst": (("British time, London", "Europe/London"), ("Bangladesh", "Asia/Dhaka")),
    "cst": (
        ("US Central, Chicago", "America/Chicago"),
        ("China", "Asia/Shanghai"),
        ("Cuba", "America/Havana"),
    ),
    "est": (
        (f"New York, {SUMMER}", "America/New_York"),
        (f"UTC-5 {SUMMERLESS}", "Etc/GMT+5"),
    ),
    "mst": (
        (f"Denver, {SUMMER}", "America/Denver"),
        (f"Phoenix, UTC-7 {SUMMERLESS}", "America/Phoenix"),
    ),
    "gmt": ((f"London, {SUMMER}", "Europe/London"), (f"UTC {SUMMERLESS}", "UTC")),
    "ast": (
        (f"Halifax, {SUMMER}", "America/Halifax"),
        (f"Puerto Rico, {SUMMERLESS}", "America/Puerto_Rico"),
        ("Arabia, Riyadh", "Asia/Riyadh"),
    ),
    "acst": (
        (f"Adelaide, {SUMMER}", "Australia/Adelaide"),
        (f"Darwin, {SUMMERLESS}", "Australia/Darwin"),
    ),
    "birmingham": (("England", "Europe/London"), ("Alabama", "America/Chicago")),
    "portland": (("Oregon", "America/Los_Angeles"), ("Maine", "America/New_York")),
    "san jose": (("California", "America/Los_Angeles"), ("Costa Rica", "America/Costa_Rica")),
    "cambridge": (("England", "Europe/London"), ("Massachusetts", "America/New_York")),
    "georgia": (("the country", "Asia/Tbilisi"), ("the US state", "America/New_York")),
    "hyderabad": (("India", "Asia/Kolkata"), ("Pakistan", "Asia/Karachi")),
    "victoria": (("Australia", "Australia/Melbourne"), ("Canada", "America/Vancouver")),
    "valencia": (("Spain", "Europe/Madrid"), ("Venezuela", "America/Caracas")),
    "petersburg": (("Russia", "Europe/Moscow"), ("Indiana", "America/Indiana/Petersburg")),
}
"""Names of several clocks: what each button says, and the zone. Each is asked about."""

_NAMES: Final = {
    "America/New_York": "et|edt|eastern|us eastern|eastern us|eastern standard|eastern daylight|"
    "us east|east coast|boston|washington|washington dc|dc|atlanta|miami|philadelphia|orlando|"
    "charlotte|pittsburgh|baltimore|tampa|cleveland|cincinnati|raleigh|florida|new jersey|nyc|"
    "america/new york|new york city",
    "America/Chicago": "ct|cdt|us central|central us|central standard|central daylight|dallas|"
    "houston|austin|san antonio|minneapolis|st louis|saint louis|nashville|new orleans|"
    "kansas city|milwaukee|memphis|texas|illinois|minnesota|oklahoma city",
    "America/Denver": "mt|mdt|mountain|us mountain|mountain daylight|salt lake city|albuquerque|"
    "colorado|utah|colorado springs",
    "America/Los_Angeles": "pt|pst|pdt|us pacific|pacific us|pacific standard|pacific daylight|"
    "west coast|us west|san francisco|sf|la|seattle|san diego|las vegas|sacramento|california|"
    "oakland|silicon valley|palo alto",
    "America/Phoenix": "arizona|tucson",
    "America/Anchorage": "akst|akdt|alaska",
    "Pacific/Honolulu": "hst|hawaii",
    "America/Halifax": "adt|atlantic|nova scotia",
    "America/St_Johns": "nst|ndt|newfoundland",
    "America/Toronto": "ottawa|montreal|quebec|ontario",
    "America/Vancouver": "british columbia",
    "America/Edmonton": "calgary|alberta",
    "America/Mexico_City": "guadalajara|mexico|cdmx",
    "America/Sao_Paulo": "brt|rio|rio de janeiro|brasilia|belo horizonte",
    "America/Argentina/Buenos_Aires": "argentina",
    "America/Bogota": "medellin",
    "America/Santiago": "clt|clst|chile",
    "Europe/London": "uk|england|scotland|wales|britain|great britain|united kingdom|british|"
    "manchester|edinburgh|glasgow|liverpool|leeds|bristol|cardiff|belfast|oxford|british summer|"
    "northern ireland",
    "Europe/Dublin": "irish|cork|galway",
    "Europe/Berlin": "german|germany|munich|münchen|hamburg|frankfurt|cologne|köln|stuttgart|"
    "düsseldorf|dusseldorf|leipzig|dresden|hannover|hanover|nuremberg|nürnberg|bremen|essen|"
    "dortmund|bonn|deutschland|karlsruhe",
    "Europe/Vienna": "wien|austria|graz|salzburg|linz|innsbruck|österreich",
    "Europe/Zurich": "zürich|geneva|genf|genève|basel|bern|berne|lausanne|schweiz|swiss",
    "Europe/Paris": "french|lyon|marseille|toulouse|nice|bordeaux|lille|strasbourg|nantes",
    "Europe/Amsterdam": "holland|dutch|rotterdam|the hague|eindhoven|utrecht",
    "Europe/Brussels": "antwerp|ghent|bruges|brussel|bruxelles",
    "Europe/Madrid": "barcelona|seville|sevilla|bilbao|malaga|zaragoza",
    "Europe/Lisbon": "porto|lisboa",
    "Europe/Rome": "milan|milano|turin|naples|napoli|florence|venice|bologna|roma|italian|genoa",
    "Europe/Copenhagen": "aarhus|kobenhavn|københavn",
    "Europe/Stockholm": "gothenburg|göteborg|malmö|malmo|uppsala",
    "Europe/Oslo": "bergen|trondheim|stavanger",
    "Europe/Helsinki": "espoo|tampere|turku|finnish|oulu",
    "Europe/Warsaw": "krakow|kraków|wroclaw|gdansk|poznan|lodz|warszawa",
    "Europe/Prague": "brno|czech republic|praha",
    "Europe/Athens": "thessaloniki|greek",
    "Europe/Bucharest": "cluj|timisoara",
    "Europe/Kyiv": "lviv|odesa|kharkiv",
    "Europe/Moscow": "msk|saint petersburg|st petersburg|sankt petersburg|moskva|"
    "nizhny novgorod|kazan",
    "Europe/Istanbul": "trt|turkey|ankara|izmir",
    "Asia/Jerusalem": "idt|tel aviv|haifa",
    "Asia/Dubai": "gst|abu dhabi|uae|emirates|sharjah",
    "Asia/Riyadh": "jeddah|mecca|saudi",
    "Asia/Karachi": "pkt|lahore|islamabad|rawalpindi",
    "Asia/Kolkata": "mumbai|bombay|delhi|new delhi|bangalore|bengaluru|chennai|madras|pune|"
    "ahmedabad|gurgaon|gurugram|noida|jaipur|kochi|kerala|indian|india standard|indian standard",
    "Asia/Kathmandu": "npt",
    "Asia/Dhaka": "chittagong",
    "Asia/Bangkok": "ict|chiang mai",
    "Asia/Ho_Chi_Minh": "hanoi|saigon|ho chi minh city|da nang|vietnam",
    "Asia/Jakarta": "wib|bandung|surabaya",
    "Asia/Kuala_Lumpur": "myt|penang",
    "Asia/Singapore": "sgt",
    "Asia/Manila": "pht|cebu|quezon city",
    "Asia/Hong_Kong": "hkt|hongkong|hong kong",
    "Asia/Shanghai": "beijing|peking|shenzhen|guangzhou|chengdu|hangzhou|china|tianjin|wuhan",
    "Asia/Tokyo": "jst|osaka|kyoto|yokohama|nagoya|sapporo|fukuoka",
    "Asia/Seoul": "kst|busan|korea|south korea",
    "Australia/Sydney": "aest|aedt|canberra|new south wales|nsw",
    "Australia/Brisbane": "queensland|gold coast",
    "Australia/Adelaide": "acdt|south australia",
    "Australia/Perth": "awst|western australia",
    "Pacific/Auckland": "nzst|nzdt|nz|wellington|christchurch",
    "Africa/Johannesburg": "sast|cape town|pretoria|durban",
    "Africa/Lagos": "wat|abuja|west africa",
    "Africa/Nairobi": "mombasa|east africa",
    "Africa/Cairo": "alexandria",
    "Africa/Casablanca": "rabat|marrakesh|marrakech",
    "CET": "cet|cest|mez|mesz|central european|central european summer",
    "EET": "eet|eest|eastern european",
    "WET": "wet|west|western european",
    "UTC": "utc|coordinated universal|universal|zulu",
}
_TIMES: Final = {"central": "America/Chicago", "pacific": "America/Los_Angeles"}
"""Words that name a zone only before the word time."""
TYPED: Final = {name: zone for zone, names in _NAMES.items() for name in names.split("|")}
BEFORE_TIME: Final = {**TYPED, **_TIMES}
_OTHER_COUNTRIES: Final = {"usa": "US", "us": "US", "united states of america": "US"}


@cache
def zones_of_countries() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country by its name in lower case, the largest part first."""
    codes: dict[str, list[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        codes.setdefault(code, []).append(zone)
    named = country_codes()
    return {name: tuple(codes[code]) for name, code in named.items() if code in codes}


@cache
def country_codes() -> dict[str, str]:
    """Return the code of two letters of each country by its name in lower case."""
    return {name.casefold(): code for code, name in _rows("iso3166.tab")} | _OTHER_COUNTRIES


def _rows(table: str) -> list[list[str]]:
    """Return the fields of a table of the tzdata package."""
    text = files("tzdata").joinpath("zoneinfo").joinpath(table).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
