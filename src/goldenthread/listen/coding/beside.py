"""Where organisers find the codebook: beside the page on which they group what was said."""

from goldenthread.listen.themes.also import beside

beside(
    "Codebook and coding rounds",
    sentence="Say what belongs to each theme. Let two people sort alone, and compare.",
    page="coding:book",
)
