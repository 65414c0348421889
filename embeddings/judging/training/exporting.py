"""The network as a graph for ONNX Runtime, its weights in eight bits.

A graph reads one question and one passage at a time, without padding: the scales of 8-bit
activations are taken from all that is read together, so in a batch a score would depend on its
neighbours. Several pairs are read side by side on several cores instead.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file

from embeddings.judging.packing import LONGEST_PASSAGE, PASSAGE_SEGMENT, PASSAGE_START
from embeddings.judging.training.network import (
    HEADS,
    NEVER,
    POSITIONS,
    Network,
    distance_kinds,
)

OPSET = 20  # the first with Gelu
IR_VERSION = 9  # the format version that belongs to opset 20
CONTRIBUTED = "com.microsoft"  # ONNX Runtime's own operators: MultiHeadAttention
INPUTS = ("tokens", "positions", "segments")
QUESTION_SEGMENT = 1


def load(weights: Path) -> Network:
    """The network that `fit` wrote, with as many layers as the file has."""
    tensors = load_file(weights)
    layers = {name.split(".")[1] for name in tensors if name.startswith("layers.")}
    network = Network(len(layers))
    network.load_state_dict(tensors)
    return network.eval()


def export(weights: Path, tokenizer: Path, folder: Path) -> None:
    """Write `reader.onnx`, `tokenizer.json` and `reader.json` (SHA-256 of both) into a folder.

    The matrices and the word vectors are quantised; what is small or sensitive stays in 32 bits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_Graph(load(weights)).model(), folder / "reader.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    names = ("reader.onnx", "tokenizer.json")
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / "reader.json").write_text(json.dumps({"sha256": found}, indent=2) + "\n", "utf-8")


