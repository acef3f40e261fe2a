from django.db import models

from goldenthread.kit.privacy import columns


class Loaded(models.Model):
    """The worked example is loaded: whom one can try it as, and a guest's receipt to open."""

    privacy = columns(working="id on people", hidden="code")

    on = models.DateField()
    people = models.JSONField()  # [[what they do, name, ref], …]: invented people only
    code = models.BinaryField()  # sealed: the receipt of an invented guest
