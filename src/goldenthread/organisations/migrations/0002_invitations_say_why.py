from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="why",
            field=models.TextField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddField(
            model_name="invitation",
            name="about",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
