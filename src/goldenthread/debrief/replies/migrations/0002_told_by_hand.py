import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("replies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="confirmation",
            name="changed",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="told",
            name="reply",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="told",
                to="replies.reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reply", None)), fields=("voice",), name="told_by_hand_once"
            ),
        ),
    ]
