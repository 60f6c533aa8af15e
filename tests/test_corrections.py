"""The data behind the corrections: each entry is whole, and its check proves it."""

import course
import pytest

from tests.checks import corrections

FILES = sorted((course.DATA / "corrections").glob("*.yml"))


def test_there_are_corrections():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_corrections(file):
    assert file.stem in course.sections()
    complaints = corrections.section_complaints(file.stem)
    assert course.corrections(file.stem)
    assert not complaints, "\n".join(complaints)
