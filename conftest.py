"""Settings of the tests: nbval compares figures too, pixel by pixel."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in run.py: the same sums on every machine
os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")

import pytest
from hypothesis import settings
from nbval.plugin import IPyNbCell

from tests.checks import figures

# A busy machine makes no test wrong, so there is no deadline. The same examples are drawn at each run, so that a test
# fails at the change that broke it; the profile "explore" draws new ones.
settings.register_profile("course", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("course")

plain_comparison = IPyNbCell.compare_outputs


def compare_outputs(self, test, ref, skip_compare=None):
    same = plain_comparison(self, test, ref, skip_compare)
    found = figures.differences(ref, test)
    self.comparison_traceback += [
        f"{self.parent.name}, code cell {self.cell_num}: {text}. Look at the figure; if the new one is right, "
        "store it: python run.py notebooks"
        for text in found
    ]
    return same and not found


IPyNbCell.compare_outputs = compare_outputs


def pytest_addoption(parser):
    parser.addoption("--seeds", type=int, default=3, help="with how many other seeds each page is run again")


@pytest.fixture(scope="session")
def seeds(request):
    return request.config.getoption("--seeds")
