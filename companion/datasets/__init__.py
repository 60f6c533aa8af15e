"""Small real data sets that ship with the package, in scikit-learn's manner: in place of `sklearn.datasets`."""

from companion.datasets._loaders import load_anscombe, load_old_faithful

__all__ = ["load_anscombe", "load_old_faithful"]
