import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("projects", "0004_days_off_and_lent_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "A workshop"),
                            ("focus-group", "A focus group"),
                            ("gathering", "A gathering"),
                            ("class", "A class"),
                            ("drop-in", "A drop-in"),
                        ],
                        max_length=11,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=80)),
                ("agenda", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("open", "Open"),
                            ("confirming", "Being read back"),
                            ("done", "Done"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("code", models.CharField(max_length=6, unique=True)),
                ("many", models.BooleanField(default=False)),
                ("done_on", models.DateField(null=True)),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="projects.project",
                    ),
                ),
                (
                    "strand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.strand",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.label",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="rooms.room",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("right", models.BooleanField(default=False)),
                ("slip", models.BooleanField(default=False)),
                ("on", models.DateField()),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="rooms.room",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=160)),
                ("answers", models.JSONField(default=list)),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MaxValueValidator(999)]
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="projects.project",
                    ),
                ),
                (
                    "strand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.strand",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(fields=["project", "state"], name="room_project"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", False), ("state", "done")),
                    models.Q(
                        models.Q(("state", "done"), _negated=True),
                        ("done_on", None),
                        ("many", False),
                    ),
                    _connector="OR",
                ),
                name="room_done_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("room", "label"), name="one_count_a_label", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(fields=("room", "number"), name="one_note_a_number"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("right", True), ("slip", False), _connector="OR"),
                name="slips_for_right_notes",
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["project", "on"], name="round_project"),
        ),
    ]
