"""The record (append-only) and the ties that carry a voice to what changed. No foreign keys."""

from typing import Final, Self
from uuid import uuid4

from django.db import models

from goldenthread.kit.privacy import columns
from goldenthread.thread.merkle.tiles import HASH, HEIGHT
from goldenthread.thread.merkle.tree import Stack


class Entry(models.Model):
    """One thing that happened: references and counts only. Triggers refuse change."""

    privacy = columns(open="seq kind about project week_or_day body leaf")

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    about = models.UUIDField(db_index=True)
    project = models.UUIDField(null=True)
    week_or_day = models.CharField(max_length=10)
    body = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["project", "seq"], name="entry_project_seq")]


class HeldEntry(models.Model):
    """An act of a contributor, waiting without order for the daily shuffle into the record."""

    privacy = columns(working="ref kind about project week facts")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=60)
    about = models.UUIDField()
    project = models.UUIDField(null=True)
    week = models.CharField(max_length=10)
    facts = models.JSONField(default=dict)


class Head(models.Model):
    """The single row that gives out sequence numbers: who holds its lock may append."""

    privacy = columns(open="id size stack")

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    stack = models.BinaryField(
        default=bytes, db_default=b""
    )  # roots of the perfect subtrees, largest first

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]

    def as_stack(self) -> Stack:
        """All that appending needs."""
        raw = bytes(self.stack)
        return Stack(self.size, [raw[at : at + HASH] for at in range(0, len(raw), HASH)])

    def keep(self, stack: Stack) -> None:
        """Take over what a stack has become."""
        self.size, self.stack = stack.size, b"".join(stack.hashes)
        self.save(update_fields=["size", "stack"])


class Node(models.Model):
    """The root of a subtree of 256 entries, of 256 of these, and so on: what tiles hold."""

    LEVELS: Final = range(HEIGHT, 64, HEIGHT)

    privacy = columns(open="place hash")

    place = models.CharField(max_length=24, primary_key=True)  # level/index
    hash = models.BinaryField(max_length=HASH)

    @classmethod
    def at(cls, level: int, index: int, found: bytes) -> Self:
        """Make the node of one subtree that is complete."""
        return cls(place=f"{level}/{index}", hash=found)


class SignedHead(models.Model):
    """A head that was handed out: how many entries, the root over them, signed and co-signed."""

    privacy = columns(open="size root note cosigned words on")

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=HASH)
    note = models.TextField()
    cosigned = models.TextField(default="", db_default="")  # a line from each witness
    words = models.CharField(max_length=60, default="", db_default="")  # to be read out
    on = models.DateField()

    @property
    def checkpoint(self) -> str:
        """The head with every signature under it."""
        return self.note + self.cosigned

    @property
    def said_size(self) -> str:
        """How many entries, with commas, as it is read out."""
        return f"{self.size:,}"


class Witness(models.Model):
    """A body outside that keeps heads and signs those that continue what it has kept."""

    privacy = columns(open="ref name power key since until agreed_size agreed_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=120)  # of the body: Northmoor Students' Union
    power = models.CharField(max_length=120)  # what it is to the others: students' union
    key = models.CharField(max_length=200, unique=True)  # name+mark+base64, for co-signatures
    since = models.DateField()
    until = models.DateField(null=True)
    agreed_size = models.BigIntegerField(default=0)  # the largest head it has co-signed
    agreed_on = models.DateField(null=True)


class Check(models.Model):
    """What the nightly check of the whole record found: nothing, or what does not match."""

    privacy = columns(open="on size", working="faults")

    on = models.DateField(primary_key=True)
    size = models.BigIntegerField()
    faults = models.JSONField(default=list)  # [code, sentence, reference or nothing]


class How(models.TextChoices):
    """How one thing led to another. `SPLIT` tells of lineage but carries no voice along."""

    GROUPED = "grouped"
    MERGED = "merged"
    SPLIT = "split"
    DECIDED = "decided"
    ACTED = "acted"
    CHANGED = "changed"
    REPLIED = "replied"


CARRYING = (How.GROUPED, How.MERGED, How.DECIDED, How.ACTED, How.CHANGED)


class Tie(models.Model):
    """One thing led to another. A tie can end once; it never changes otherwise."""

    privacy = columns(open="ref source_kind source target_kind target how project ended_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    source_kind = models.CharField(max_length=20)
    source = models.UUIDField()
    target_kind = models.CharField(max_length=20)
    target = models.UUIDField()
    how = models.CharField(max_length=20, choices=How)
    project = models.UUIDField()
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["source"], include=["target"], name="tie_forward"),
            models.Index(fields=["target", "source"], name="tie_back"),  # voices beneath, in order
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "how"],
                condition=models.Q(ended_on=None),
                name="one_living_tie",
            )
        ]
