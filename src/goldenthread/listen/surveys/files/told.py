"""Columns that their name alone tells: what the tool writes about the person or the sending."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.listen.surveys.files.shapes import Shape

IDENT, TIME, EMAIL = (
    marked("It numbers the answers."),
    marked("It says when somebody answered."),
    marked("It says who it was."),
)
NAME, DEVICE, WORK = (
    marked("It may hold names."),
    marked("It says from where somebody answered."),
    marked("The tool’s own mark."),
)
SCORE = marked("A score of the tool, not an answer.")

Told = tuple[str, str, bool]  # a pattern, why, and whether it points to a person
_SENT = r"start|completion|end|submit|submission|submitted|last modified|creation|recorded"
_DONE = r"submission|submitted|completed|started|response"
_WHOSE = r"student|staff|employee|payroll|nhs|national insurance|ni|registration|matriculation"
_SORT = r"response|respondent|submission|record|participant|user|case"
_NAMES = r"your|full|first|last|given|family|middle|preferred"
ANYWHERE: Final[tuple[Told, ...]] = (
    (rf"(?:(?:{_SORT}) )?(?:id|uid|uuid|guid)", IDENT, True),
    (r"(?:unique )?response number|urn|respondent|no\.?|#|row(?: number)?", IDENT, True),
    (rf"(?:{_WHOSE})(?: id| number| no\.?)", EMAIL, True),
    (rf"timestamp|(?:{_SENT})(?:[ _-]?(?:time|date|at|on))?|date and time", TIME, True),
    (rf"(?:date|time)(?: and time)? (?:of )?(?:{_DONE})|started|completed", TIME, True),
    (r"duration.*|time taken.*|submit date|date submitted", TIME, True),
    (r"(?:your |work |contact |university )?e-?mail(?: address)?", EMAIL, True),
    (r"user ?name|login|(?:home |full )?address|post ?code", EMAIL, True),
    (r"(?:tele|mobile |work )?(?:phone|mobile)(?: number)?", EMAIL, True),
    (r"(?:your )?date of birth|dob|d\.o\.b\.?", EMAIL, True),
    (rf"(?:(?:{_NAMES}) |fore|sur)?name(?:\(s\)|s)?", NAME, True),
    (r"ip ?address|latitude|longitude|location.*|user agent|browser|device", DEVICE, True),
)
MICROSOFT: Final = (
    (r"points [-–] .*|feedback [-–] .*|total points|quiz feedback|grade posted time", SCORE, False),
    (r"language|last modified time", WORK, False),
)
GOOGLE: Final = ((r"score|.* \[score\]|.* \[feedback\]", SCORE, False),)
JISC: Final = (
    (r"response status|page reached|survey version|completed\??|token|x\d{1,2}", WORK, True),
)
# By ImportId, which stays the same in whatever language the survey is.
QUALTRICS: Final = {
    "startDate": (TIME, True),
    "endDate": (TIME, True),
    "recordedDate": (TIME, True),
    "duration": (TIME, True),
    "status": (WORK, False),
    "progress": (WORK, False),
    "finished": (WORK, False),
    "ipAddress": (DEVICE, True),
    "_recordId": (IDENT, True),
    "recipientLastName": (NAME, True),
    "recipientFirstName": (NAME, True),
    "recipientEmail": (EMAIL, True),
    "externalDataReference": (EMAIL, True),
    "locationLatitude": (DEVICE, True),
    "locationLongitude": (DEVICE, True),
    "distributionChannel": (WORK, False),
    "userLanguage": (WORK, False),
}
BY_SHAPE: Final = {Shape.MICROSOFT: MICROSOFT, Shape.GOOGLE: GOOGLE, Shape.JISC: JISC}


def told_by_name(shape: Shape, code: str, label: str, mark: str) -> tuple[str, bool] | None:
    """Return why a column is left out, and whether it points to a person; else nothing."""
    if shape == Shape.QUALTRICS:
        if mark in QUALTRICS:
            why, personal = QUALTRICS[mark]
            return _(why), personal
        if mark.startswith(("Q_", "SC_")) or code.startswith(("Q_", "SC_")):
            return _(WORK), False
    for name in dict.fromkeys([code, re.sub(r"^\d+[.)]\s*", "", label), label]):
        low = re.sub(r" \(\d+\)$", "", name.lower().strip().rstrip("?:*").strip())
        for pattern, why, personal in (*BY_SHAPE.get(shape, ()), *ANYWHERE):
            if re.fullmatch(pattern, low):
                return _(why), personal
    return None
