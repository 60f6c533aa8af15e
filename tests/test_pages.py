"""Every page of the book, before every checker."""

import course
import pytest

from tests.checks import anatomy, corrections, coverage, examples, exercises, figures, numbers, reseed, style

PAGES = course.pages()
CHECKERS = {
    checker.__name__.rpartition(".")[2]: checker
    for checker in (anatomy, corrections, coverage, examples, exercises, figures, numbers, style)
}


def report(complaints):
    if complaints:
        pytest.fail("\n".join([f"{len(complaints)} complaints", *complaints]), pytrace=False)


def test_there_are_pages():
    assert PAGES


def test_every_notebook_names_its_sections():
    assert [p.name for p in course.notebooks() if not course.Page.read(p).notes] == []


def test_no_two_pages_have_one_name():
    slugs = [page.slug for page in PAGES]
    assert sorted(set(slugs)) == sorted(slugs)


def test_promised_sections_have_pages():
    report(coverage.course_complaints(PAGES))


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_page(page, checker):
    report(CHECKERS[checker].complaints(page))


class TestWithOtherSeeds:  # a scope of its own: the slow part may run on another worker
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
    def test_page(self, page, seeds):
        report(reseed.complaints(page, seeds))
