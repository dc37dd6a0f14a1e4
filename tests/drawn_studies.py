"""Studies of every kind, drawn from a number: what they ask, what they are called, and what their runs come to."""

import random
from math import lcm
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from filled import fill
from toml_text import toml_of

from experiments.design import study_file
from experiments.design.jobs import Job
from experiments.store.stored_runs import OK, STATUSES, StoredRun, packed, sealed
from experiments.sweep.worker import Terms, make, warm

KINDS = ("no factors", "grid", "one-at-a-time", "latin-hypercube", "sobol", "points", "csv", "around")
FATES = ("varied", "alike", "at the bounds", "tied", "never half", "always half", "some failed", "all failed",
         "one arm failed", "one point failed", "unfinished", "real")  # fmt: skip
SIZES = {1: 6, 2: 8, 3: 6, 4: 3, 7: 3, 12: 2, 24: 1, 300: 1}
REPLICATES = (1, 1, 2, 3, 5, 9, 10, 30)
WEEKS = (0, 1, 2, 4, 30, 51, 52, 104, 105, 260, 300)
MOST_RUNS, MOST_WEEKS = 3000, 120_000
OBSERVABLES = (
    "adopted_share",
    "share_year_1",
    "share_year_2",
    "share_year_5",
    "weeks_to_10",
    "weeks_to_50",
    "weeks_to_90",
)
NAMES = ("None", "NA", "null", "nan", "NaN", "true", "1", "1e5", "inf", "N-A", "-".join("ab"), "_".join("xy"), "0.10", "n.a",
         "TRUE", "x" * 64)  # fmt: skip
WORDS = (
    "$", "$5 and $6", "5 $ or $6 … $7", r"\frac{1}{2}", "$\\frac{", r"\$", "{}", "{0} {x}", "%", "%s 100 %d", "^_~&#", "<b>x</b>",
    "'\"`", "=1+1", "a\x1b[31mb\x1b]0;c\x07", "\u202ecba", "العربية", "עברית שמאל", "\U0001f600 \U0001f469\u200d\u2695\ufe0f", "中文标题很长" * 5,
    "a" * 400, "many words " * 40, "W" * 90, " ", "\n", "a\nb\n", "\t", "\u200b", "nan", "None", "e\u0301" * 9, "\u00a0", "ไทย हिन्दी", "\ufffe\uffff",
    "|", "--", "0", "…",
)  # fmt: skip
FACTORS: dict[str, Any] = {
    "pressure.finance": (0.0, 1.0),
    "gates.delay": (1.0, 60.0),
    "credit.advocate": (0.0, 1.0),
    "convening.overhead": (0.0, 0.5),
    "gates.on": None,
    "leaders.placement": ("spread", "top", "middle", "front", "outside"),
}
TACTICS = ("seeding", "coalition", "plain_case", "others_shoes")


class Drawn(NamedTuple):
    """A study as a file, and what becomes of its runs."""

    number: int
    kind: str
    fate: str
    arms: int
    words: tuple[str, ...]
    names: tuple[str, ...]
    document: dict[str, Any]
    worlds: str

    def written(self, home: Path) -> Path:
        """Write the study into a folder and return its path."""
        path = home / "study.toml"
        arms = self.document.get("arms", {})
        lines = [f"{key} = {toml_of(value)}" for key, value in self.document.items() if key != "arms"]
        lines += [f"[arms]\n{toml_of(name)} = {toml_of(arm)}" if not place else f"{toml_of(name)} = {toml_of(arm)}"
                  for place, (name, arm) in enumerate(arms.items())]  # fmt: skip
        path.write_text("\n".join([*lines, ""]), "utf-8")
        if self.worlds:
            (home / "worlds.csv").write_text(self.worlds)
        return path

    def swept(self, home: Path) -> Path:
        """Fill a result folder as its fate will have it, and return it."""
        study = study_file.load(self.written(home))
        return fill(study, home / "out", _observables(self.fate), _Fate(self))


