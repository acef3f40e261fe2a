"""Components that fail loudly.

A wrong constant is an error when the template loads, a wrong variable when it renders.
"""

import functools
import inspect
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from django.template import Context, Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

Compile = Callable[[Parser, Token], Node]
Component = Callable[..., str]
UNCHECKED = {"context", "content", "return"}
register = Library()


def draw(name: str, /, **parts: object) -> SafeString:
    """Render one small component template."""
    markup = get_template(f"kit/components/{name}.html").render(parts)
    return mark_safe(markup)  # noqa: S308  our own template has escaped it


def simple(function: Component) -> Component:
    """Register a component without a body."""
    checked = _checked(function)
    register.simple_tag(checked, takes_context=_takes_context(function))
    _check_at_load(function)
    return checked


def block(function: Component) -> Component:
    """Register a component with a body, closed by "end" and its name."""
    checked = _checked(function)
    register.simple_block_tag(checked, takes_context=_takes_context(function))
    _check_at_load(function)
    return checked


def _takes_context(function: Component) -> bool:
    return "context" in inspect.signature(function).parameters


def _checked(function: Component) -> Component:
    """Check every argument against its annotation before the component runs."""
    complaint_of = _judge(function)
    signature = inspect.signature(function)

    @functools.wraps(function)
    def run(*args: object, **kwargs: object) -> str:
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            if complaint := complaint_of(name, value):
                raise TypeError(complaint)
        return function(*args, **kwargs)

    return run


def _check_at_load(function: Component) -> None:
    """Let constants fail when the template loads, not when somebody opens the page."""
    tag = function.__name__
    compile_node: Compile = register.tags[tag]
    complaint_of = _judge(function)
    names = [name for name in inspect.signature(function).parameters if name not in UNCHECKED]

    def compile_checked(parser: Parser, token: Token) -> Node:
        node: Any = compile_node(parser, token)
        for name, given in {**dict(zip(names, node.args, strict=False)), **node.kwargs}.items():
            if _is_constant(given):
                complaint = complaint_of(name, given.resolve(Context()))
                if complaint:
                    raise TemplateSyntaxError(complaint)
        return cast("Node", node)

    register.tags[tag] = compile_checked


def _is_constant(given: FilterExpression) -> bool:
    """Tell whether an argument is written out in the template: a text, or a number."""
    written = not isinstance(given.var, Variable) or given.var.lookups is None
    return written and not given.filters


def _judge(function: Component) -> Callable[[str, object], str]:
    """Give a function that says what is wrong with an argument, or nothing."""
    hints = {k: v for k, v in get_type_hints(function).items() if k not in UNCHECKED}
    needed = {
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty and hints.get(name) is str
    }

    def complaint_of(name: str, value: object) -> str:
        if name in needed and not value:
            return f"{{% {function.__name__} %}}: {name} is empty"
        if name not in hints or _fits(value, hints[name]):
            return ""
        wanted = " or ".join(str(one) for one in get_args(hints[name])) or hints[name].__name__
        return f"{{% {function.__name__} %}}: {name} must be {wanted}, not {value!r}"

    return complaint_of


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value is of the annotated kind; of containers only the outside counts."""
    if isinstance(value, Promise):
        value = str(value)
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, part) for part in get_args(hint))
    if hint in (Any, object):
        return True
    if hint is NoneType:
        return value is None
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, origin or hint) and not (origin is not None and isinstance(value, str))
