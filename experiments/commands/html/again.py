"""The command lines that make the runs of a folder and its page again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from experiments.analysis.assumptions import KeptArm, arms_of
from experiments.analysis.writing import named
from experiments.design import study_file
from experiments.design.overlay import Overlay
from experiments.design.study import Study
from experiments.figures.elements import Content, element, foreign
from experiments.store.folder import STORE
from experiments.store.provenance import Provenance
from simulation.errors import Invalid


def remade_by(known: Provenance, folder: Path, page: Sequence[str]) -> list[Content]:
    """Return the command lines that make the runs and this page again."""
    runs = _sweep(known, folder)
    if runs:
        words = "These commands make the runs and this page again:"
        return [element("p", words), _shown([runs, page])]
    found: list[Content] = [element("p", "This command makes this page again from the results:"), _shown([page])]
    if (folder / STORE).is_file():
        one = ["syslead", "run", "--from", str(folder), "--run", "0"]
        words = "The study is kept with its results. This command makes the first of its runs again and compares it:"
        found += [element("p", words), _shown([one])]
    return found


def _shown(commands: Sequence[Sequence[str]]) -> Content:
    lines = "\n".join(map(shlex.join, commands))
    return element("pre", element("code", foreign(lines)), tabindex="0", role="group", aria_label="Command lines")


def _sweep(known: Provenance, folder: Path) -> list[str]:
    """Return the words that make the runs again, none where the study is not one that is built in."""
    name = str(known.study.get("name", ""))
    path = study_file.STUDIES / f"{name}.toml"
    if not (name.isidentifier() and path.is_file()):
        return []
    with suppress(Invalid, OSError):
        study = study_file.read(path)
        laid = _laid(study, known)
        asked = study_file.read(path, overlay=laid).with_runs(known.replicates, known.seed)
        if json.loads(json.dumps(asked.document())) == known.study:
            return ["syslead", "sweep", name, *_options(study, laid, known), "--out", str(folder)]
    return []


def _laid(study: Study, known: Provenance) -> Overlay:
    """Return what may have been laid over a study that is built in, as all of its arms show it."""
    kept, own = arms_of(known.study), [KeptArm.of(arm._asdict()) for arm in study.arms]
    settings = {name: value for name, value in _alike(kept).items() if _alike(own).get(name) != value}
    return Overlay(
        scenario=_other([arm.scenario for arm in kept], [arm.scenario for arm in own]),
        change=_other([arm.change for arm in kept], [arm.change for arm in own]),
        weeks=known.weeks if known.weeks != study.weeks else None,
        settings=settings,
    )


def _other(kept: Sequence[str], own: Sequence[str]) -> str | None:
    """Return the one name that stands everywhere in the place of others."""
    names = set(kept)
    return names.pop() or None if len(names) == 1 and list(kept) != list(own) else None


def _alike(arms: Sequence[KeptArm]) -> dict[str, Any]:
    first = arms[0].settings if arms else {}
    return {name: value for name, value in first.items() if all(arm.settings.get(name) == value for arm in arms)}


def _options(study: Study, laid: Overlay, known: Provenance) -> list[str]:
    given = {
        "--scenario": laid.scenario,
        "--change": laid.change,
        "--weeks": laid.weeks,
        "--replicates": known.replicates if known.replicates != study.replicates else None,
        "--seed": known.seed if known.seed != study.seed else None,
    }
    words = [word for option, value in given.items() if value is not None for word in (option, str(value))]
    return words + [word for name, value in laid.settings.items() for word in ("--set", f"{name}={_exact(value)}")]


def _exact(value: Any) -> str:
    return repr(value) if isinstance(value, float) else named(value)
