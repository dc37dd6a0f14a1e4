"""What the tests of studies share."""

import pytest


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes, name: str = "my.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written
