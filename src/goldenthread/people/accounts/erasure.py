"""What closing an account does to everything that points to its person: as the columns say."""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from goldenthread.kit.privacy import OnErasure
from goldenthread.people.accounts.models import Person


def forget(person: Person) -> None:
    """Drop, blank or keep each row that names the person, then blank the person's own columns."""
    for model, field in _pointing_here():
        rows = model._base_manager.filter(**{field.name: person})  # noqa: SLF001  all rows
        match _fate(model, field.name):
            case OnErasure.DROP:
                rows.delete()
            case OnErasure.BLANK:
                rows.update(**{field.name: None, **_beside(model)})
            case OnErasure.KEEP:
                pass
    for name, column in Person.privacy.items():
        if column.on_erasure == OnErasure.BLANK:
            setattr(person, name, "")


def _pointing_here() -> list[tuple[Any, Any]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField) and field.related_model is Person
    ]


def _fate(model: Any, name: str) -> OnErasure:
    """Rows of libraries (authenticators, linked accounts) always go."""
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
