"""The figure style of the book, set in one place."""

from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import Any

# Okabe and Ito's palette (2008), told apart by colour-blind readers; without their yellow, too pale on white, and
# with the orange, sky blue and purple a shade darker, so that a thin line has a contrast of 3 on white and on black.
COLORS = MappingProxyType(
    {
        "blue": "#0072b2",
        "orange": "#d55e00",
        "green": "#008f68",
        "purple": "#b5609a",
        "amber": "#b07d00",
        "sky": "#2f8fc9",
        "grey": "#767676",
    }
)


def use_style() -> None:
    """Set the figure style of the book for matplotlib, and make figures in notebooks reproducible to the byte.

    Lines differ by dash as well as by colour, so that they can be told apart in print.

    Examples
    --------
    >>> use_style()
    >>> import matplotlib
    >>> matplotlib.rcParams["axes.grid"]
    True
    """
    import matplotlib as mpl
    from cycler import cycler

    colors = [COLORS[name] for name in ("blue", "orange", "green", "purple", "amber", "sky")]
    dashes = ["-", (0, (5, 2)), (0, (1, 1.4)), (0, (6, 1.5, 1.5, 1.5)), (0, (9, 3)), (0, (3, 1, 1, 1, 1, 1))]
    mpl.rcParams.update(
        {
            "figure.figsize": (6.8, 3.8),
            "figure.dpi": 90,
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "savefig.facecolor": "white",
            "font.size": 11,
            "font.family": "DejaVu Sans",
            "mathtext.fontset": "cm",
            "axes.prop_cycle": cycler(color=colors) + cycler(linestyle=dashes),
            "axes.titlesize": 11,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#d9d9d9",
            "grid.linewidth": 0.6,
            "lines.linewidth": 2,
            "legend.frameon": False,
            "legend.fontsize": 10,
            "image.cmap": "cividis",
            "svg.hashsalt": "notes-that-run",
        }
    )
    _store_figures_small()


def _store_figures_small() -> None:
    """In a notebook, store each figure as a sharp PNG with a palette: a third of the size, the same at every run."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        # The inline backend sets its own formatter when it is loaded, and again after that cell: ours comes later.
        import_module("matplotlib_inline.backend_inline")
        shell.events.register("post_run_cell", _set_formatter)
        _set_formatter()


def _set_formatter(*_: Any) -> None:
    from IPython import get_ipython
    from matplotlib.figure import Figure

    get_ipython().display_formatter.formatters["image/png"].for_type(Figure, paletted_png)


def paletted_png(figure: Any) -> tuple[bytes, dict[str, int]]:
    """Return a figure as PNG with 128 colours and twice the pixels of its nominal size, and that size."""
    from PIL import Image

    drawn, stored = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=2 * figure.dpi, bbox_inches="tight")
    image = Image.open(drawn).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    image.save(stored, format="PNG", optimize=True)
    return stored.getvalue(), {"width": image.width // 2, "height": image.height // 2}
