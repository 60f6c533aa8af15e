"""Run every workload of tests/benchmarks/bench_*.py, print the table, and store it for the site; measure accuracy too.

python run.py bench [--part kmeans] [--rounds 15]
python run.py bench --part accuracy
python run.py bench --part growth
"""

import argparse
import json
import platform
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy
import scipy
import sklearn
from threadpoolctl import threadpool_limits

from tests.benchmarks import accuracy, growth
from tests.benchmarks.harness import measure

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "book" / "_data"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--part", default="*", help="only bench_<part>.py, and no times are stored; or: accuracy, growth"
    )
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    rows = []
    print(f"{'workload':58} {'ours ms':>9} {'library ms':>11} {'ratio':>6} {'goal':>5}  quality")
    with threadpool_limits(1):
        for path in sorted(HERE.glob(f"bench_{args.part}.py")):
            for workload in import_module(f"tests.benchmarks.{path.stem}").workloads():
                row = measure(workload, args.rounds)
                rows.append(row)
                print(
                    f"{row['name']:58} {row['ours_ms']:9.2f} {row['reference_ms']:11.2f} "
                    f"{row['ratio']:6.2f} {row['reach']:5.2f}  {row['quality']}",
                    flush=True,
                )
    if args.part == "*":
        store("benchmarks", {"rows": rows})
    if args.part in ("*", "accuracy"):
        store("accuracy", accuracy.table())
    if args.part in ("*", "growth"):
        with threadpool_limits(1):
            store("growth", growth.table())


def store(name: str, table: dict[str, Any]) -> None:
    """Write a table, with what it was measured with, to where the site finds it."""
    versions = (
        f"Python {platform.python_version()}, NumPy {numpy.__version__}, SciPy {scipy.__version__} and "
        f"scikit-learn {sklearn.__version__} on {platform.system()} ({platform.machine()})"
    )
    text = json.dumps({"versions": versions, **table}, indent=1, ensure_ascii=False)
    (DATA / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
