"""LISTEN: the six steps for whoever answers a concern, made by service users and carers in Suffolk.

The names of the steps are theirs; the questions beside them are ours.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

STEPS: Final = {
    "listen": (
        _("Listen and look"),
        _("Read all of it, slowly. What does this person say they need?"),
    ),
    "involve": (
        _("Involve and inform"),
        _("What can they decide themselves? Tell them what you will do."),
    ),
    "share": (
        _("Share understanding"),
        _("Say back what you understood, without judging it."),
    ),
    "time": (_("Time and availability"), _("Say who is there and when. Then be there.")),
    "empathise": (
        _("Empathise, encourage, evaluate"),
        _("It took courage to say it. Is anyone in danger now?"),
    ),
    "next": (_("Next steps"), _("Write down what happens next, who does it, and by when.")),
}
NEXT: Final = "next"
