from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="numbered",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
