from goldenthread.thread.events import Event

FRAMEWORK_CHOSEN = Event("framework.chosen", "Organisers chose a framework to map themes on.")
FRAMEWORK_LEFT = Event("framework.left", "Organisers no longer map themes on a framework.")
FRAMEWORK_MADE = Event(
    "framework.made", "Organisers wrote a list of their own.", facts={"items": int}
)
THEME_PLACED = Event(
    "theme.placed", "Organisers placed the theme on a framework.", facts={"item": str}
)
THEME_TAKEN_OFF = Event(
    "theme.taken-off", "Organisers took the theme off a framework.", facts={"item": str}
)
