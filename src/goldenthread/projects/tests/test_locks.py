"""Who holds a project keeps others from changing it, and nobody from referring to it."""

from threading import Thread

import pytest
from django.db import connection, transaction

from goldenthread.projects.models import Project, Strand
from goldenthread.projects.services.guards import locked
from goldenthread.projects.tests.factories import ProjectFactory

LONGEST = "set local lock_timeout = '2s'"


@pytest.mark.django_db(transaction=True)
def test_while_somebody_holds_a_project_others_still_write_what_belongs_to_it():
    """Else who has the record in hand waits for who waits for the record: a deadlock."""
    project = ProjectFactory.create()
    broke: list[Exception] = []

    def write() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(LONGEST)
                Strand.objects.create(project=project, name="Carers", short="CARE77")
        except Exception as error:  # noqa: BLE001 -- told below, whatever it is
            broke.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        locked(project)
        other = Thread(target=write)
        other.start()
        other.join()
    assert broke == []
    assert Strand.objects.count() == 1
    assert Project.objects.count() == 1
