import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("sentence", models.TextField(blank=True, max_length=400)),
                ("until", models.DateField()),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="themes.theme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("theme", "place"), name="one_wording_a_place")
                ],
            },
        ),
    ]
