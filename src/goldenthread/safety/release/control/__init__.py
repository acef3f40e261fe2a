"""Disclosure control: which numbers of a table may be shown, and what an attacker could work out.

Data in, result out; knows nothing of Django. `check(table, profile)` hides what must be hidden,
then attacks its own result with a solver until nothing can be worked out too closely.
"""

from goldenthread.safety.release.control.hiding import protect
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES, WIDTH, Profile
from goldenthread.safety.release.control.report import check
from goldenthread.safety.release.control.tables import BadTable, Table, read

__all__ = [
    "DEFAULT",
    "PROFILES",
    "WIDTH",
    "BadTable",
    "Profile",
    "Table",
    "check",
    "protect",
    "read",
]
