"""The assessments and their questions, as data: which there are, and which a project needs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from goldenthread.projects.models import Project

DPIA: Final = "dpia"
BEST_INTERESTS: Final = "best-interests"
ILLEGAL_CONTENT: Final = "illegal-content"
CHILDREN_ACCESS: Final = "children-access"
CHILDREN_RISK: Final = "children-risk"
LONGEST: Final = 4000  # letters of an answer
# Before a first answer that the settings cannot know. As long as it stands, the question is open.
DRAFT: Final = "[A draft. Check it with whoever answers for data, then take these words away.]"


@dataclass(frozen=True)
class Question:
    """One question: what is asked, what helps to answer it, and who may read the answer."""

    key: str
    label: str
    hint: str
    source: str = ""  # what of the settings is a first answer
    public: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Questions under one heading."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Kind:
    """One assessment: its title, why it is needed, and its questions."""

    key: str
    title: str
    short: str
    why: str
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of it."""
        return tuple(each for part in self.parts for each in part.questions)

    def gaps(self, answers: Mapping[str, str]) -> list[Question]:
        """Return the questions without an answer, or with one that nobody has checked."""
        given = {each: answers.get(each.key, "").strip() for each in self.questions}
        return [each for each, answer in given.items() if not answer or DRAFT in answer]


@cache
def kinds() -> dict[str, Kind]:
    """Return every assessment there is, by key, in the order in which it is filled in."""
    text = resources.files(__package__).joinpath("data/questions.toml").read_text(encoding="utf-8")
    return {
        key: Kind(
            key=key,
            title=said["title"],
            short=said["short"],
            why=said["why"],
            parts=tuple(
                Part(
                    part["title"],
                    tuple(
                        Question(
                            key=each["key"],
                            label=each["label"],
                            hint=each["hint"],
                            source=each.get("from", ""),
                            public=each.get("public", False),
                            choices=tuple(each.get("choices", ())),
                        )
                        for each in part["questions"]
                    ),
                )
                for part in said["parts"]
            ),
        )
        for key, said in tomllib.loads(text).items()
    }


def needed(project: Project, access: Mapping[str, str] | None = None) -> list[Kind]:
    """Return what this project must have assessed before it opens, and while it is open.

    `access` holds the answers of the children's access assessment, as far as they go.
    """
    keys = [DPIA]
    if project.for_under_18:
        keys.append(BEST_INTERESTS)
    if project.board == Project.Board.SHARED:
        keys += [ILLEGAL_CONTENT, CHILDREN_ACCESS]
        if project.for_under_18 or children_are_likely(access or {}):
            keys.append(CHILDREN_RISK)
    return [kinds()[key] for key in keys]


def children_are_likely(access: Mapping[str, str]) -> bool:
    """Whether the children's access assessment says that children come."""
    yes = next(each for each in kinds()[CHILDREN_ACCESS].questions if each.choices).choices[0]
    return access.get("likely") == yes
