"""Fields of a form, each with its label, hint and error beside it, and the summary of errors."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Final, Literal, cast

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.forms.utils import flatatt
from django.forms.widgets import Input
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import text as plain
from goldenthread.kit.components.strict import block, draw, simple
from goldenthread.kit.forms import keep_name

Size = Literal["", "short", "medium"]
TYPES: Final[dict[type[forms.Widget], dict[str, str]]] = {
    forms.NumberInput: {"type": "text", "inputmode": "numeric"},
    forms.DateInput: {"type": "date"},
    forms.DateTimeInput: {"type": "datetime-local"},
    forms.TimeInput: {"type": "time"},
    forms.EmailInput: {"type": "email", "spellcheck": "false"},
    forms.URLInput: {"type": "url", "spellcheck": "false"},
    forms.PasswordInput: {"type": "password"},
    forms.FileInput: {"type": "file"},
}
SHORT: Final = (forms.NumberInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput)


@simple
def errors(form: BaseForm) -> SafeString:
    """All that has to be put right, at the top, each line leading to its field."""
    lines = [{"text": message, "href": ""} for message in form.non_field_errors()]
    for bound in form:
        href = f"#{_first_id(bound)}"
        lines += [{"text": message, "href": href, "of": bound.label} for message in bound.errors]
    if not lines:
        return SafeString("")
    often = Counter(str(line["text"]) for line in lines)
    for line in lines:
        if often[str(line["text"])] > 1 and line.get("of"):
            line["text"] = f"{line['of']}: {line['text']}"
    count = plain.say_count(len(lines)).capitalize()
    title = ngettext("One thing to look at again", "%(count)s things to look at again", len(lines))
    return draw("errors", title=title % {"count": count}, lines=lines)


@block
def fieldset(content: str, legend: str, hint: str = "") -> SafeString:
    """Fields that belong together under one question."""
    return draw("fieldset", content=content, legend=legend, hint=hint)


@simple
def field(
    bound: BoundField, size: Size = "", rows: int = 0, optional: Literal["say", "quiet"] = "say"
) -> SafeString:
    """One field of a form. Which parts it has follows from its widget."""
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(bound.as_widget())
    parts = _parts(bound, say_optional=optional == "say")
    return _draw_for(widget)(bound, parts, size, rows) + _keep(bound, parts)


def _keep(bound: BoundField, parts: dict[str, Any]) -> SafeString:
    """Under words on which there is advice, the box to tick for keeping them."""
    words = getattr(bound.form, "advised", {}).get(bound.name)
    if not words:
        return SafeString("")
    name = keep_name(bound.html_name)
    checked = bound.form.data.get(name) == words
    return draw("keep", ident=f"{parts['ident']}_keep", name=name, words=words, checked=checked)


Drawing = Callable[[BoundField, dict[str, Any], Size, int], SafeString]


def _draw_for(widget: forms.Widget) -> Drawing:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox
    if isinstance(widget, forms.Textarea):
        return _textarea
    if isinstance(widget, forms.Select):
        return _select
    return _input if isinstance(widget, Input) else _other


def _parts(bound: BoundField, *, say_optional: bool) -> dict[str, Any]:
    ident = bound.auto_id or bound.html_name
    label = str(bound.label)
    optional = say_optional and not bound.field.required and _("optional") not in label
    return {
        "ident": ident,
        "label": label,
        "optional": optional,
        "hint": bound.help_text,
        "errors": list(bound.errors),
        "name": bound.html_name,
    }


def _attributes(bound: BoundField, parts: dict[str, Any], *, count: bool = False) -> dict[str, Any]:
    """Build the attributes of a widget: its own, and those that tie it to hint, error and count."""
    ident = parts["ident"]
    described = [
        *([f"{ident}_hint"] if parts["hint"] else []),
        *([f"{ident}_error"] if parts["errors"] else []),
        *([f"{ident}_count"] if count else []),
    ]
    own = {name: value for name, value in bound.field.widget.attrs.items() if name != "maxlength"}
    attributes: dict[str, Any] = {**own, "id": ident}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if parts["errors"]:
        attributes["aria-invalid"] = "true"
    if bound.field.disabled:
        attributes["disabled"] = True
    return attributes


def _classes(attributes: dict[str, Any], size: str) -> str:
    wanted = ["box", f"box-{size}" if size else "", str(attributes.pop("class", ""))]
    return " ".join(one for one in wanted if one)


def _input(bound: BoundField, parts: dict[str, Any], size: Size, _rows: int) -> SafeString:
    widget: Any = bound.field.widget
    attributes = _attributes(bound, parts)
    kind = next((TYPES[one] for one in type(widget).__mro__ if one in TYPES), {})
    size = size or ("short" if isinstance(widget, SHORT) else "")
    shown = {"type": widget.input_type, **kind, "name": parts["name"]}
    if isinstance(bound.field, forms.DecimalField | forms.FloatField):
        shown["inputmode"] = "decimal"
    value = _value(bound)
    if value not in (None, ""):
        shown["value"] = value
    classes = _classes(attributes, size)
    if shown["type"] in ("text", "email", "url") and "maxlength" in widget.attrs:
        attributes["maxlength"] = widget.attrs["maxlength"]
    box = flatatt({**shown, "class": classes, **attributes})
    return draw("input", **parts, box=box)


def _value(bound: BoundField) -> object:
    """The value as the browser's own fields want it; secrets and files are never sent back."""
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, forms.PasswordInput | forms.FileInput):
        return None
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        whole_day = isinstance(widget, forms.DateInput)
        return local.date().isoformat() if whole_day else local.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return widget.format_value(value)


