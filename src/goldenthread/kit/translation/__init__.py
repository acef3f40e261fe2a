"""Translations: texts collected, catalogues kept and compiled, all in Python (no gettext)."""
