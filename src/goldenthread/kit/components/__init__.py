"""The components of every page; `kit` is their template library, built in everywhere."""
