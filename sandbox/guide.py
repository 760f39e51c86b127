"""What a newcomer to the sandbox can try at once, in the channels where it belongs."""

from sandbox.slack.page.guide import Guide, Try

GUIDE = Guide(
    first="CTRAIN",
    tries={
        "CTRAIN": (
            Try("Who is overdue in Onboarding?", "/flow-report onboarding overdue"),
            Try("Everybody in Onboarding as an Excel file", "/flow-report onboarding export xlsx"),
            Try(
                "The report every weekday (then press Next 09:00 above)",
                "/flow subscribe report onboarding weekdays 09:00",
            ),
            Try("What else can I ask?", "/flow help"),
        ),
        "CGENERAL": (
            Try("Which webinars are coming?", "/flow-events future"),
            Try("Which took place, and who came?", "/flow-events past"),
            Try("Start a flow that asks me something", '/flow-run "Travel request"'),
            Try("What runs now?", "/flow-run list running"),
        ),
        "CFIELD": (
            Try("What happened in Site hazards lately?", '/flow-analytics "Site hazards"'),
            Try("At which hours?", '/flow-analytics "Site hazards" heatmap'),
            Try("Hazards by severity", '/flow-analytics "Site hazards" by-field "Severity"'),
        ),
    },
)