def _textarea(bound: BoundField, parts: dict[str, Any], size: Size, rows: int) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    attributes = _attributes(bound, parts, count=bool(limit))
    own_rows = attributes.pop("rows", None)
    attributes.pop("cols", None)
    rows = rows or int(own_rows if own_rows not in (None, "10") else 6)
    shown = {"name": parts["name"], "rows": rows, "class": _classes(attributes, size)}
    if limit:
        shown["data-count"] = limit
    box = flatatt({**shown, **attributes})
    return draw(
        "textarea", **parts, box=box, value=bound.value() or "", limit=f"{limit:,}" if limit else ""
    )


def _select(bound: BoundField, parts: dict[str, Any], size: Size, _rows: int) -> SafeString:
    attributes = _attributes(bound, parts)
    attributes["class"] = _classes(attributes, size)
    widget: Any = bound.field.widget
    groups = widget.optgroups(parts["name"], widget.format_value(bound.value()), {})
    if any(name for name, _options, _place in groups):
        return draw("other", **parts, markup=_rendered(bound, attributes))
    attributes |= {"multiple": True} if widget.allow_multiple_selected else {}
    box = flatatt({"name": parts["name"], **attributes})
    options = format_html_join(
        "", "<option{}>{}</option>", (_option(one) for _n, [one], _place in groups)
    )
    return draw("other", **parts, markup=format_html("<select{}>{}</select>", box, options))


def _option(one: dict[str, Any]) -> tuple[SafeString, str]:
    return flatatt({"value": one["value"], **one["attrs"]}), one["label"]


def _other(bound: BoundField, parts: dict[str, Any], _size: Size, _rows: int) -> SafeString:
    """Draw any other widget; one of several boxes becomes a group with a legend."""
    markup = _rendered(bound, _attributes(bound, parts))
    several = isinstance(bound.field.widget, forms.MultiWidget)
    return draw("group" if several else "other", **parts, markup=markup)


def _rendered(bound: BoundField, attributes: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    drawn = widget.render(bound.html_name, bound.value(), attributes, bound.form.renderer)
    return cast("SafeString", drawn)


def _checkbox(bound: BoundField, parts: dict[str, Any], _size: Size, _rows: int) -> SafeString:
    attributes = _attributes(bound, parts)
    box = flatatt({"type": "checkbox", "name": parts["name"], "value": "1", **attributes})
    return draw("checkbox", **parts, box=box, checked=bool(bound.value()))


def _choices(bound: BoundField, parts: dict[str, Any], _size: Size, _rows: int) -> SafeString:
    hints: dict[Any, Any] = getattr(bound.field, "choice_hints", {})
    strange = set(map(str, hints)) - {str(one.data["value"]) for one in bound.subwidgets}
    if strange:
        message = f"{{% field %}} {bound.name}: hints for choices it has not: {sorted(strange)}"
        raise TypeError(message)
    by_value = {str(value): hint for value, hint in hints.items()}
    choices = []
    for index, one in enumerate(bound.subwidgets):
        data: Any = one.data
        ident = f"{parts['ident']}_{index}"
        choices.append(
            {
                "type": data["type"],
                "value": data["value"],
                "label": data["label"],
                "checked": data["selected"],
                "ident": ident,
                "hint": by_value.get(str(data["value"]), ""),
            }
        )
    return draw("choices", **parts, choices=choices, disabled=bound.field.disabled)


def _first_id(bound: BoundField) -> str:
    """The element that an error leads to: for a group its first choice."""
    ident = bound.auto_id or bound.html_name
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{ident}_0" if grouped or isinstance(bound.field.widget, forms.MultiWidget) else ident
