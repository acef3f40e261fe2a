from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reading", "0005_hidden_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="words",
            name="restricted",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restricted", False),
                    models.Q(("state", "released"), _negated=True),
                    _connector="OR",
                ),
                name="what_is_held_back_is_not_shown",
            ),
        ),
    ]
