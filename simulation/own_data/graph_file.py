"""Ties of a user's own in a file of a graph: GraphML, GML or Pajek, read as rows of text like those of a CSV file."""

from collections.abc import Iterator
from typing import Any

from .csv_file import Problems, Source, quoted

FORMATS = {".graphml": "GraphML", ".gml": "GML", ".net": "Pajek"}
"""The formats, by the ending of the file."""
MOST_BYTES = 100_000_000
"""Larger files would take too much memory, as every tie of a graph becomes an object of its own."""


def rows(source: Source, problems: Problems, alone: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what the columns are called, then the two ends and the attributes of each tie, by its number.

    People whom no tie names are added to those ``alone``.
    """
    graph = _graph(source, problems)
    if graph is None or not _is_fit(graph, source, problems):
        return
    names = {node: str(node if name is None else name) for node, name in graph.nodes(data=_named_by(graph, source))}
    alone.extend(names[node] for node, degree in graph.degree() if not degree)
    ties = list(graph.edges(data=True))
    attributes = list(dict.fromkeys(str(key) for _, _, data in ties for key in data))
    yield 0, ["source", "target", *attributes]
    for number, (one, other, data) in enumerate(ties, 1):
        texts = {str(key): str(value) for key, value in data.items()}
        yield number, [names[one], names[other], *(texts.get(name, "") for name in attributes)]


def _named_by(graph: Any, source: Source) -> str:
    """Return the attribute that people are called by; in GML, whose nodes are numbers, that is the label of each."""
    if source.names or source.graph != "GML" or any(label is None for _, label in graph.nodes(data="label")):
        return source.names
    return "label"


def _graph(source: Source, problems: Problems) -> Any:
    """Return the graph of a file, or nothing where it cannot be read."""
    import networkx

    try:
        if source.graph == "GraphML":
            return networkx.read_graphml(source.path)
        if source.graph == "Pajek":
            return networkx.read_pajek(source.path)
        return networkx.read_gml(source.path, label=None)
    except OSError as error:
        problems.stop(f"cannot be read: {error.strerror}.")
    except Exception as error:  # each format has a parser of its own, which falls over a broken file in its own way
        told = " ".join(str(error).split())[:200] or type(error).__name__
        problems.stop(f"not readable as {source.graph}: {told.rstrip('.')}.")
    return None


def _is_fit(graph: Any, source: Source, problems: Problems) -> bool:
    """Return whether a graph has ties, of the direction that the scenario says, and names where they are wanted."""
    if not graph.number_of_edges():
        problems.stop("has no ties.")
    elif graph.is_directed() != source.directed:
        words = ("lead one way", "true") if graph.is_directed() else ("have no direction", "false")
        problems.stop(f"its ties {words[0]}. Write directed = {words[1]} at the top of the scenario.")
    elif source.names and (nameless := [node for node, name in graph.nodes(data=source.names) if name is None]):
        known = list(dict.fromkeys(str(key) for _, data in graph.nodes(data=True) for key in data))
        have = f"They have {', '.join(map(quoted, known))}." if known else "They have no attributes."
        problems.stop(f"the node {str(nameless[0])!r} has no {source.names!r}, which `names` asks for. {have}")
    return not problems.is_unreadable
