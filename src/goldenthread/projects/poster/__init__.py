"""What is printed of a project, as PDF/UA: poster, slips, forms. Plain data in, bytes out."""

from goldenthread.projects.poster.drawing import (
    Box,
    BriefPage,
    HelpLine,
    PaperForm,
    Poster,
    Sheet,
    Slip,
    Slips,
    make,
    make_brief,
    make_form,
    make_sheet,
    make_slips,
)

__all__ = [
    "Box",
    "BriefPage",
    "HelpLine",
    "PaperForm",
    "Poster",
    "Sheet",
    "Slip",
    "Slips",
    "make",
    "make_brief",
    "make_form",
    "make_sheet",
    "make_slips",
]