class _Graph:
    """The network's operations for one question and one passage, the question's tokens first.

    Output: `answers`, the logit that the passage answers, shape (1,).
    """

    def __init__(self, network: Network) -> None:
        self._tensors = {k: v.detach().numpy() for k, v in network.state_dict().items()}
        self._layers = len(network.layers)
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        """The whole graph."""
        states = self._embedded()
        bias = self._add("Add", self._distances(), self._unseen())
        for layer in range(self._layers):
            states = self._layer(f"layers.{layer}.", states, bias)
        self._verdict(states)
        graph = helper.make_graph(
            self._nodes,
            "reader",
            [helper.make_tensor_value_info(n, TensorProto.INT64, ["length"]) for n in INPUTS],
            [helper.make_tensor_value_info("answers", TensorProto.FLOAT, [1])],
            list(self._constants.values()),
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=IR_VERSION)

    def _embedded(self) -> str:
        rows, scales = _in_eight_bits(self._tensors["word.weight"], axis=1)
        row = self._add("Gather", self._constant("word.rows", rows), "tokens")
        scale = self._add("Gather", self._constant("word.scales", scales), "tokens")
        words = self._add("Mul", self._add("Cast", row, to=TensorProto.FLOAT), scale)
        reached = self._tensors["position.weight"][: PASSAGE_START + LONGEST_PASSAGE]
        places = self._add("Gather", self._constant("position.reached", reached), "positions")
        together = self._norm("norm", self._add("Add", words, places))
        return self._add("Unsqueeze", together, self._integers(0))

    def _distances(self) -> str:
        """Added to the scores of attention, shape (1, heads, length, length)."""
        reach = torch.arange(-POSITIONS, POSITIONS + 1)
        of_distance = self._tensors["distance.weight"][distance_kinds(reach).numpy()]
        key, query = self._pairs("positions")
        place = self._add("Add", self._add("Sub", key, query), self._integers(POSITIONS))
        bias = self._add("Gather", self._constant("of_distance", of_distance), place)
        return self._add(
            "Unsqueeze", self._add("Transpose", bias, perm=[2, 0, 1]), self._integers(0)
        )

    def _unseen(self) -> str:
        """NEVER where one token may not look at another, shape (length, length)."""
        key, query = self._pairs("segments")
        passage = self._add("Equal", key, self._integers(PASSAGE_SEGMENT))
        return self._never(self._add("Or", passage, self._add("Equal", key, query)))

    def _layer(self, name: str, states: str, bias: str) -> str:
        parts = self._eight_bit_linear(f"{name}projected", states)
        query, key, value = (f"{name}{part}" for part in ("query", "key", "value"))
        self._nodes.append(
            helper.make_node("Split", [parts], [query, key, value], axis=2, num_outputs=3)
        )
        found = self._add(
            "MultiHeadAttention",
            query,
            key,
            value,
            "",
            "",
            bias,
            domain=CONTRIBUTED,
            num_heads=HEADS,
        )
        attended = self._eight_bit_linear(f"{name}attended", found)
        states = self._norm(f"{name}norm", self._add("Add", states, attended))
        inner = self._add("Gelu", self._eight_bit_linear(f"{name}inner", states))
        outer = self._eight_bit_linear(f"{name}outer", inner)
        return self._norm(f"{name}last_norm", self._add("Add", states, outer))

    def _verdict(self, states: str) -> None:
        is_asked = self._add("Equal", "segments", self._integers(QUESTION_SEGMENT))
        asked = self._add("Cast", is_asked, to=TensorProto.FLOAT)
        share = self._add("Div", asked, self._add("ReduceSum", asked))
        mean = self._add("MatMul", self._add("Unsqueeze", share, self._integers(0, 1)), states)
        first = self._add("Gather", states, self._integers(0), axis=1)
        both = self._add("Concat", first, mean, axis=2)
        question = self._add("Gelu", self._eight_bit_linear("pool", both))
        answers = self._linear("answers", question)
        self._add("Reshape", answers, self._integers(1), output="answers")

    def _pairs(self, values: str) -> tuple[str, str]:
        """One value a token, as that of the key and as that of the query."""
        key = self._add("Unsqueeze", values, self._integers(0))
        return key, self._add("Unsqueeze", values, self._integers(1))

    def _never(self, seen: str) -> str:
        """NEVER where something is not seen, else 0."""
        zero, never = (
            self._constant(name, np.array(value, np.float32))
            for name, value in (("zero", 0.0), ("never", NEVER))
        )
        return self._add("Where", seen, zero, never)

    def _linear(self, name: str, states: str) -> str:
        """A matrix in 32 bits: those of the heads, which are small and said at the end."""
        matrix = self._constant(f"{name}.matrix", self._tensors[f"{name}.weight"].T)
        product = self._add("MatMul", states, matrix)
        return self._add("Add", product, self._weight(f"{name}.bias"))

    def _eight_bit_linear(self, name: str, states: str) -> str:
        """A matrix in eight bits, a scale a column, and activations in eight bits, a scale a token.

        A few tokens, the marks at the ends above all, are many times larger than the others and
        would leave them no digits: with one scale for all, the logit of a verdict is off by .41
        on average, with one a token by .08 (16 pairs, standard deviation of the logits 3.4).
        After the first division the operations stand in the order in which ONNX Runtime makes
        one of them.
        """
        matrix, scales = _in_eight_bits(self._tensors[f"{name}.weight"].T, axis=0)
        size = self._add("ReduceMax", self._add("Abs", states), self._integers(-1), keepdims=1)
        given, scale, zero = (f"{name}.{part}" for part in ("given", "scale", "zero"))
        self._nodes.append(
            helper.make_node(
                "DynamicQuantizeLinear",
                [self._add("Div", states, size)],
                [given, scale, zero],
                name=given,
            )
        )
        integers = self._constant(f"{name}.matrix", matrix)
        product = self._add("MatMulInteger", given, integers, zero)
        both = self._add("Mul", scale, self._constant(f"{name}.scales", scales[0]))
        scaled = self._add("Mul", self._add("Cast", product, to=TensorProto.FLOAT), both)
        return self._add("Add", self._add("Mul", scaled, size), self._weight(f"{name}.bias"))

    def _norm(self, name: str, states: str) -> str:
        weight, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self._add("LayerNormalization", states, weight, bias, axis=-1, epsilon=1e-5)

    def _weight(self, name: str) -> str:
        return self._constant(name, self._tensors[name])

    def _integers(self, *values: int) -> str:
        name = "integers_" + "_".join(map(str, values))
        return self._constant(name, np.array(values, np.int64))

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _add(
        self,
        operator: str,
        *inputs: str,
        output: str = "",
        **attributes: Any,
    ) -> str:
        """A node; returns the name of its output."""
        output = output or f"{operator}_{len(self._nodes)}"
        node = helper.make_node(operator, inputs, [output], name=output, **attributes)
        self._nodes.append(node)
        return output


def _in_eight_bits(values: NDArray[Any], axis: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Whole numbers from -127 to 127 and the scale that they are to be taken by along an axis."""
    largest = np.abs(values).max(axis=axis, keepdims=True)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(values / scales).astype(np.int8), scales
