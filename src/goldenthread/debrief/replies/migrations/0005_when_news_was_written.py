from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("replies", "0004_answers_to_one_voice_and_to_questions")]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="news_on",
            field=models.DateField(null=True),
        ),
    ]
