"""What axe-core finds in a page, by all its rules of WCAG 2.2 A and AA, of good practice, and those still on trial."""

import json
from typing import Any

from chromium import needed

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "experimental"]
RUN = """([where, tags]) => axe.run(where || document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    .then(found => [found.passes.length, found.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.slice(0, 160)))])"""


def faults_in(page: Any, where: str = "") -> list[str]:
    """Return what is wrong with a page, or with a part of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(needed("axe_playwright_python.base", "the extra `test`").AXE_SCRIPT)
    passed, faults = page.evaluate(RUN, [where, TAGS])
    assert passed > 5, json.dumps(faults)
    return [str(fault) for fault in faults]
