"""Whether a study may enter a result folder: it is new, or one of this study, these sources, inputs and versions."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.inputs import Input, inputs_of, placeless
from experiments.design.study import Study
from experiments.store.database import Store
from experiments.store.errors import Incompatible
from experiments.store.ledger import Ledger
from experiments.store.made_with import Kept, MadeWith, as_far_as_known, differences, here_and_now, refuse_other_tactics
from simulation import catalogue, own_tactics
from simulation.errors import Invalid

DIFFERENCES_SHOWN = 20


def enter(
    store: Store,
    study: Study,
    shard: tuple[int, int] | None,
    accept_changes: bool,
    inputs: Mapping[str, Input] | None = None,
) -> Ledger:
    """Enter a study in a store that is new, or check that the store is one of this study, these sources and versions.

    Parameters
    ----------
    store : Store
        A store that is open to be written.
    study : Study
        What is run.
    shard : tuple of int, optional
        Which part of it.
    accept_changes : bool
        Go on with what is here now although it differs.
    inputs : mapping, optional
        The scenarios and changes of a user's own by name; those at the paths that the study gives unless given.

    Raises
    ------
    Incompatible
        They differ, and the changes are not accepted; the message shows how.
    Invalid
        A tactic of the user's own is missing or differs; where that is accepted, one that the study needs is missing.
    """
    inputs = inputs_of(study) if inputs is None else inputs
    study, now = placeless(study), here_and_now({name: each.digest for name, each in inputs.items()})
    if store.fact("study") is None:
        Kept(store).keep(inputs.values())
        store.put(study=study.document(), epochs=[now], shard=shard, changes=[])
        return Ledger(store)
    before = Ledger(store)
    # More replicates only add runs.
    study = study.with_runs(replicates=max(study.replicates, before.study.replicates))
    now = as_far_as_known(before.made_with[-1], now)
    if accept_changes:
        _refuse_unknown_tactics(study)
    else:
        refuse_other_tactics(store.path.parent, before.made_with[-1], now)
    changes = _changes(before, study, shard, now)
    if changes and not accept_changes:
        raise Incompatible(_refusal(store.path.parent, _in_detail(changes, before, inputs)))
    before.kept.keep(inputs.values())
    made_with = before.made_with if before.made_with[-1] == now else [*before.made_with, now]
    if not any(change.startswith("study") for change in changes):
        # The same study may be written otherwise, and the keys of its runs are those of how it was written first.
        study = before.study.with_runs(replicates=study.replicates)
    store.put(study=study.document(), epochs=made_with, shard=shard, changes=[*store.fact("changes"), *changes])
    return Ledger(store)


def _refuse_unknown_tactics(study: Study) -> None:
    """Refuse a study that needs a tactic of the user's own which is not here."""
    needed = {name for arm in study.arms for name in arm.tactics}
    needed |= {name.removeprefix(TACTIC_PREFIX) for name in study.design.columns if name.startswith(TACTIC_PREFIX)}
    unknown = sorted(needed - set(catalogue.tactics()))
    if unknown:
        where = f"Name the folder that holds it in {own_tactics.VARIABLE}."
        raise Invalid([f"No tactic is called {name!r}. {where}" for name in unknown])


def identity(study: Study) -> dict[str, Any]:
    """Return what makes a study this one: all that it says, but not what its file is called."""
    document = study.document()
    name = document.pop("name")
    for named in (document, *document["arms"]):
        # Where a file gives no title and no arms, its name stands for them.
        named |= {key: None for key in ("name", "title") if named.get(key) == name}
    return dict(_plain(document))


def _changes(before: Ledger, study: Study, shard: tuple[int, int] | None, now: MadeWith) -> list[str]:
    was = {"study": identity(before.study.with_runs(replicates=study.replicates)), "shard": before.shard}
    after = {"study": identity(study), "shard": shard}
    return differences({**was, **before.made_with[-1]}, {**after, **now})


def _in_detail(changes: list[str], before: Ledger, inputs: Mapping[str, Input]) -> list[str]:
    """Return changes with what a scenario or change says otherwise in the place of that it does, where that is kept."""
    for name, digest in before.made_with[-1]["inputs"].items():
        now = inputs.get(name)
        if now is None or now.digest == digest or not now.places or digest not in before.kept:
            continue
        if not before.kept.amiss(digest):
            others = [change for change in changes if not change.startswith(f"inputs.{name} ")]
            changes = [*others, *before.kept.difference(digest, now)]
    return changes


def _plain(document: Any) -> Any:
    """Return a document as it comes back from JSON: lists for tuples."""
    return json.loads(json.dumps(document))


def _refusal(out: Path, changes: list[str]) -> str:
    shown = changes[:DIFFERENCES_SHOWN]
    more = [f"and {len(changes) - len(shown)} more"] if len(changes) > len(shown) else []
    lines = "\n".join(f"  {change}" for change in [*shown, *more])
    return f"{out}: these results were made otherwise, and nothing has been added to them:\n{lines}\n{_way_out(out, changes)}"


def _way_out(out: Path, changes: list[str]) -> str:
    """Return what can be done: `resume` takes the study from the folder, so it can accept anything but another study."""
    if any(change.startswith(("study", "shard")) for change in changes):
        return "Use a new folder for this study, or throw the results away with `syslead sweep ... --overwrite`."
    if any(change.startswith("inputs.") for change in changes):
        kept = f"go on with what is kept here: `syslead resume {shlex.quote(str(out))} --as-kept`; or use"
        return (
            f"To leave the change out, {kept} a new folder; or accept it with `--accept-changes`: it is recorded, and "
            "the runs are marked."
        )
    return (
        f"Use a new folder, or accept the changes with `syslead resume {shlex.quote(str(out))} --accept-changes`: "
        "they are recorded, and the runs are marked."
    )
