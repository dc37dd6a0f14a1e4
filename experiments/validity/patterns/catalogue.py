"""Each pattern of real diffusion: what is measured, what is known of it and how, and what is accepted.

How a real value is known: C computed from public data, with the statistics of this package unless it says "not again
here"; F read in the source named. Nothing known from memory alone stands here.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

SIMPLE, COMPLEX, NULL = "simple", "complex", "Bass alone"
EITHER = ""


class Range(NamedTuple):
    """What is accepted of the median over runs of one statistic; `of` names the change where that matters."""

    statistic: str
    low: float
    high: float
    of: str = EITHER
    surely: bool = False  # the whole interval of the median must lie inside, not the median alone


class Pattern(NamedTuple):
    """One pattern; where it is judged by several statistics, what is measured names each in order, parted by semicolons."""

    key: str
    title: str
    measured: str
    real: str
    ranges: tuple[Range, ...]
    weak: bool = False  # almost any contagion passes

    @property
    def in_words(self) -> dict[str, str]:
        """What each statistic is.

        >>> next(one for one in PATTERNS if one.key == "P15").in_words
        {'lost': 'lost, of all who ever adopted', 'lost_after_exit': 'lost two years after leaders go'}
        """
        changes = {one.statistic: f"{one.of}: " for one in self.ranges}
        parts = self.measured.split("; ") if changes else []
        return {name: part.removeprefix(changes[name]) for name, part in zip(changes, parts, strict=True)}


PATTERNS = (
    Pattern("P1", "S-curve", "R² of a Bass fit, runs that end above half",
            "physicians .995, villages .998, practices .998 (C); 103 drugs .97 (Dunn 2012, F)",
            (Range("r2", 0.95, 1.0),), weak=True),
    Pattern("P2", "Bass envelope", "q a year; q/p",
            "q: physicians 2.3 a year, villages .07 to .10, practices 2.1; q/p .9 to 30, more where the clock starts early (C)",
            (Range("q_a_year", 0.1, 2.0), Range("q_over_p", 0.8, 150.0)), weak=True),
    Pattern("P3", "Duration", "years from 10 to 90 % of the final share",
            "physicians 1.0, villages 7.6, practices 1.9 (C); hospital records 6.9, office physicians 11 to 15 (F)",
            (Range("years", 1.0, 3.0, SIMPLE), Range("years", 2.0, 12.0, COMPLEX), Range("years", 1.0, 12.0, NULL)),
            weak=True),
    Pattern("P4", "Uneven plateau", "sd of the final share between organisations; of runs above 60 %, the share with an organisation below 20 %",
            "sd: villages .12, cities .04, commissioning groups .20, from 10 to 100 % (C)",
            (Range("plateau_sd", 0.04, 0.30), Range("laggards", 0.5, 1.0))),
    Pattern("P5", "Clustering by convener",
            "intraclass correlation of organisations' time by system; of people's by organisation less by system; placebo",
            "commissioning group .34 (adopters .23), partnership .21, region .08, IT system .03; villages .04, cities -.01 (C)",
            (Range("icc_system", 0.10, 0.40), Range("icc_falls", 0.0, inf), Range("icc_placebo", -0.05, 0.05))),
    Pattern("P6", "Central people earlier", "rank correlation of in-degree and time inside organisations",
            "physicians -.28, villages -.30 (C)", (Range("in_degree", -0.40, -0.10),)),
    Pattern("P7", "Thresholds are wide", "exposure at adoption: mean; sd; share with none",
            "physicians .46, .43, .39; villages .36, .34, .34 (C)",
            (Range("exposure_mean", 0.25, 0.55), Range("exposure_sd", 0.25, 0.45), Range("exposure_zero", 0.20, 0.45))),
    Pattern("P8", "Exposure helps, not always", "odds ratio of exposure, with a constant for each week",
            "villages 2.1 (1.6 to 2.8), physicians .92 (.43 to 1.95) (C)", (Range("odds_ratio", 0.8, 5.0),)),
    Pattern("P9", "Network autocorrelation", "Moran's I of time",
            "villages .21, physicians .02 (C)", (Range("moran", 0.0, 0.3),)),
    Pattern("P10", "Organisations flip, systems creep", "share of an organisation's adoptions in its steepest half year",
            "a practice's own prescribing .76, quartiles .59 and .94 (C, not again here); practices of a commissioning group .52 (C)",
            (Range("steepest", 0.5, 1.0),)),
    Pattern("P11", "Innovativeness is not a trait", "rank correlation of organisations' time for two changes",
            "about 0: practices, two switches (C, not again here)", (Range("two_changes", -0.15, 0.15),)),
    Pattern("P12", "Size goes little with time", "rank correlation of an organisation's staff and time",
            "practices: list size -.09, deprivation .14 (C)", (Range("size", -0.2, 0.2),)),
    Pattern("P13", "Incentive shock", "chance to adopt 9 months after payment begins, by that before, against none paid",
            "practices .20, then 2.6, then 5.9 % a month over three years as the price fell (C, not again here)",
            (Range("shock", 2.0, 10.0),)),
    Pattern("P14", "Stalled diffusion", "bimodality of end states over runs (Sarle's coefficient, .56 where they are even)",
            "NHS e-referral about 52 % for years (F)", (Range("bimodality", 5 / 9, 1.0),)),
    Pattern("P15", "De-adoption", "simple: lost, of all who ever adopted; complex: lost two years after leaders go",
            "practices 2.1 % (C); about a third of service projects last and spread, 45 % of programmes go on (F)",
            (Range("lost", 0.0, 0.05, SIMPLE), Range("lost_after_exit", 0.30, 0.65, COMPLEX))),
    Pattern("P16", "Ceremonial adoption", "declared less enacted, at the end: under a mandate; with tactics only",
            "surgical checklist: attempted 87 %, complete in 55 % of those (Pickering 2013, F)",
            (Range("gap_ordered", 0.02, 1.0), Range("gap_owned", 0.0, 0.05))),
    Pattern("P17", "Brokerage changes sign", "closure x divergence on the share in the end",
            "open networks help divergent change and hinder the other (Battilana & Casciaro 2012, F)",
            (Range("closure_divergence", -inf, 0.0, surely=True),)),
    Pattern("P18", "Heroic crossover", "large less small ego of leaders: after 12 weeks; in the end less that",
            "emergence positive, effectiveness an inverted U (Grijalva 2015); gain gone by 12 weeks (Ong 2015) (F)",
            (Range("ego_early", 0.0, inf, surely=True), Range("ego_late_less_early", -inf, 0.0, surely=True))),
    Pattern("P19", "Barriers interlock", "two-way interactions", "interviews only", ()),
)  # fmt: skip
ASKED_ELSEWHERE = {"P19": "the study `barriers` asks it; reported, never tuned to"}
BY_KEY = {one.key: one for one in PATTERNS}
DISCRIMINATING = ("P4", "P5", "P6", "P7", "P10", "P11", "P15")
"""The patterns that not every contagion shows, and that a change should show at once."""
