from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.probability import are_independent, are_pairwise_independent, probability

F = Fraction
TOSSES = list(product("HT", repeat=3))
ALIKE = [lambda t: t[0] == t[1], lambda t: t[1] == t[2], lambda t: t[2] == t[0]]

spaces = st.dictionaries(st.integers(0, 5), st.integers(0, 4), min_size=1).filter(lambda w: sum(w.values()))
events = st.lists(st.sets(st.integers(0, 5)), min_size=2, max_size=4)


def parities(n):
    """Return the n tosses of a coin and the 2^n - 1 events "an odd number of heads" among some of them."""
    tosses = list(product((0, 1), repeat=n))
    return tosses, [{t for t in tosses if sum(np.multiply(t, mask)) % 2} for mask in tosses[1:]]


# Notes, 2.1.3


def test_coin_and_die():
    space = list(product("HT", range(1, 7)))
    assert are_pairwise_independent([lambda w: w[0] == "H", lambda w: w[1] % 2], space)


def test_three_tosses_alike_are_independent_in_pairs_only():
    assert [probability(event, TOSSES) for event in ALIKE] == [F(1, 2)] * 3
    assert are_pairwise_independent(ALIKE, TOSSES)
    assert not are_independent(ALIKE, TOSSES)


def test_fifty_points():
    counts = {"A": 4, "B": 3, "C": 12, "AB": 2, "AC": 3, "BC": 4, "ABC": 1, "": 21}
    a, b = (lambda region: "A" in region), (lambda region: "B" in region)
    assert not are_pairwise_independent([a, b], counts)


# Other known results


@pytest.mark.parametrize("n", [2, 3, 4])
def test_parities_of_tosses_are_pairwise_independent(n):
    tosses, odd = parities(n)
    assert len(odd) == 2**n - 1
    assert are_pairwise_independent(odd, tosses)
    assert not are_independent(odd[:3], tosses)


def test_one_dependent_pair_is_enough_wherever_it_stands():
    tosses = list(product("HT", repeat=4))
    heads = [{t for t in tosses if t[i] == "H"} for i in range(4)]
    assert are_pairwise_independent(heads, tosses)
    orders = list(permutations([*heads[:3], heads[0] & heads[3]]))
    assert len(orders) == 24
    assert not any(are_pairwise_independent(order, tosses) for order in orders)


def test_triples_of_events_of_four_points():
    # Eight triples: one half of each of the three ways to cut four points into two and two.
    sets = [set(some) for size in range(5) for some in combinations(range(4), size)]
    pairwise = [triple for triple in combinations(sets, 3) if are_pairwise_independent(triple, range(4))]
    only = [triple for triple in pairwise if not are_independent(triple, range(4))]
    assert len(only) == 8
    assert all(len(event) == 2 for triple in only for event in triple)


def test_a_crooked_coin_makes_them_dependent():
    weights = {t: F(2, 3) ** t.count("H") * F(1, 3) ** t.count("T") for t in TOSSES}
    assert not are_pairwise_independent(ALIKE, weights)
    assert are_pairwise_independent([lambda t, i=i: t[i] == "H" for i in range(3)], weights)


@settings(deadline=None, max_examples=200)
@given(spaces, events)
def test_the_product_rule_for_every_pair(space, some):
    some = [event & space.keys() for event in some]
    p = [probability(event, space) for event in some]
    pairs = list(combinations(range(len(some)), 2))
    rule = all(probability(some[i] & some[j], space) == p[i] * p[j] for i, j in pairs)
    assert are_pairwise_independent(some, space) is rule
    assert are_pairwise_independent(some[::-1], space) is rule
    assert rule or not are_independent(some, space)


def test_iterators_and_weights_as_probabilities():
    assert are_pairwise_independent(iter(ALIKE), iter(TOSSES))
    assert are_pairwise_independent(({o for o in TOSSES if f(o)} for f in ALIKE), dict.fromkeys(TOSSES, F(1, 8)))
    assert are_pairwise_independent([{0}, set(), {0, 1}], {0: 1, 1: 0})


def test_nothing_is_changed():
    space, some = {"a": 1, "b": 3}, [{"a"}, {"b"}]
    assert are_pairwise_independent(some, space) is False
    assert (space, some) == ({"a": 1, "b": 3}, [{"a"}, {"b"}])
