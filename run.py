"""Notes that Run: one command for each thing one does with the course. Needs Python 3.11 or newer, nothing else.

    python3 run.py book            set up, build the site, and say where to open it
    python3 run.py serve           build the site, then serve it at http://127.0.0.1:8000
    python3 run.py test            set up and run every test (options go to pytest: -k tail, -x ...)
    python3 run.py lab             open the notebooks in JupyterLab
    python3 run.py text PAGE ...   write pages as text to _build/text/, to edit them there
    python3 run.py notebooks       take up edited texts, execute the changed pages, store them (--all for every page)
    python3 run.py bench           measure the companion against the libraries, and store the table

Everything is installed into the folder .venv here; after the first set-up all of it works offline.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
HTML = ROOT / "_build" / "html"
BUILD = [
    "-c",
    "import sys; from jupyter_book.cli.main import main; sys.exit(main())",
    *("build", ".", "-W", "-n", "--keep-going", "-q"),
]
START = time.perf_counter()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def say(text: str) -> None:
    """Print a line of progress with the seconds since the start."""
    print(f"[{time.perf_counter() - START:5.0f} s] {text}", flush=True)


def run(*arguments: str, doing: str = "running this command") -> None:
    """Run the course's own Python; a failure ends this command with the same code."""
    # One BLAS thread: the same sums on every machine, and two workers do not fight for the cores. One BLAS kernel, not
    # the one for the processor at hand, on which the last digits of a sum would depend.
    env = {**os.environ, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    env.setdefault("OPENBLAS_CORETYPE", "Haswell")
    done = subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=env)
    if done.returncode:
        say(f"FAILED while {doing}. The messages above say where and what; mend that and run the same command again.")
        sys.exit(done.returncode)


def set_up() -> None:
    """Make .venv hold what requirements.txt and pyproject.toml ask for; do nothing where it already does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    home = f"{ROOT} {sys.version}"
    asked = hashlib.sha256(f"{requirements} {project['project']} {project['build-system']}".encode()).hexdigest()
    stamp = ENV / "set-up.txt"
    found = stamp.read_text(encoding="utf-8").split("\n") if stamp.is_file() else [""]
    if found == [home, asked]:
        return
    say("Setting up .venv (once; a minute or two)")
    if found[0] != home:
        venv.create(ENV, with_pip=True, clear=True)
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"]
    run(*pip, doing="installing requirements.txt (it needs the network)")
    stamp.write_text(f"{home}\n{asked}", encoding="utf-8")


def build(*options: str) -> None:
    """Build the site with warnings as errors."""
    say("Building the site")
    done = HTML / "index.html"
    if done.is_file() and (ROOT / "_toc.yml").stat().st_mtime > done.stat().st_mtime:
        options = ("--all", *options)  # else pages that did not change keep their old "previous" and "next"
    run(*BUILD, *options, doing="building the site (warnings count as errors)")


def find_browser() -> str:
    """Return the path of a Chromium; let Playwright fetch its own where the machine has none."""
    chosen = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if chosen:
        return chosen
    say("No Chromium found: fetching one (once)")
    run("-m", "playwright", "install", "chromium")
    return ""


def test(*options: str) -> None:
    """Check style and types, build the site afresh, and run every test."""
    os.environ["BROWSER_PATH"] = find_browser()
    if not options:
        say("Checking style and types")
        run("-m", "ruff", "check", "--quiet", ".", doing="checking style with ruff")
        run("-m", "ruff", "format", "--check", "--quiet", ".", doing="checking the layout (mend it with: ruff format)")
        run("-m", "mypy", doing="checking types with mypy")
        build("--all")
    say("Running the tests")
    run("-m", "pytest", "-q", "-n", str(min(4, os.cpu_count() or 1)), *options, doing="running the tests")
    say("All tests passed.")


def book() -> None:
    """Build the site and say where it is."""
    build()
    say(f"The site is ready: open {HTML / 'index.html'}, or run: python3 run.py serve")


def serve() -> None:
    """Build the site and serve it on this machine only."""
    build()
    say("The site is at http://127.0.0.1:8000 (Ctrl+C ends it)")
    run("-m", "http.server", "8000", "--bind", "127.0.0.1", "--directory", str(HTML))


COMMANDS = {
    "book": book,
    "serve": serve,
    "test": test,
    "lab": lambda *rest: run("-m", "jupyter", "lab", "book", *rest),
    "text": lambda *rest: run("book/_tools/notebooks.py", "text", *rest),
    "notebooks": lambda *rest: run("book/_tools/notebooks.py", "run", *rest),
    "bench": lambda *rest: run("-m", "tests.benchmarks", *rest),
}


def main(command: str = "help", *rest: str) -> None:
    """Run one command."""
    if command not in COMMANDS:
        sys.exit(__doc__)
    set_up()
    COMMANDS[command](*rest)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        say("Stopped.")
