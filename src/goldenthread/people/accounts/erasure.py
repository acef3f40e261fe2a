"""What closing an account does to everything that points to its person: as the columns say."""

from django.db.models import ForeignKey

from goldenthread.kit.erasure import emptied, fate_of, pointing_at
from goldenthread.kit.privacy import OnErasure
from goldenthread.people.accounts.models import Person


def forget(person: Person) -> None:
    """Drop, unlink or keep each row that names the person, then empty the person's own columns.

    With the link goes what was given beside it, such as a name; links to other things stay.
    """
    for model, field in pointing_at(Person):
        rows = model._base_manager.filter(**{field.name: person})  # noqa: SLF001  all rows
        match fate_of(model, field.name):
            case OnErasure.DROP:
                rows.delete()
            case OnErasure.BLANK:
                beside = {
                    name: value
                    for name, value in emptied(model).items()
                    if not isinstance(model._meta.get_field(name), ForeignKey)
                }
                rows.update(**{**beside, field.name: None})
            case OnErasure.KEEP:
                pass
    for name, value in emptied(Person).items():
        setattr(person, name, value)
