from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns


class Loaded(models.Model):
    """The worked example is loaded: whom one can try it as, and a guest's receipt to open."""

    privacy = columns(working="id on people", hidden="code")
    held = Held(
        _("A receipt of the worked example, to try it out"),
        why=_("So that anyone can try what a receipt opens."),
        until=_("As long as the worked example is loaded."),
        nobody=True,
    )

    on = models.DateField()
    people = models.JSONField()  # [[what they do, name, ref], …]: invented people only
    code = models.BinaryField()  # sealed: the receipt of an invented guest
