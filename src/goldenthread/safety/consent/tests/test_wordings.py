"""A statement that was shown is never changed: whoever agreed to it can read it again."""

import hashlib
from dataclasses import replace

import pytest
from django.test import Client
from tests.architecture.test_promises import missing

from goldenthread.kit.testing.queries import at_most
from goldenthread.safety.consent.wordings import purposes, today, version_of

PINNED = {  # add a line for a new version; never change one
    "quote.1": "a4f62cca03d681222f09becc38bf0fb296626a90ecfdd2834ee84718fe963efa",
    "reach.1": "e5aea5172c55ae30a5fb666d1d15ead1d4ee948aeb3b26950b5e950501475051",
    "equality.1": "ad3317f7ba66578466a635b0b4f5d5fc7f172698715fec3c7f1630e24ed0fbe5",
}
MOST_WORDS = 20  # of a sentence that participants read


def every():
    return [version for purpose in purposes().values() for version in purpose.versions]


def hash_of(version):
    said = "\n".join([str(version.since), version.statement, version.withdrawing, version.stays])
    return hashlib.sha256(said.encode()).hexdigest()


def changed(versions, pinned):
    """Versions whose text is not the one that was pinned, and pins without a version."""
    now = {each.mark: hash_of(each) for each in versions}
    return sorted(mark for mark in now.keys() | pinned.keys() if now.get(mark) != pinned.get(mark))


def test_no_version_that_was_used_has_changed():
    assert changed(every(), PINNED) == []


def test_a_changed_a_dropped_and_an_unpinned_version_are_caught():
    [first, *others] = every()
    altered = replace(first, statement=first.statement.replace("a talk", "an advert"))
    assert changed([altered, *others], PINNED) == ["quote.1"]
    assert changed(others, PINNED) == ["quote.1"]
    assert changed([*every(), replace(first, number=2)], PINNED) == ["quote.2"]


@pytest.mark.parametrize("purpose", purposes().values(), ids=lambda purpose: purpose.key)
def test_versions_run_on_and_each_says_what_taking_it_back_does(purpose):
    assert [each.number for each in purpose.versions] == [*range(1, len(purpose.versions) + 1)]
    assert [each.since for each in purpose.versions] == sorted(
        each.since for each in purpose.versions
    )
    for each in purpose.versions:
        assert each.statement
        assert each.withdrawing
        assert each.stays


@pytest.mark.parametrize("version", every(), ids=lambda version: version.mark)
def test_sentences_are_short_enough(version):
    for text in (version.statement, version.withdrawing, version.stays):
        assert [each for each in text.split(". ") if len(each.split()) > MOST_WORDS] == []


def test_a_version_is_found_by_its_number_and_the_newest_is_todays():
    assert version_of("quote", 1) == purposes()["quote"].versions[0]
    assert version_of("quote", 99) is None
    assert today("quote") == purposes()["quote"].versions[-1]


@pytest.mark.parametrize("purpose", purposes().values(), ids=lambda purpose: purpose.key)
def test_what_a_statement_promises_is_tied_to_checks_that_stand(purpose):
    assert purpose.proved_by
    assert missing(list(purpose.proved_by)) == []


@pytest.mark.django_db
def test_anyone_can_read_every_statement_in_every_version():
    with at_most(1):
        shown = Client().get("/consent/").content.decode()
    assert all(each.statement in shown for each in every())
    assert all(each.stays in shown for each in every())
