"""Programs of others come to the same laws as those that the self-test expects: NDlib and EoN, as CI installs them.

Nothing else needs them, so that who works without them is not held up. Each test may fail for one seed in 10,000.
"""

import random
import warnings
from importlib.util import find_spec

import networkx
import numpy as np
import pytest

from experiments.validity import checks
from experiments.validity.limits import files, spreading

needs_ndlib = pytest.mark.skipif(find_spec("ndlib") is None, reason="pip install .[test]")
needs_eon = pytest.mark.skipif(find_spec("EoN") is None, reason="pip install .[test]")


def ndlib_model(name, graph, adopters, **settings):
    """Return a model of NDlib's with these people adopted at the start."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ndlib.models.epidemics as epidemics
        import ndlib.models.ModelConfig as config
    model = getattr(epidemics, name)(graph)
    configured = config.Configuration()
    for key, value in settings.items():
        configured.add_model_parameter(key, value)
    configured.add_model_initial_configuration("Infected", adopters)
    return model, configured


def adopters_by_week(model, weeks):
    return [step["node_count"][1] for step in model.iteration_bunch(weeks + 1)]


@needs_ndlib
def test_ndlib_spreads_among_all_as_the_chain_binomial():
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - NDlib draws from there
    found = []
    for _ in range(400):
        model, configured = ndlib_model("SIModel", networkx.complete_graph(files.GROUP), [0], beta=0.02)
        model.set_initial_status(configured)
        found.append(adopters_by_week(model, 10)[10])
    law = spreading.chain_binomial(files.GROUP, 0.02, 10)[10]
    assert checks.mean("", found, law @ np.arange(files.GROUP + 1)).passed
    assert checks.law("", np.bincount(found, minlength=files.GROUP + 1), law).passed


@needs_ndlib
@pytest.mark.parametrize(("threshold", "a_week"), [(0.25, 4), (0.5, 2), (0.51, 0)])
def test_ndlib_tips_a_ring_where_as_many_as_the_threshold_have_adopted(threshold, a_week):
    ring = networkx.watts_strogatz_graph(files.LATTICE, 2 * files.REACH, 0.0)
    model, configured = ndlib_model("ThresholdModel", ring, [0, 1])
    for i in ring:
        configured.add_node_configuration("threshold", i, threshold)
    model.set_initial_status(configured)
    assert adopters_by_week(model, 8) == [2 + a_week * week for week in range(9)]


@needs_eon
def test_eon_reaches_as_many_as_reed_and_frost():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import EoN
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - EoN draws from there
    everyone = networkx.complete_graph(files.HOUSEHOLD)
    found = [int(EoN.basic_discrete_SIR(everyone, 0.15, initial_infecteds=[0])[3][-1]) for _ in range(4000)]
    law = spreading.reed_frost(files.HOUSEHOLD, 0.15)
    assert checks.mean("", found, law @ np.arange(files.HOUSEHOLD + 1)).passed
    assert checks.law("", np.bincount(found, minlength=files.HOUSEHOLD + 1), law).passed


def test_networkx_ties_the_rings_as_the_tables_do(tmp_path):
    files.write(tmp_path)
    rows = (tmp_path / "lattice-ties.csv").read_text().split()[1:]
    ties = {frozenset(row.split(",")) for row in rows if row.startswith("0-")}
    ring = networkx.watts_strogatz_graph(files.LATTICE, 2 * files.REACH, 0.0)
    assert ties == {frozenset((f"0-{i}", f"0-{j}")) for i, j in ring.edges}
