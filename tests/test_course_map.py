"""The maps of the parts: needs as the pages state them, rows and places without overlap, arrows for what is needed."""

import re
from itertools import pairwise

import course
import course_map
import pytest
from hypothesis import given
from hypothesis import strategies as st


@st.composite
def graphs(draw):
    names = [f"p{i}" for i in range(draw(st.integers(1, 12)))]
    return {name: {other for other in names[:i] if draw(st.booleans())} for i, name in enumerate(names)}


def all_needs(needs, slug):
    return needs[slug].union(*(all_needs(needs, other) for other in needs[slug]))


def test_the_needs_are_those_that_a_page_links_to():
    pages = {page.slug: page for page in course.pages(course.BOOK / "probability")}
    needs = course_map.needs_of(list(pages.values()))
    assert needs["introduction-to-probability"] == set()
    assert needs["conditional-probability"] == {"introduction-to-probability"}
    assert all(slug in pages for some in needs.values() for slug in some)


@pytest.mark.parametrize("folder", sorted({page.path.parent for page in course.pages()}), ids=lambda path: path.name)
def test_no_page_needs_a_page_that_needs_it(folder):
    needs = course_map.needs_of(course.pages(folder))
    assert needs
    assert set(course_map.rows_of(needs)) == set(needs)


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="need each other: a -> b -> a"):
        course_map.rows_of({"a": {"b"}, "b": {"a"}})


@given(graphs())
def test_each_page_stands_right_below_the_lowest_that_it_needs(needs):
    row = course_map.rows_of(needs)
    assert all(row[slug] == 1 + max((row[other] for other in some), default=-1) for slug, some in needs.items())


@given(graphs())
def test_without_detours_nothing_is_lost_and_nothing_said_twice(needs):
    least = course_map.without_detours(needs)
    for slug, some in least.items():
        assert all_needs(least, slug) == all_needs(needs, slug)
        assert not any(other in all_needs(needs, third) for other in some for third in some)


@given(graphs())
def test_boxes_and_bends_of_a_row_do_not_overlap_and_arrows_go_one_row_down_at_a_time(needs):
    row = course_map.rows_of(needs)
    rows, chains = course_map.led_through(needs, row)
    x = course_map.places(rows, chains)
    width = {node: course_map.BOX[0] if isinstance(node, str) else course_map.BEND for node in x}
    for some in rows:
        for left, right in pairwise(some):
            assert x[right] - x[left] >= (width[left] + width[right]) / 2 + course_map.GAP[0] - 1e-6
    level = {node: i for i, some in enumerate(rows) for node in some}
    assert all(level[b] == level[a] + 1 for chain in chains for a, b in pairwise(chain))
    assert len(chains) == sum(map(len, needs.values()))


def test_places_are_the_nearest_to_the_wanted_ones():
    near = course_map.side_by_side(["a", "b"], {"a": 10.0, "b": 10.0})
    assert near["a"] + near["b"] == pytest.approx(20)
    assert course_map.side_by_side(["a", "b"], {"a": 0.0, "b": 999.0}) == {"a": 0.0, "b": 999.0}


def test_the_drawing_has_a_box_for_each_page_and_an_arrow_for_each_need():
    pages = course.pages(course.BOOK / "probability")
    needs = course_map.needs_of(pages)
    svg = course_map.drawing(pages, needs, {page.slug: f"{page.slug}.html" for page in pages})
    assert svg.count("<rect ") == len(pages)
    assert svg.count('class="map-arrow"') == sum(map(len, course_map.without_detours(needs).values()))
    assert set(re.findall(r'href="([^"]+)\.html"', svg)) == {page.slug for page in pages}
    assert f"Map of {len(pages)} pages" in svg
