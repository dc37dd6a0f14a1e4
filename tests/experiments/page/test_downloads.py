"""What is taken away from the page."""

from experiments.commands.options import assignments
from experiments.design.dotted import kind_of
from experiments.design.schedule import read_schedule
from experiments.page.downloads import command, schedule_file, table
from simulation.request import Request


def test_the_command_gives_the_same_request_again(tmp_path):
    request = Request(
        "tiny",
        {"seeding": 1 / 3, "payment": 1.0},
        {"leaders.ego": 0.9, "gates.approvals": 2, "convening.kind": "place", "training.on": True},
        weeks=52,
        seed=7,
        replicate=3,
        schedule=((4, {"tactics": {"seeding": 0.25}, "settings": {"leaders.ego": 0.1}}), (9, {"tactics": {}})),
        change="complex",
    )
    file = tmp_path / "schedule.toml"
    file.write_text(schedule_file(request), encoding="utf-8")
    said = command(request, str(file)).split()
    tactics, _ = assignments.assigned(
        [said[k + 1] for k, word in enumerate(said) if word == "--tactic"], "--tactic", lambda _: "number"
    )
    settings, _ = assignments.assigned(
        [said[k + 1] for k, word in enumerate(said) if word == "--set"], "--set", kind_of
    )
    schedule = read_schedule(file)
    assert (tactics, settings) == (request.tactics, request.settings)
    assert said[said.index("--change") + 1] == request.change
    assert [(week, dict(changes)) for week, changes in schedule] == list(request.schedule)


def test_the_table_has_every_week_of_every_arm(session):
    session.jump(6)
    session.compare(True)
    lines = table(session.arms).splitlines()
    assert len(lines) == 1 + 2 * 7
    assert lines[0].startswith("scenario,seed,arm,week,adopted_share,declared_share,adopted_front_line")
    assert lines[1].startswith("tiny,1,first,0,")
    assert {len(line.split(",")) for line in lines} == {len(lines[0].split(","))}
