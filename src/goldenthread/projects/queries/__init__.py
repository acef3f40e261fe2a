"""What can be asked about projects. Each file is about one part of it."""

from goldenthread.projects.queries.finding import (
    Link,
    at_short,
    links_of,
    one_speaks_for,
    partner_in,
    partners_of,
    projects_of_organisation,
    projects_visible_to,
    strand_in,
    strands_of,
    waiting_partner_for,
)
from goldenthread.projects.queries.lending import lent_by, loan_of, offers_to, say_loan
from goldenthread.projects.queries.listening import (
    Listening,
    is_listening,
    listening,
    listening_from,
    why_not_listening,
)
from goldenthread.projects.queries.reading_times import ReadingTimes, day_off_in, reading_times
from goldenthread.projects.queries.staffing import (
    RoleGroup,
    RotaWeek,
    duty_in,
    role_choices,
    role_in,
    role_rows,
    roles_by_name,
    rota_week,
    sharp_roles_of,
)
from goldenthread.projects.queries.stages import stage_windows, stages_of
from goldenthread.projects.queries.terms import (
    TermsPage,
    current_terms,
    newest_terms,
    parts_of,
    terms_history,
    terms_page,
)
from goldenthread.projects.queries.working import what_waits

__all__ = [
    "Link",
    "Listening",
    "ReadingTimes",
    "RoleGroup",
    "RotaWeek",
    "TermsPage",
    "at_short",
    "current_terms",
    "day_off_in",
    "duty_in",
    "is_listening",
    "lent_by",
    "links_of",
    "listening",
    "listening_from",
    "loan_of",
    "newest_terms",
    "offers_to",
    "one_speaks_for",
    "partner_in",
    "partners_of",
    "parts_of",
    "projects_of_organisation",
    "projects_visible_to",
    "reading_times",
    "role_choices",
    "role_in",
    "role_rows",
    "roles_by_name",
    "rota_week",
    "say_loan",
    "sharp_roles_of",
    "stage_windows",
    "stages_of",
    "strand_in",
    "strands_of",
    "terms_history",
    "terms_page",
    "waiting_partner_for",
    "what_waits",
    "why_not_listening",
]
