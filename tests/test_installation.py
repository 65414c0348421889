"""What is installed: whole, with PyTorch's CPU build where no GPU is, or light, without PyTorch."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# What other models run in, what measures and calibrates, and what comes with a package that uses
# nothing of it: the hub's client with tokenizers.
LEFT_OUT = {"sentence-transformers", "torch", "scikit-learn", "scipy", "huggingface-hub"}
BLOCKED = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy", "huggingface_hub")
# The command in an installation that has none of these, as far as Python can tell.
LIGHT = f"""
import importlib.abc, sys

class LeftOut(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, LeftOut())
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {BLOCKED!r} else find(name, *rest)
from bot.cli.main import main
main()
"""
ANSWERED = "How many people fled to the South in 2021?"


def pins(name: str) -> dict[str, str]:
    pinned = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pinned}


def needed(root: str) -> set[str]:
    """What a distribution needs, and what that needs, down to what is left out."""
    found, left = set(), [Requirement(root)]
    while left:
        wanted = left.pop()
        name = canonicalize_name(wanted.name)
        if name in LEFT_OUT or (name in found and not wanted.extras):
            continue
        found.add(name)
        for text in distribution(name).requires or []:
            one = Requirement(text)
            extras = [{"extra": extra} for extra in ("", *wanted.extras)]
            if one.marker is None or any(one.marker.evaluate(extra) for extra in extras):
                left.append(one)
    return found - {canonicalize_name(root)}


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the list is that of Python 3.11")
def test_the_light_installation_is_all_but_what_is_left_out():
    try:
        wanted = needed("pincite")
    except PackageNotFoundError as missing:
        pytest.skip(f"needs the whole installation: {missing} is not here")
    light, all_pins = pins("requirements-light.txt"), pins("constraints.txt")
    assert light == {name: all_pins[name] for name in wanted}


def test_the_metadata_asks_for_a_range_and_the_constraints_pin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {Requirement(one).name: Requirement(one) for one in project["project"]["dependencies"]}
    version = pins("constraints.txt")["torch"]
    assert all(one.operator == ">=" for one in asked["torch"].specifier)
    assert version in asked["torch"].specifier
    (source,) = project["tool"]["uv"]["sources"]["torch"]
    (index,) = project["tool"]["uv"]["index"]
    assert index == {
        "name": source["index"],
        "url": "https://download.pytorch.org/whl/cpu",
        "explicit": True,
    }
    assert source["marker"] == "sys_platform == 'linux'"


def torch_source(tmp_path, *arguments, gpu=False, system="Linux", **environment):
    """The options that the Makefile gives pip for PyTorch."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, script in {
        "uname": f"echo {system}",
        "nvidia-smi": "exit 0" if gpu else "exit 9",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    # Not what pip is told here, nor what a make that runs these tests tells the next one.
    told = ("PIP_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(told)}
    command = ["make", "-s", "--eval", "show: ; @$(TORCH_SOURCE)", "show", f"VENV={sys.prefix}"]
    ran = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={
            **kept,
            "PIP_CONFIG_FILE": os.devnull,
            **environment,
            "PATH": f"{tools}:{os.environ['PATH']}",
        },
    )
    return ran.stdout.strip()


CPU = "--extra-index-url https://download.pytorch.org/whl/cpu"


@pytest.mark.skipif(Path("/dev/kfd").exists(), reason="this machine has a GPU of AMD's")
def test_linux_without_a_gpu_gets_the_cpu_build(tmp_path):
    assert torch_source(tmp_path) == CPU


@pytest.mark.parametrize(
    "told",
    [
        {"gpu": True},
        {"system": "Darwin"},
        {"PIP_INDEX_URL": "https://example.org/simple"},
        {"PIP_EXTRA_INDEX_URL": "https://example.org/simple"},
        {"PIP_FIND_LINKS": "/wheels"},
        {"PIP_NO_INDEX": "1"},
    ],
)
def test_the_set_up_leaves_pip_alone_where_the_machine_says_otherwise(tmp_path, told):
    assert torch_source(tmp_path, **told) == ""


def test_the_set_up_leaves_pip_alone_where_its_file_names_sources(tmp_path):
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://example.org/simple\n")
    assert torch_source(tmp_path, PIP_CONFIG_FILE=str(tmp_path / "pip.conf")) == ""


@pytest.mark.parametrize(("said", "source"), [("TORCH=default", ""), ("TORCH=cpu", CPU)])
def test_the_person_has_the_last_word(tmp_path, said, source):
    assert torch_source(tmp_path, said, gpu=said == "TORCH=cpu") == source


def light(tmp_path, *arguments, typed=""):
    return subprocess.run(
        [sys.executable, "-c", LIGHT, *arguments, "--library", str(tmp_path / "library")],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )


def test_a_light_installation_prepares_its_model_and_answers(tmp_path):
    ran = light(tmp_path, "ask", ANSWERED)
    # What no reader has read is called "perhaps" at most.
    assert (ran.returncode, ran.stderr) == (3, "")
    assert "63 people" in ran.stdout
    assert list((tmp_path / "cache").rglob("*.graph"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            "eval",
            "measuring needs SciPy, which this light installation leaves out; install it "
            "(pip install scipy)",
        ),
        (
            "calibrate",
            "calibrating needs scikit-learn, which this light installation leaves out; "
            "install it (pip install scikit-learn)",
        ),
    ],
)
def test_measuring_and_calibrating_say_what_to_install(tmp_path, command, said):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"id": "1", "question": "{ANSWERED}", "evidence": "63 people"}}\n')
    ran = light(tmp_path, command, str(questions))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"pincite: {said}, or Pincite whole (pip install . in its clone).\n"
    assert not (tmp_path / "library").exists()


def test_a_light_installation_lints_a_set_adds_and_chats(tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"id": "1", "question": "{ANSWERED}", "evidence": "63 people"}}\n')
    ran = light(tmp_path, "eval", "--check", str(questions))
    assert (ran.returncode, ran.stderr) == (4, "")
    assert "no question is about the section" in ran.stdout
    report = tmp_path / "note.txt"
    report.write_text("A permit is demanded for every march in Norland.\n")
    ran = light(tmp_path, "add", str(report))
    assert (ran.returncode, ran.stderr) == (0, "")
    ran = light(tmp_path, "chat", typed="Is a permit demanded for marches in Norland?\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "A permit is demanded" in ran.stdout


def test_another_model_needs_the_whole_installation_and_says_so_in_one_sentence(tmp_path):
    ran = light(tmp_path, "ask", "Who?", "--model", "my-model")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        "pincite: the model 'my-model' runs in sentence-transformers, which this light "
        "installation leaves out; install Pincite whole (pip install . in its clone), or name no "
        "model.\n"
    )
    assert not (tmp_path / "library").exists()


def test_the_readme_says_both_sizes_and_how_to_install_light():
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "--requirement requirements-light.txt && pip install --no-deps ." in text
    assert "CUDA" in text
    sizes = json.loads((ROOT / "tests/bench/results/installation.json").read_text("utf-8"))
    assert f"about {sizes['megabytes']['all'] / 1000:.1f} GB" in text
    assert f"takes {round(sizes['light']['megabytes'], -1)} MB" in text
