"""Where organisers find the candidates: beside the page on which they group what was said."""

from goldenthread.listen.themes.also import beside

beside(
    "Candidate themes",
    sentence="See which voices share words. You decide what they have in common.",
    page="candidates:list",
)
