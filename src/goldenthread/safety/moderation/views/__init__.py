"""Pages of moderation: for everyone, for readers and co-leads, for administrators."""

from goldenthread.safety.moderation.views.complaining import (
    acknowledge,
    complain,
    complaint,
    complaints,
)
from goldenthread.safety.moderation.views.deciding import (
    appeal,
    appeals,
    log,
    log_csv,
    log_json,
    one_report,
    reports,
)
from goldenthread.safety.moderation.views.reporting import content, report

__all__ = [
    "acknowledge",
    "appeal",
    "appeals",
    "complain",
    "complaint",
    "complaints",
    "content",
    "log",
    "log_csv",
    "log_json",
    "one_report",
    "report",
    "reports",
]
