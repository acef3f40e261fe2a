from django.db import migrations, models

HIDDEN = "update reading_words set hidden = true where state = 'held' and released_on is not null"


class Migration(migrations.Migration):
    dependencies = [
        ("reading", "0004_consented"),
    ]

    operations = [
        migrations.AddField(
            model_name="words",
            name="hidden",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(HIDDEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_on", None),
                    models.Q(("state__in", ["held", "unpublished"]), _negated=True),
                    models.Q(("hidden", True), ("state", "held")),
                    _connector="OR",
                ),
                name="what_was_shown_leaves_a_stub",
            ),
        ),
    ]
