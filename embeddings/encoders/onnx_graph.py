"""The ONNX form of a BERT sentence-transformers model: a graph that holds no weights.

The graph names the tensors of the model's own ``model.safetensors`` by their place in that file,
so ONNX Runtime maps the installed weights into memory and nothing is copied: the graph is some
25 KB, and only the rows of the word embeddings that a text needs are ever read from disk.

The architecture is BERT's (Devlin et al. 2019, arXiv:1810.04805) with mean pooling and
normalisation as in Sentence-BERT (Reimers and Gurevych 2019, arXiv:1908.10084); tensor names are
those of ``transformers``.
"""

import hashlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

from corpus.errors import ModelFault
from corpus.writing import replacing
from embeddings.encoders.onnx_encoder import WEIGHTS, OnnxEncoder, write_graph
from embeddings.encoders.reference import Recorded

OPSET = 20  # the first with Gelu
IR_VERSION = 9  # the format version that belongs to opset 20
CONTRIBUTED = "com.microsoft"  # ONNX Runtime's own operators: MultiHeadAttention
LEAST_COSINE = 0.9999
CHECKED_TEXTS = 50


class Graph:
    """An ONNX graph under construction: nodes, and tensors that lie in a safetensors file."""

    def __init__(self, weights: Path) -> None:
        with weights.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self._tensors: dict[str, Any] = json.loads(file.read(length))
        self._data_start = 8 + length
        self._initializers: dict[str, TensorProto] = {}
        self._nodes: list[onnx.NodeProto] = []

    def weight(self, name: str) -> str:
        """The tensor `name` of the safetensors file, as a graph input.

        Raises ModelFault where the file has no such tensor in 32-bit floats.
        """
        entry = self._tensors.get(name)
        if entry is None or entry["dtype"] != "F32":
            raise ModelFault(f"{WEIGHTS} has no 32-bit tensor named {name}")
        start, stop = entry["data_offsets"]
        tensor = TensorProto(
            name=name,
            data_type=TensorProto.FLOAT,
            dims=entry["shape"],
            data_location=TensorProto.EXTERNAL,
        )
        place = {"location": WEIGHTS, "offset": self._data_start + start, "length": stop - start}
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self._initializers[name] = tensor
        return name

    def integers(self, *values: int) -> str:
        """A constant of 64-bit integers; returns its name."""
        name = "integers_" + "_".join(map(str, values))
        self._initializers[name] = helper.make_tensor(
            name, TensorProto.INT64, [len(values)], values
        )
        return name

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """A node; returns the name of its output."""
        output = output or f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def linear(self, rows: str, name: str) -> str:
        """Rows times a weight matrix, plus its bias."""
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("Gemm", rows, weight, bias, transB=1)

    def layer_norm(self, rows: str, name: str, epsilon: float) -> str:
        """Rows normalised, scaled and shifted."""
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", rows, weight, bias, axis=-1, epsilon=epsilon)

    def model(self, width: int, metadata: dict[str, str]) -> bytes:
        """The finished model, serialised."""
        ids_and_mask = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ]
        embeddings = helper.make_tensor_value_info(
            "token_embeddings", TensorProto.FLOAT, ["batch", "length", width]
        )
        tensors = list(self._initializers.values())
        graph = helper.make_graph(self._nodes, "encoder", ids_and_mask, [embeddings], tensors)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        helper.set_model_props(model, metadata)
        return bytes(model.SerializeToString())


def build(folder: Path) -> bytes:
    """The graph of the sentence-transformers model in `folder`, stamped with its weights' SHA-256.

    Raises ModelFault where the model is not a BERT with mean pooling and normalisation.
    """
    config = _checked_config(folder)
    width, heads = config["hidden_size"], config["num_attention_heads"]
    epsilon = config["layer_norm_eps"]
    graph = Graph(folder / WEIGHTS)

    batch_and_length = graph.add("Shape", "input_ids")
    cube = graph.add("Concat", batch_and_length, graph.integers(width), axis=0)
    flat = graph.integers(-1, width)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.INT32)
    lengths = graph.add("ReduceSum", mask, graph.integers(1), keepdims=0)

    rows = graph.add("Reshape", _embeddings(graph, epsilon), flat)
    for number in range(config["num_hidden_layers"]):
        rows = _layer(
            graph,
            f"encoder.layer.{number}",
            rows,
            (cube, flat, lengths),
            heads=heads,
            epsilon=epsilon,
        )

    graph.add("Reshape", rows, cube, output="token_embeddings")
    return graph.model(width, {"weights_sha256": _sha256(folder / WEIGHTS)})


def _embeddings(graph: Graph, epsilon: float) -> str:
    zero, one = graph.integers(0), graph.integers(1)
    length = graph.add("Shape", "input_ids", start=1, end=2)
    word = graph.add("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    positions = graph.weight("embeddings.position_embeddings.weight")
    position = graph.add("Slice", positions, zero, length, zero)
    types = graph.weight("embeddings.token_type_embeddings.weight")
    token_type = graph.add("Slice", types, zero, one, zero)
    place = graph.add("Add", position, token_type)
    return graph.layer_norm(graph.add("Add", word, place), "embeddings.LayerNorm", epsilon)


def _layer(
    graph: Graph, name: str, rows: str, shapes: tuple[str, str, str], *, heads: int, epsilon: float
) -> str:
    cube, flat, lengths = shapes
    query, key, value = (
        graph.add("Reshape", graph.linear(rows, f"{name}.attention.self.{part}"), cube)
        for part in ("query", "key", "value")
    )
    attended = graph.add(
        "MultiHeadAttention", query, key, value, "", lengths, domain=CONTRIBUTED, num_heads=heads
    )
    attended = graph.add("Reshape", attended, flat)
    attended = graph.linear(attended, f"{name}.attention.output.dense")
    rows = graph.layer_norm(
        graph.add("Add", attended, rows), f"{name}.attention.output.LayerNorm", epsilon
    )
    inner = graph.add("Gelu", graph.linear(rows, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense")
    return graph.layer_norm(graph.add("Add", outer, rows), f"{name}.output.LayerNorm", epsilon)


def _checked_config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text("utf-8"))
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    modes = [mode for mode, used in pooling.items() if mode.startswith("pooling_mode") and used]
    found = (config["model_type"], config["hidden_act"], kinds, modes)
    wanted = (
        "bert",
        "gelu",
        ["Transformer", "Pooling", "Normalize"],
        ["pooling_mode_mean_tokens"],
    )
    if found != wanted:
        raise ModelFault(f"the model in {folder.name} is {found}; only {wanted} can be built")
    return config


def make(folder: Path, target: Path, identity: str, reference: Sequence[Recorded]) -> None:
    """Build the graph of the model in `folder`, check it, and put it at `target` by one rename.

    `reference` is what sentence-transformers makes of some texts. Raises ModelFault, and leaves
    `target` as it was, where the cosine of any text is below LEAST_COSINE; ValueError where there
    are fewer than CHECKED_TEXTS.
    """
    if len(reference) < CHECKED_TEXTS:
        raise ValueError(f"{len(reference)} texts; the check needs {CHECKED_TEXTS}")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(target, private=True) as made:
        write_graph(made, build(folder))
        encoded = OnnxEncoder(made, folder, identity).encode([one.text for one in reference])
        cosines = [
            float(one.vector @ other.vector) for one, other in zip(encoded, reference, strict=True)
        ]
        if not min(cosines) >= LEAST_COSINE:
            raise ModelFault(
                f"the ONNX form of {identity} differs from sentence-transformers (cosine "
                f"{min(cosines):.6f}); report it with the versions of onnx and onnxruntime."
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
