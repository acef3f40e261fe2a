"""What closing an account does to everything that points to its person: as the columns say."""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from goldenthread.kit.privacy import OnErasure
from goldenthread.people.accounts.models import Person


def forget(person: Person) -> None:
    """Drop, blank or keep each row that names the person, then blank the person's own columns."""
    for model, field in pointing_here():
        rows = model._base_manager.filter(**{field.name: person})  # noqa: SLF001  all rows
        match fate_of(model, field.name):
            case OnErasure.DROP:
                rows.delete()
            case OnErasure.BLANK:
                rows.update(**{field.name: None, **_beside(model)})
            case OnErasure.KEEP:
                pass
    for name, column in Person.privacy.items():
        if column.on_erasure == OnErasure.BLANK:
            setattr(person, name, "")


def pointing_here() -> list[tuple[Any, Any]]:
    """Return every model and its column that names a person, of rooms and libraries alike."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model is Person
    ]


def fate_of(model: Any, name: str) -> OnErasure:
    """Return what erasure does to the column; rows of libraries (authenticators) always go."""
    privacy = getattr(model, "privacy", None)
    return privacy[name].on_erasure if privacy is not None else OnErasure.DROP


def _beside(model: Any) -> dict[str, Any]:
    """Other personal texts in the same row go blank with it: a name given beside an author."""
    texts = {}
    for name, column in model.privacy.items():
        field = model._meta.get_field(name)
        if column.on_erasure == OnErasure.BLANK and field.get_internal_type() in (
            "CharField",
            "TextField",
            "EmailField",
        ):
            texts[name] = None if field.null else ""
    return texts
