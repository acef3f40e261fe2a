"""The content policy: one for all, versioned here. No organisation adds a reason or drops one."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.safety.reading.reasons import NOT_PUBLISHED

VERSION: Final = 1
SINCE: Final = date(2026, 11, 22)
WELCOME: Final = (
    _("Say what is wrong, what is good, and what would help."),
    _("You may be angry. You may swear about a service."),
    _("You may criticise us. That is never a reason to take words away."),
    _("You may write about hard things, also about not wanting to live."),
)
ABOUT_ME: Final = "about-me"
WORRIED: Final = "worried"
REASONS: Final = {  # why somebody reports something
    ABOUT_ME: _("It is about me, or someone I know."),
    WORRIED: _("I worry about someone."),
    **{key: said for key, said in NOT_PUBLISHED.items() if key not in ("copy", "off-topic")},
    "other": _("Something else."),
}
