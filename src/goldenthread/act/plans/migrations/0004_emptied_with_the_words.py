from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_change_of_a_voice"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="change", name="changes_say_what_changed"),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=~models.Q(what_is_different="") | models.Q(action=None),
                name="changes_say_what_changed",
            ),
        ),
    ]
