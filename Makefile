# make demo       sets everything up and compares tactics on a small health economy (a few minutes)
# make test       sets everything up and runs the tests (under 10 minutes)
# make test-fast  leaves out those of seconds and those in the browser, and searches fewer examples (under 3 minutes)
# make test-long  runs those of minutes
# make sheets     runs the twelve questions on the small system, and keeps what the facilitators' sheets say of them (ten minutes)
# make studies    runs the twelve questions on two systems, 100 pairs each; again, it goes on where it was (40 minutes)
# make gallery    writes what they came to into results/gallery: a page, figures, and the small tables of both
PYTHON ?= python3
VENV ?= .venv
OUT ?= results/tactics
RUN := $(VENV)/bin
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile

QUESTIONS := tactics ego label convener barriers money levels allies voice support exit harm
SYSTEMS := ics-small ics-median

.PHONY: demo test test-fast test-long lint bench docs studies gallery findings intervals validity trial sheets clean

demo: $(VENV)/.installed
	$(RUN)/syslead sweep tactics --out $(OUT) --overwrite
	$(RUN)/syslead plot $(OUT)

# Side by side but for those in the browser, which want the machine for themselves.
test: $(VENV)/.installed-tests
	$(RUN)/python -m pytest -m "not browser and not long" $(SIDE_BY_SIDE)
	$(RUN)/python -m pytest -m "browser and not long" tests

test-fast: $(VENV)/.installed-tests
	$(RUN)/python -m pytest -m "not slow and not browser and not long" --hypothesis-profile few $(SIDE_BY_SIDE)

test-long: $(VENV)/.installed-tests
	$(RUN)/python -m pytest -m long tests

lint: $(VENV)/.installed-development
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

bench: $(VENV)/.installed-tests
	$(RUN)/python benchmarks/bench.py --long

docs: $(VENV)/.installed
	$(RUN)/python docs/generate.py
	$(RUN)/python docs/gallery.py

studies: $(VENV)/.installed
	@for system in $(SYSTEMS); do for study in $(QUESTIONS); do \
		$(RUN)/syslead sweep $$study --scenario $$system --replicates 100 --out results/$$system/$$study || exit; \
	done; done

gallery: $(VENV)/.installed
	$(RUN)/python docs/gallery.py results

findings: $(VENV)/.installed
	$(RUN)/python docs/findings.py

intervals: $(VENV)/.installed
	$(RUN)/python docs/intervals.py

validity: $(VENV)/.installed
	$(RUN)/python docs/validity.py

sheets: $(VENV)/.installed
	$(RUN)/python docs/sheets.py

trial: $(VENV)/.installed
	$(RUN)/python docs/trial.py

clean:
	rm -rf $(VENV) build *.egg-info

# A machine whose python3 lacks ensurepip (Debian without python3-venv) is told what to install.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "syslead needs Python 3.11 or later; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3 cannot make a virtual environment here; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-tests: pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,viz,cluster,data]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-development: pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,dev]'
	@touch $@ $(VENV)/.installed
