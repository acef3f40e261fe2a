"""Opinion maps: votes on statements in, groups of people who vote alike out.

Data in, result out; knows nothing of Django. `draw_map(Votes.of(rows))` is a function of the votes
alone: in whatever order they come, the map is the same.
"""

from goldenthread.listen.conversations.mapping.drawing import Group, OpinionMap, draw_map
from goldenthread.listen.conversations.mapping.figures import Divide, Representative, Shared
from goldenthread.listen.conversations.mapping.grouping import Certainty
from goldenthread.listen.conversations.mapping.votes import AGREE, DISAGREE, PASS, Votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Certainty",
    "Divide",
    "Group",
    "OpinionMap",
    "Representative",
    "Shared",
    "Votes",
    "draw_map",
]
