from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from companion.probability import are_independent, probability

F = Fraction
DIE = range(1, 7)
TWO_DICE = list(product(DIE, repeat=2))
ODD, EVEN = {1, 3, 5}, {2, 4, 6}

weights = st.dictionaries(st.integers(0, 9), st.integers(0, 20), min_size=1).filter(lambda w: sum(w.values()))


def first_odd(roll):
    return roll[0] % 2 == 1


def second_odd(roll):
    return roll[1] % 2 == 1


def sum_odd(roll):
    return sum(roll) % 2 == 1


# Numbers of the notes, 2.1.1 and 2.1.2


def test_coin_and_die():
    assert [probability({side}, "HT") for side in "HT"] == [F(1, 2)] * 2
    assert [probability({face}, DIE) for face in DIE] == [F(1, 6)] * 6
    assert probability({1, 2}, DIE) == F(1, 3)


def test_odd_and_even_exclude_each_other():
    assert probability(ODD & EVEN, DIE) == 0
    assert probability(ODD | EVEN, DIE) == probability(ODD, DIE) + probability(EVEN, DIE) == 1
    assert not are_independent([ODD, EVEN], DIE)


def test_two_rolls_are_independent():
    assert probability(lambda roll: first_odd(roll) and second_odd(roll), TWO_DICE) == F(1, 4)
    assert are_independent([first_odd, second_odd], TWO_DICE)
    assert not are_independent([ODD, ODD], DIE)


def test_a_seven_is_impossible():
    assert probability(lambda face: face == 7, DIE) == probability(set(), DIE) == 0


def test_a_five_given_an_odd_roll():
    assert probability({5}, DIE, given=ODD) == F(1, 3)
    assert probability(ODD, DIE, given={5}) == 1
    assert probability({2}, DIE, given=ODD) == 0


# Other known results


def test_sums_of_two_dice():
    assert probability(lambda roll: sum(roll) == 7, TWO_DICE) == F(1, 6)
    assert probability(lambda roll: sum(roll) >= 10, TWO_DICE) == F(1, 6)
    assert probability(lambda roll: sum(roll) == 8, TWO_DICE, given=lambda roll: roll[0] == 3) == F(1, 6)
    assert probability(lambda roll: roll[0] == 3, TWO_DICE, given=lambda roll: sum(roll) == 8) == F(1, 5)


@pytest.mark.parametrize("n", [1, 4, 10])
def test_heads_are_binomial(n):
    tosses = list(product("HT", repeat=n))
    for k in range(n + 1):
        exact = probability(lambda toss, k=k: toss.count("H") == k, tosses)
        assert exact == F(comb(n, k), 2**n)
        assert float(exact) == pytest.approx(stats.binom.pmf(k, n, 0.5), rel=1e-12)


def test_bernsteins_events_are_independent_in_pairs_only():
    pairs = list(combinations([first_odd, second_odd, sum_odd], 2))
    assert len(pairs) == 3
    assert all(are_independent(pair, TWO_DICE) for pair in pairs)
    assert not are_independent([first_odd, second_odd, sum_odd], TWO_DICE)


def test_the_product_of_all_three_is_not_enough():
    # P(A and B and C) = P(A) P(B) P(C), but A and B are dependent.
    a, b, c = {0, 1, 2, 3}, {0, 1, 2, 3}, set()
    assert probability(a & b & c, range(8)) == probability(a, range(8)) ** 2 * probability(c, range(8))
    assert not are_independent([a, b, c], range(8))


def test_independent_only_given_a_third():
    # A fair and a two-headed coin, one of them tossed twice.
    space = {("fair", *toss): F(1, 8) for toss in product("HT", repeat=2)} | {("double", "H", "H"): F(1, 2)}
    heads = [lambda o: o[1] == "H", lambda o: o[2] == "H"]
    assert not are_independent(heads, space)
    for coin in ("fair", "double"):
        assert are_independent(heads, space, given=lambda o, coin=coin: o[0] == coin)


# Weights


def test_probabilities_and_counts_as_weights():
    assert probability("b", {"a": F(2, 3), "b": F(1, 3)}) == F(1, 3)
    assert probability("b", {"a": 4, "b": 2}) == F(1, 3)
    assert probability("ab", {"a": 4, "b": 2, "c": 0}, given="bc") == 1
    assert probability({"n"}, Counter("banana")) == F(1, 3)
    assert probability({0}, {0: 0, 1: 1}) == 0


def test_numpy_counts_do_not_overflow():
    counts = dict(enumerate(np.array([2**62, 2**62, 2**62])))
    assert probability({0}, counts) == F(1, 3)
    assert type(probability({0}, counts).numerator) is int
    halves = {"a": F(np.int64(1), np.int64(2)), "b": F(np.int64(1), np.int64(2))}
    assert type(probability({"a"}, halves).denominator) is int


@settings(deadline=None, max_examples=100)
@given(weights, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_the_rules_of_probability(space, a, b):
    a, b = a & space.keys(), b & space.keys()

    def p(event):
        return probability(event, space)

    assert 0 <= p(a) <= 1
    assert p(space.keys()) == 1
    assert p(space.keys() - a) == 1 - p(a)
    assert p(a | b) == p(a) + p(b) - p(a & b)
    assert are_independent([a, b], space) == (p(a & b) == p(a) * p(b))
    if p(b):
        assert probability(a, space, given=b) * p(b) == p(a & b)
        assert are_independent([a, b], space) == (probability(a, space, given=b) == p(a))


@settings(deadline=None, max_examples=50)
@given(weights, st.sets(st.integers(0, 9)), st.integers(1, 1000))
def test_the_unit_of_the_weights_does_not_matter(space, a, factor):
    a, total = a & space.keys(), sum(space.values())
    assert probability(a, space) == probability(a, {o: factor * w for o, w in space.items()})
    assert probability(a, space) == probability(a, {o: F(w, total) for o, w in space.items()})


def test_the_result_is_a_fraction_and_nothing_is_changed():
    space, event = {"a": 1, "b": 3}, {"b"}
    for result in (probability(event, space), probability(set(), space), probability("ab", space)):
        assert type(result) is Fraction
    assert space == {"a": 1, "b": 3}
    assert event == {"b"}
    assert are_independent([event, event], {"a": 0, "b": 1}) is True


def test_outcomes_of_any_kind():
    assert probability({(1, "H")}, product(DIE, "HT")) == F(1, 12)
    assert probability(np.array([1, 2]), np.arange(1, 7)) == F(1, 3)
    assert probability([1, 1, 2], DIE) == F(1, 3)
    assert probability(iter({1, 2}), iter(DIE)) == F(1, 3)
