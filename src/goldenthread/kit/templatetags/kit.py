"""The template library of the components. It is built in: no page needs to load it."""

from goldenthread.kit.components import form_parts, furniture, lists, pictures, pieces
from goldenthread.kit.components.strict import register

__all__ = ["form_parts", "furniture", "lists", "pictures", "pieces", "register"]
