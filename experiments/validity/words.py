"""What the statistics of a data set are called, for those who do not know their names."""

from __future__ import annotations

WORDS = {
    "final_share": "share who adopted",
    "bass_p": "Bass's p, innovation",
    "bass_q": "Bass's q, imitation",
    "bass_m": "Bass's m, share in the end",
    "bass_r2": "R² of that curve",
    "bass_q_over_p": "q/p",
    "duration_10_to_90": "time from 10 to 90 % of the final share",
    "bass_ml_p": "likeliest p",
    "bass_ml_q": "likeliest q",
    "bass_ml_m": "likeliest m",
    "exposure_at_adoption_mean": "exposure at adoption, mean",
    "exposure_at_adoption_sd": "exposure at adoption, standard deviation",
    "exposure_at_adoption_zero": "exposure at adoption, share with none",
    "infectiousness_mean": "infectiousness, mean",
    "susceptibility_mean": "susceptibility, mean",
    "hazard_odds_ratio": "odds ratio of exposure",
    "hazard_odds_ratio_among_all": "odds ratio of exposure, among all",
    "in_degree_and_time": "in-degree and time, correlation",
    "morans_i": "Moran's I of time",
    "morans_i_p_value": "Moran's I, p-value",
}
BY_UNIT = (
    ("icc_", "_of_adopters", "intraclass correlation of adopters' time by {}"),
    ("icc_", "", "intraclass correlation of time by {}"),
    ("share_sd_between_", "", "standard deviation of the share by {}"),
    ("share_median_of_", "", "median share by {}"),
    ("steepest_half_year_", "", "share in the steepest half year by {}, median"),
)
"""How names of statistics of units begin and end, and what they say of the unit between."""


def in_words(name: str) -> str:
    """Return what a statistic is called; a name that is not known is its own.

    >>> in_words("morans_i"), in_words("icc_team_of_adopters"), in_words("share_median_of_ward")
    ("Moran's I of time", "intraclass correlation of adopters' time by team", 'median share by ward')
    """
    for begin, end, words in BY_UNIT:
        if name.startswith(begin) and name.endswith(end):
            return words.replace("{}", name.removeprefix(begin).removesuffix(end))
    return WORDS.get(name, name)
