"""Loaders of the tables in `data/`; each call reads its file anew, so that nobody shares an array."""

from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sklearn.utils import Bunch

ANSCOMBE = """Anscombe's quartet

Four made-up sets of eleven points (x, y) with nearly equal means, variances, correlation and regression line, and
very different scatter plots. No units. Sets I to III share their x.

Source: F. J. Anscombe, Graphs in statistical analysis, The American Statistician 27(1), 1973, 17-21.
"""

OLD_FAITHFUL = """Eruptions of the geyser Old Faithful

272 eruptions of the geyser in Yellowstone National Park, Wyoming, in the order of observation: how long each lasted,
and how long one waited for the next. Both in minutes; many durations are rounded to multiples of five seconds.

Source: data set `faithful` of R; W. Härdle, Smoothing Techniques with Implementation in S, Springer, 1991;
A. Azzalini and A. W. Bowman, A look at some data on the Old Faithful geyser, Applied Statistics 39(3), 1990, 357-365.
"""


def load_anscombe() -> "Bunch":
    """Load Anscombe's quartet: four sets of eleven points with nearly the same summaries.

    Returns
    -------
    sklearn.utils.Bunch
        A dictionary with attributes: `data`, ndarray of shape (4, 11, 2), set by point by feature; `x` and `y`, each an
        ndarray of shape (4, 11), its two features; `set_names`, ``["I", "II", "III", "IV"]``; `feature_names`,
        ``["x", "y"]``; and `DESCR`, where the data come from. No units.

    See Also
    --------
    load_old_faithful : real measurements.

    References
    ----------
    F. J. Anscombe, Graphs in statistical analysis, The American Statistician 27(1), 1973, pp. 17-21.

    Examples
    --------
    >>> quartet = load_anscombe()
    >>> quartet.data.shape
    (4, 11, 2)
    >>> quartet.x.mean(axis=1).tolist(), quartet.y.mean(axis=1).round(2).tolist()
    ([9.0, 9.0, 9.0, 9.0], [7.5, 7.5, 7.5, 7.5])
    """
    from sklearn.utils import Bunch  # half a second, at first use

    x, y = np.hsplit(_read("anscombe.csv"), 2)
    data = np.stack([x.T, y.T], axis=-1)
    return Bunch(
        data=data,
        x=data[..., 0],
        y=data[..., 1],
        set_names=["I", "II", "III", "IV"],
        feature_names=["x", "y"],
        DESCR=ANSCOMBE,
    )


def load_old_faithful() -> "Bunch":
    """Load 272 eruptions of the geyser Old Faithful: how long each lasted, and the wait for the next.

    Returns
    -------
    sklearn.utils.Bunch
        A dictionary with attributes: `data`, ndarray of shape (272, 2), how long an eruption lasted and how long one
        waited for the next, both in minutes; `feature_names`, ``["eruptions (min)", "waiting (min)"]``; and `DESCR`,
        where the data come from.

    See Also
    --------
    load_anscombe : four small sets for regression.

    References
    ----------
    A. Azzalini and A. W. Bowman, A look at some data on the Old Faithful geyser, Applied Statistics 39(3), 1990,
    pp. 357-365; the 272 rows are those of `faithful` in R.

    Examples
    --------
    >>> geyser = load_old_faithful()
    >>> geyser.data.shape
    (272, 2)
    >>> geyser.data[0].tolist()
    [3.6, 79.0]
    """
    from sklearn.utils import Bunch  # half a second, at first use

    return Bunch(
        data=_read("old-faithful.csv"),
        feature_names=["eruptions (min)", "waiting (min)"],
        DESCR=OLD_FAITHFUL,
    )


def _read(name: str) -> NDArray[np.float64]:
    with (files("companion.datasets") / "data" / name).open(encoding="utf-8") as file:
        return np.loadtxt(file, delimiter=",", skiprows=1)
