import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the searched column anew, with the week of each text; the table is written once over."""

    dependencies = [("reading", "0006_held_back")]

    operations = [
        migrations.RemoveIndex(model_name="words", name="words_search"),
        migrations.RemoveField(model_name="words", name="search"),
        migrations.AddField(
            model_name="words",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.expressions.RawSQL(
                    "case when state = 'released' then to_tsvector('english'::regconfig, coalesce(shown, '')) || array_to_tsvector(array['p' || replace(project_id::text, '-', ''), 'p' || replace(project_id::text, '-', '') || 'w' || ((released_on - date '2000-01-03') / 7)::text]) end",
                    (),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="words",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="words_search"),
        ),
    ]
