"""Pregnancy that is not said outright, and positive tests, weeks and expectations that are none."""

import pytest

from bedside.facts.fact import Presence
from tests.facts.lines import lines


@pytest.mark.parametrize(
    "text",
    [
        "just got a positive test, about 5 weeks, i take levothyroxine 75mcg. do i stop it?",
        "I'm on levothyroxine 75 and just got a positive test, about 5 weeks",
        "positive pregnancy test yesterday, I take levothyroxine",
        "pregnancy test came back positive",
        "tested positive for pregnancy",
        "I'm 5 weeks along, on levothyroxine",
        "I'm expecting. levothyroxine 50",
        "we are expecting in May",
        "found out I'm pregnant",
        "I fell pregnant, TSH 5",
        "baby due in May, on levothyroxine",
        "my due date is 3 June, TSH 4",
        "I am due in March, hypothyroid",
        "we're having a baby in June",
        "two lines on the test this morning! on levothyroxine",
        "did a home test and I'm 6 weeks gone",
        "my period is late and the test was positive",
        "positive home test, 4+3 weeks",
        "Just had a BFP, levothyroxine 50 mcg",
        "I'm 28 weeks and my TSH is 4",
    ],
)
def test_a_pregnancy_in_other_words(read, text):
    """A test, a baby that is due and weeks are a pregnancy as much as the word."""
    fact = read(text).current("pregnancy")
    assert fact is not None
    assert fact.presence is Presence.PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "positive test for H. pylori",
        "positive test for h pylori 5 weeks ago",
        "my H pylori breath test was positive, about 5 weeks of stomach ache",
        "antibody test positive",
        "positive TPO antibody test, about 5 weeks ago",
        "5 weeks after surgery",
        "covid test positive, 5 weeks ago",
        "positive lateral flow test, off sick for 2 weeks",
        "stool test came back positive, 5 weeks of diarrhoea",
        "I'm 5 weeks into levothyroxine",
        "my sister is expecting, my TSH is 5",
        "my sister's baby due in May. My TSH is 5",
        "I was not expecting an improvement",
        "not expecting an improvement",
        "I was expecting better results",
        "I'm expecting my results tomorrow",
        "my blood test is due in May",
        "my levothyroxine review is due in May",
        "I'm due in March for my smear",
        "I had a pregnancy test, TSH 5",
        "Should I do a pregnancy test?",
        "What if I get a positive pregnancy test?",
        "had a positive pregnancy test 3 years ago, lost the baby",
    ],
)
def test_no_pregnancy(read, text):
    """Another test, another's baby and another expectation are none, and deny none."""
    assert read(text).current("pregnancy") is None


@pytest.mark.parametrize(
    "text",
    ["pregnancy test negative", "negative pregnancy test, TSH 5", "my pregnancy test was negative", "hcg negative"],
)
def test_a_negative_test_denies_it(read, text):
    """A negative test of pregnancy is no pregnancy."""
    fact = read(text).current("pregnancy")
    assert fact is not None
    assert fact.presence is Presence.ABSENT


def test_weeks_beside_a_test(read):
    """The weeks behind a test are weeks of pregnancy, and no time on a medicine."""
    assert {"pregnancy", "gestation_weeks 5 weeks"} <= lines(
        read("on levothyroxine, just got a positive test, 5 weeks")
    )


@pytest.mark.parametrize(
    "text", ["baby due in May, on levothyroxine, TSH 5", "I'm expecting a baby and take levothyroxine, TSH 5"]
)
def test_a_baby_on_its_way_has_no_results(read, text):
    """What stands behind a baby that is not yet born is its mother's."""
    assert read(text).current("tsh") is not None
    assert read(text).current("levothyroxine") is not None