def drawn(number: int, most_runs: int = MOST_RUNS) -> Drawn:
    """Draw a study from a number; kinds and fates take turns, so that few numbers have all of them."""
    luck = random.Random(number)
    kind, fate = KINDS[number % len(KINDS)], FATES[(number + number // lcm(len(KINDS), len(FATES))) % len(FATES)]
    arms = luck.choices(list(SIZES), list(SIZES.values()))[0]
    words = tuple(luck.choice(WORDS) for _ in range(min(arms, 40) + 1))
    names = tuple(luck.sample(NAMES, min(arms, luck.randrange(len(NAMES)))))
    design, worlds = _design(luck, kind)
    points = _points(design)
    replicates = max(1, min(luck.choice(REPLICATES), most_runs // (arms * points)))
    runs = arms * points * replicates
    weeks = min(luck.choice(WEEKS), 4 if fate == "real" else MOST_WEEKS // runs)
    if fate == "real" and runs > 200:
        fate = "varied"
    document = {
        **_top(luck, words[0]), "scenario": "tiny", "weeks": weeks, "replicates": replicates, "seed": luck.randrange(9),
        **_arms(luck, arms, names, words[1:]), **design,
    }  # fmt: skip
    return Drawn(number, kind, fate, arms, words, names, document, worlds)


def _top(luck: random.Random, title: str) -> dict[str, Any]:
    return {} if luck.random() < 0.2 else {"title": title, "question": luck.choice(WORDS)}


def _arms(luck: random.Random, number: int, names: tuple[str, ...], words: tuple[str, ...]) -> dict[str, Any]:
    if number == 1 and luck.random() < 0.5:
        return {}
    arms, titles = {}, set()
    for place in range(number):
        name = names[place] if place < len(names) else f"arm-{place}"
        arm: dict[str, Any] = {"tactics": {luck.choice(TACTICS): round(luck.uniform(0.1, 1), 3)}} if place else {}
        title = words[place] if place < len(words) else f"Arm {place} of a row of many"
        if luck.random() < 0.7 and " ".join(title.split()) not in titles | {other for other in (*names, *arms)}:
            titles.add(" ".join(title.split()))
            arm["title"] = title
        arms[name] = arm
    return {"arms": arms}


def _level(luck: random.Random, factor: str) -> Any:
    among = FACTORS[factor]
    if among is None:
        return luck.random() < 0.5
    return luck.choice(among) if isinstance(among[0], str) else round(luck.uniform(*among), luck.choice((2, 4, 9)))


def _levels(luck: random.Random, factor: str, most: int, kind: str) -> list[Any]:
    # One at a time, a factor that has no level but the centre is refused.
    others = [
        level for level in (False, "front") if kind == "one-at-a-time" and isinstance(_level(luck, factor), type(level))
    ]
    found = {repr(level): level for level in (*others, *(_level(luck, factor) for _ in range(most)))}
    return list(found.values())


def _range(luck: random.Random, factor: str) -> Any:
    among = FACTORS[factor]
    if among is None:
        return {}
    if isinstance(among[0], str):
        return luck.sample(among, luck.randint(2, len(among)))
    if luck.random() < 0.3:
        return {}
    low = round(luck.uniform(among[0] + 0.01, 0.6 * among[1]), 3)
    # Half of the ranges are narrow, so that the values differ in the third digit at most.
    high = round(low + (0.003 if luck.random() < 0.5 else 0.3) * (among[1] - low), 5)
    return {"low": low, "high": high, **({"shape": "log-uniform"} if luck.random() < 0.3 else {})}


def _design(luck: random.Random, kind: str) -> tuple[dict[str, Any], str]:
    chosen = luck.sample(list(FACTORS), luck.choice((1, 2, 2, 3)))
    if kind == "no factors":
        return {}, ""
    if kind in ("grid", "one-at-a-time"):
        most = luck.choice((2, 2, 3, 5))
        factors = {name: _levels(luck, name, most, kind) for name in chosen}
        return {"factors": factors, "design": {"kind": kind, **_corners(factors, kind)}}, ""
    if kind in ("points", "csv"):
        rows = [{name: _level(luck, name) for name in chosen} for _ in range(luck.choice((1, 2, 5, 12)))]
        rows = list({repr(row): row for row in rows}.values())
        if kind == "points":
            return {"design": {"kind": "points", "points": rows}}, ""
        lines = [",".join(str(value).lower() for value in row.values()) for row in rows]
        return {"design": {"kind": "csv", "file": "worlds.csv"}}, "\n".join([",".join(chosen), *lines, ""])
    size = luck.choice((1, 2, 4, 8, 16))
    if kind == "around":
        return {"design": {"kind": luck.choice(("latin-hypercube", "sobol")), "points": size, "around": 0.5}}, ""
    return {
        "factors": {name: _range(luck, name) for name in chosen}, "design": {"kind": kind, "points": size, "seed": 3},
    }, ""  # fmt: skip


def _corners(factors: dict[str, Any], kind: str) -> dict[str, Any]:
    """Draw corners from which factors are changed one at a time, or none."""
    luck = random.Random(repr(factors))
    if kind != "one-at-a-time" or luck.random() < 0.5:
        return {}
    name = next(
        name
        for name in ("gates.delay", "pressure.finance", "credit.advocate", "convening.overhead")
        if name not in factors
    )
    rows = [
        {name: _level(luck, name), "nature.evidence": luck.choice((0.1, 0.9))} for _ in range(luck.choice((2, 2, 3)))
    ]
    rows = list({repr(row): row for row in rows}.values())
    return {"corners": rows} if len(rows) > 1 else {}


def _points(design: dict[str, Any]) -> int:
    kind = design.get("design", {}).get("kind")
    factors = [len(levels) for levels in design.get("factors", {}).values() if isinstance(levels, list)]
    if kind in ("latin-hypercube", "sobol"):
        return int(design["design"]["points"])
    if kind == "points":
        return len(design["design"]["points"])
    corners = len(design.get("design", {}).get("corners", [0]))
    return {"grid": int(np.prod(factors)), "one-at-a-time": corners * (1 + sum(factors))}.get(kind, 12 if kind else 1)


def _observables(fate: str) -> tuple[str, ...]:
    return warm("simulation:run", "compiled") if fate == "real" else OBSERVABLES


class _Fate:
    """What the runs of a study come to."""

    def __init__(self, study: Drawn):
        self.fate, self.number, self.arms = study.fate, study.number, {}
        self.broken = random.Random(-study.number).randrange(study.arms)
        self.terms = Terms("simulation:run", observables=_observables(study.fate))

    def __call__(self, job: Job) -> StoredRun | None:
        """Return what is kept of a run."""
        if self.fate == "real":
            return make(job, self.terms)
        luck = random.Random(f"{self.number} {job.run}")
        arm = self.arms.setdefault(job.arm, len(self.arms))
        if self.fate == "unfinished" and luck.random() < 0.3:
            return None
        if self._fails(job, arm, luck):
            status = luck.choice([status for status in STATUSES if status != OK])
            return sealed(job, status, {"problem": luck.choice(WORDS), "trace": "", "tries": 2})
        return self._done(job, arm, luck)

    def _fails(self, job: Job, arm: int, luck: random.Random) -> bool:
        return {
            "some failed": luck.random() < 0.15,
            "all failed": True,
            "one arm failed": arm == self.broken,
            "one point failed": arm == self.broken and job.point == 0,
        }.get(self.fate, False)

    def _done(self, job: Job, arm: int, luck: random.Random) -> StoredRun:
        shared = random.Random(f"{self.number} {job.point} {job.replicate}").random()
        end = {
            "alike": 0.31,
            "at the bounds": float(luck.random() < 0.5),
            "tied": round(shared, 1),
            "never half": 0.4 * shared,
            "always half": 0.6 + 0.4 * shared,
        }.get(self.fate, min(1.0, max(0.0, 0.7 * shared + 0.3 * luck.random() + 0.02 * (arm % 7 - 3))))
        weeks = job.request.weeks
        curve = end * np.linspace(0.1, 1, weeks + 1) if weeks else np.array([end])
        content: dict[str, Any] = {"adopted_share": float(curve[-1])}
        for year in (1, 2, 5):
            content[f"share_year_{year}"] = float(curve[52 * year]) if 52 * year <= weeks else None
        for share in (10, 50, 90):
            there = np.flatnonzero(curve >= share / 100)
            content[f"weeks_to_{share}"] = int(there[0]) if there.size else None
        return sealed(job, OK, content, packed(np.stack([curve, curve])))
