"""A case on one sheet, for the case system of a school or service."""

from goldenthread.safety.concerns.sheet.drawing import Part, Sheet, as_pdf, as_text

__all__ = ["Part", "Sheet", "as_pdf", "as_text"]
