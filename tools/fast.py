#!/usr/bin/env python3
"""Compile the stages of reading with mypyc and install them over the editable install; `--undo` takes them away again.

    python tools/fast.py [--undo]

What is compiled is a copy of `src/kawat` in site-packages, which Python finds first: after a change, compile anew or undo. It takes
some minutes and wants mypy, setuptools, a C compiler and the headers of Python. Modules with msgspec structs stay as they are.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "kawat"
SITE = Path(sysconfig.get_paths()["purelib"])
STAGES = ("clauses", "documents", "events", "mentions", "provenance", "relations", "statements")
ALSO = ("packs.py", "pipeline.py", "span.py", "lexicon/inflect.py", "lexicon/match.py", "lexicon/tokens.py")
_GROUP = "kawat"  # the name of the shared library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--undo", action="store_true", help="take the compiled copy away")
    undo()
    if not parser.parse_args().undo:
        build()


def undo() -> None:
    """Take a compiled copy out of site-packages."""
    shutil.rmtree(SITE / "kawat", ignore_errors=True)
    for library in SITE.glob(f"{_GROUP}__mypyc.*"):
        library.unlink()


def build() -> None:
    """Compile a copy of the package and put it into site-packages."""
    try:
        from mypyc.build import mypycify
        from setuptools import setup
    except ImportError as e:
        sys.exit(f"tools/fast.py: {e.name} is missing: pip install mypy setuptools")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SOURCE, Path(folder) / "kawat", ignore=shutil.ignore_patterns("__pycache__"))
        os.chdir(folder)
        Path("mypy.ini").write_text("[mypy]\nstrict = True\nignore_missing_imports = True\n", encoding="utf-8")
        stages = [p for stage in STAGES for p in sorted(Path("kawat", stage).glob("*.py"))]
        files = [str(p) for p in [*stages, *(Path("kawat", x) for x in ALSO)] if compilable(p)]
        extensions = mypycify(files, group_name=_GROUP, opt_level="2")
        setup(name="kawat", packages=[], ext_modules=extensions, script_args=["--quiet", "build_ext", "--inplace"])
        shutil.copytree("kawat", SITE / "kawat")
        for library in Path().glob(f"{_GROUP}__mypyc.*"):
            shutil.copy2(library, SITE)
    print("kawat is compiled now; after a change of its code: make fast again, or make slow")


def compilable(path: Path) -> bool:
    """A module that defines no msgspec struct, whose hash would be lost, and imports nothing without types."""
    text = path.read_text("utf-8")
    return path.stem != "__init__" and "msgspec.Struct, " not in text and "import langid" not in text


if __name__ == "__main__":
    main()
