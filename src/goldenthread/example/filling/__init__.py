"""A large invented project for measuring: rows made in bulk, shaped like those that people make."""

from goldenthread.example.filling.whole import Filled, fill, settle, slices

__all__ = ["Filled", "fill", "settle", "slices"]
