from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("equality", "0002_statements")]

    operations = [
        migrations.AddField(
            model_name="asked",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
