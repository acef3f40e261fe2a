"""All voices of the large project in one topic, half of them of people with an account."""

from django.db import connection
from page import FACILITATOR, LARGE

from goldenthread.kit import clock
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

AT_ONCE = 1000
GROUP = """
insert into themes_grouping (ref, theme_id, voice_id)
select gen_random_uuid(), %(theme)s, words_id from voices_voice where project_id = %(project)s
"""
TIE = """
insert into thread_tie (ref, source_kind, source, target_kind, target, how, project)
select gen_random_uuid(), 'voice', words_id, 'theme', %(theme)s, 'grouped', %(project)s
from voices_voice where project_id = %(project)s
"""
BELONG = """
update voices_voice set author_id = pair.person, known_as = 'support' from (
    select voice, person from
        (select words_id as voice, row_number() over () as at from voices_voice
         where project_id = %(project)s and receipt_id is null) voices
    join (select ref as person, row_number() over () as at from accounts_person
          where email like 'told%%') people using (at)
) pair where words_id = pair.voice
"""


def one_topic() -> tuple[Theme, Person, int]:
    """Make it; return the topic, who answers, and how many people with an account spoke."""
    project, today = Project.objects.get(address=LARGE), clock.today()
    theme = Theme.objects.create(
        project=project,
        title="Everything",
        sentence="What everybody said.",
        state=Theme.State.AGREED,
        shown_back_on=today,
        made_on=today,
    )
    number = Voice.objects.filter(project=project).count() // 2
    Person.objects.bulk_create(
        (
            Person(email=f"told{n}@bench.example", name=f"Told {n}", joined_on=today)
            for n in range(number)
        ),
        batch_size=AT_ONCE,
    )
    given = {"theme": theme.ref, "project": project.ref}
    with connection.cursor() as cursor:
        for statement in (GROUP, TIE, BELONG):
            cursor.execute(statement, given)
        cursor.execute("vacuum analyze")
    people = Voice.objects.filter(project=project, author__isnull=False).count()
    return theme, Person.objects.get(email=FACILITATOR), people
