"""Plain words for what a form could not take, in place of the framework's own."""

from typing import Any, Final

from django.forms import Field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

PLAIN: Final[dict[str, Any]] = {
    "required": _("Please answer this."),
    "invalid": _("We could not read this. Please write it another way."),
    "invalid_choice": _("Please choose one of those shown."),
    "invalid_list": _("Please choose from those shown."),
    "max_length": ngettext_lazy(
        "Keep this to %(limit_value)d letter. You wrote %(show_value)d.",
        "Keep this to %(limit_value)d letters. You wrote %(show_value)d.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Write at least %(limit_value)d letter. You wrote %(show_value)d.",
        "Write at least %(limit_value)d letters. You wrote %(show_value)d.",
        "limit_value",
    ),
    "max_value": _("Give a number of %(limit_value)s or less."),
    "min_value": _("Give a number of %(limit_value)s or more."),
    "missing": _("Please choose a file."),
    "empty": _("This file is empty. Please choose another."),
}
BY_FIELD: Final[dict[str, dict[str, Any]]] = {
    "DateField": {"invalid": _("Write a date like 3 March 2026 in figures: 3/3/2026.")},
    "DateTimeField": {"invalid": _("Write a day and a time, like 3/3/2026 14:30.")},
    "TimeField": {"invalid": _("Write a time, like 14:30.")},
    "EmailField": {"invalid": _("Write an e-mail address, like name@example.org.")},
    "URLField": {"invalid": _("Write a web address, like https://example.org.")},
    "IntegerField": {"invalid": _("Write a whole number in figures, like 12.")},
    "DecimalField": {"invalid": _("Write a number in figures, like 12.50.")},
    "BooleanField": {"required": _("Please tick this to go on.")},
    "ChoiceField": {"required": _("Please choose one.")},
    "MultipleChoiceField": {"required": _("Please choose at least one.")},
    "FileField": {"required": _("Please choose a file.")},
}


def put_plainly(field: Field) -> None:
    """Replace the framework's own messages of a field; what its form says itself stays."""
    own = _framework_messages(field)
    plain = dict(PLAIN)
    for kind in reversed(type(field).__mro__):
        plain |= BY_FIELD.get(kind.__name__, {})
    for code, message in plain.items():
        given = field.error_messages.get(code)
        if given is None or given is own.get(code):
            field.error_messages[code] = message


def _framework_messages(field: Field) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        own |= getattr(kind, "default_error_messages", {})
    return own
