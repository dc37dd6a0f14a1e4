"""TOML as tests write it, and how many files hypothesis tries."""

from hypothesis import HealthCheck, settings


def toml_of(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_of(key)} = {toml_of(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    if isinstance(value, bool) or value is None:
        return str(bool(value)).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\U{ord(letter):08X}" for letter in value if not 0xD800 <= ord(letter) <= 0xDFFF)
        return f'"{escaped}"'
    return repr(value)


def fuzzed(examples: int):
    """Hypothesis, for so many files that are each read anew within a second."""
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=1000, suppress_health_check=checks)
