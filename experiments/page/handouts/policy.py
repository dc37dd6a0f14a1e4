"""What a browser may do for a file that is handed out: show it with its own style and script, and ask nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from xml.etree import ElementTree as ET

from experiments.figures.elements import element


def policy(style: str, script: str = "") -> ET.Element:
    """Return the element that tells a browser so.

    Parameters
    ----------
    style, script : str
        The text of the one style and the one script in the file.
    """
    rules = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", f"style-src {_hash(style)}"]
    rules += [f"script-src {_hash(script)}"] if script else []
    return element("meta", http_equiv="Content-Security-Policy", content="; ".join(rules))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
