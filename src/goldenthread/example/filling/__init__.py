"""A large invented project for measuring: rows made in bulk, shaped like those that people make."""

from goldenthread.example.filling.whole import ADDRESS, Filled, fill, settle, slices

__all__ = ["ADDRESS", "Filled", "fill", "settle", "slices"]
