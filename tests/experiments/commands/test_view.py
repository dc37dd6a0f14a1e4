"""`syslead view` asks for its extra."""


def test_the_page_asks_for_its_extra(syslead, monkeypatch):
    monkeypatch.setattr("experiments.commands.view.find_spec", lambda name: None)
    code, _, err = syslead("view")
    assert code == 2
    assert "-m pip install -e " in err
