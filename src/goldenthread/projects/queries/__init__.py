"""What can be asked about projects. Each file is about one part of it."""

from goldenthread.projects.queries.finding import (
    Link,
    at_short,
    links_of,
    one_speaks_for,
    partners_of,
    projects_of_organisation,
    projects_visible_to,
    strands_of,
    waiting_partner_for,
)
from goldenthread.projects.queries.listening import (
    Listening,
    has_safeguarder,
    is_listening,
    listening,
    listening_from,
    why_not_listening,
)
from goldenthread.projects.queries.staffing import (
    RoleGroup,
    RotaWeek,
    role_choices,
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
    "RoleGroup",
    "RotaWeek",
    "TermsPage",
    "at_short",
    "current_terms",
    "has_safeguarder",
    "is_listening",
    "links_of",
    "listening",
    "listening_from",
    "newest_terms",
    "one_speaks_for",
    "partners_of",
    "parts_of",
    "projects_of_organisation",
    "projects_visible_to",
    "role_choices",
    "role_rows",
    "roles_by_name",
    "rota_week",
    "sharp_roles_of",
    "stage_windows",
    "stages_of",
    "strands_of",
    "terms_history",
    "terms_page",
    "waiting_partner_for",
    "what_waits",
    "why_not_listening",
]
