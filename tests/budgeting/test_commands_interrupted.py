"""`manage.py allocate` ended in the middle, as a process of its own: a sentence, a code, and nothing on the standard output."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: So many dear steps that the rule does not end by itself.
SLOW = """
import signal, sys, time
# a shell in the background makes its children deaf to Ctrl-C; a terminal does not
signal.signal(signal.SIGINT, signal.default_int_handler)
from budgeting.management.commands import allocate
allocate.RULES = {**allocate.RULES, "greedy": lambda problem: (print("begun", file=sys.stderr, flush=True), time.sleep(60))}
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "allocate", sys.argv[1], "--rule", "greedy", "--json"])
"""
SMALL = "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;60\nVOTES\nvoter_id;vote\na;1\n"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_a_calculation_gets_a_sentence_and_a_code_and_no_half_a_result(how, tmp_path):
    file = tmp_path / "small.pb"
    file.write_text(SMALL)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "musrenbang.settings", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(file)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr.readline() == "begun\n"
    time.sleep(0.1)
    process.send_signal(how)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "Interrupted. Nothing was calculated." in said
