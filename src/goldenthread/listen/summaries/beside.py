"""Where organisers find the summary: beside the page on which they group what was said."""

from goldenthread.listen.themes.also import beside

beside(
    "What people said, in short",
    sentence="Write a summary. Each sentence shows the voices it rests on.",
    page="summaries:work",
)
