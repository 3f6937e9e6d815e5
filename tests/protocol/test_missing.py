"""What is not known and would change the outcome, in the order in which it matters."""

from __future__ import annotations

from tests.protocol.toy import ask, protocol, rule


def asked(run) -> list[str]:
    return [missing.ask.id for missing in run.missing]


def test_a_red_flag_is_asked_before_an_action(on) -> None:
    """Signs that could be an emergency stand before everything that only changes a recommendation."""
    questions = asked(on(total_b12="200 ng/L"))
    assert questions[0] == "nerves"
    assert questions.index("nerves") < questions.index("pregnancy")


def test_a_question_that_changes_nothing_is_not_asked(on) -> None:
    """Fever decides no rule of the toy protocol."""
    assert "weather" not in asked(on(total_b12="200 ng/L"))


def test_an_answered_question_is_not_asked_again(on) -> None:
    """What is known present or absent is gone from the list."""
    known = on(total_b12="200 ng/L", gait_ataxia="absent", limb_weakness="absent")
    assert "nerves" not in asked(known)


def test_what_lifts_an_abstention_comes_first(on) -> None:
    """A result without a unit: the unit is asked before the red-flag signs."""
    assert asked(on(total_b12="300"))[0] == "unit"


def test_two_facts_that_only_decide_together_are_one_question(on) -> None:
    """PAIR needs diet and medicine: neither alone fires it, so they are asked as a group."""
    pair = protocol(
        rules=(rule("PAIR", {"all": ["vegan_diet", "metformin"]}, branch=True),),
        asks=(
            ask("diet", "vegan_diet", vegan_diet=("present",)),
            ask("medicines", "metformin", metformin=("present",)),
        ),
    )
    [missing] = on(pair).missing
    assert (missing.ask.id, missing.together) == ("diet", ("medicines",))


def test_ties_keep_the_declared_order(on) -> None:
    """Questions of equal weight stand as the protocol declares them."""
    run = on(total_b12="200 ng/L")
    same = [m.ask.id for m in run.missing if not m.red_flag and m.changes]
    declared = [a.id for a in run.protocol.asks if a.id in same]
    assert same == declared


def test_facts_that_stand_bare_in_rules_of_their_own_are_told_apart(on) -> None:
    """Both facts of one question: what the second does is counted though nothing stands above either leaf."""
    bare = protocol(
        rules=(rule("FIRST", "gait_ataxia"), rule("SECOND", "limb_weakness")),
        asks=(ask("nerves", "gait_ataxia", "limb_weakness"),),
    )
    [missing] = on(bare).missing
    assert missing.rules == ("FIRST", "SECOND")
