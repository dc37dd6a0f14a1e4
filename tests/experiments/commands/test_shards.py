"""Shards: disjoint parts of a sweep, merged into the whole."""

import pytest
from command_line import STUDY


@pytest.mark.slow
def test_shards_are_merged_into_the_whole(syslead, tmp_path, swept):
    study = swept.parent / "study.toml"
    parts = [tmp_path / f"part-{part}" for part in (1, 2)]
    for number, part in enumerate(parts, 1):
        assert syslead("sweep", study, "--out", part, "--shard", f"{number}/2", "--jobs", "1", "--quiet")[0] == 0
    assert syslead("merge", tmp_path / "whole", *parts)[0] == 0
    assert (tmp_path / "whole" / "outcomes.csv").read_bytes() == (swept / "outcomes.csv").read_bytes()


@pytest.mark.parametrize("part", ["3", "0/2", "3/2", "a/b", "1/0"])
def test_a_shard_is_a_part_of_a_whole(syslead, part):
    code, _, err = syslead("sweep", "tiny", "--dry-run", "--shard", part)
    assert code == 2
    assert "such as 3/20" in err


@pytest.mark.slow
def test_merging_says_which_parts_are_missing_or_stand_there_twice(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    parts = []
    for part in (1, 2):
        parts.append(tmp_path / f"part-{part}")
        assert syslead("sweep", study, "--shard", f"{part}/3", "--out", parts[-1], "--jobs", "1", "--quiet")[0] == 0
    code, _, err = syslead("merge", tmp_path / "whole", *parts, parts[0])
    assert code == 0
    assert f"Part 1/3 is there 2 times: {parts[0]}, {parts[0]}." in err
    assert "Missing: part 3/3." in err


def test_dry_runs_count_the_part_and_one_of_a_thing_is_singular(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY.replace("[arms.seeding]\ntactics = { seeding = 1 }", ""))
    words = " ".join(syslead("sweep", study, "--dry-run", "--jobs", "1")[1].split())
    assert "1 point x 1 arm x 3 replicates = 3 runs of 8 weeks" in words and "1 process," in words
    words = " ".join(syslead("sweep", "tiny", "--dry-run", "--jobs", "1", "--shard", "1/2")[1].split())
    assert "= 20 runs of 52 weeks; 10 of them in this part" in words
