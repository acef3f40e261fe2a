from goldenthread.thread.events import Event

THEME_MADE = Event("theme.made", "Organisers found a theme in what was said.")
THEME_GROUPED = Event("theme.grouped", "Organisers put voices in the theme.")
THEME_UNGROUPED = Event("theme.ungrouped", "Organisers took voices out of the theme.")
THEME_MERGED = Event("theme.merged", "Organisers merged the theme into another.", {"into": str})
THEME_SPLIT = Event("theme.split", "Organisers made a theme of a part of this one.", {"into": str})
THEME_REWORDED = Event("theme.reworded", "Organisers put the theme in other words.", {"seal": str})
THEME_SHOWN_BACK = Event(
    "theme.shown-back", "Organisers showed the theme to those who spoke.", {"seal": str}
)
THEME_AGREED = Event(
    "theme.agreed", "Organisers said the theme is ready to be decided on.", {"seal": str}
)
THEME_CORRECTED = Event("theme.corrected", "Someone who spoke said if the theme is right.")
CORRECTION_DEALT_WITH = Event(
    "theme.correction-dealt-with", "Organisers said what they did with a correction."
)
