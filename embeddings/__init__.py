"""Where the reports say it: the encoder, the search index, the retriever and the verdict."""

import os

from corpus.public_names import from_modules

TYPE_CHECKING = False  # true to type checkers; typing would take longer than all else here

if TYPE_CHECKING:
    from embeddings.encoders.default_model import DEFAULT_MODEL
    from embeddings.encoders.encoder import Encoded, Encoder
    from embeddings.encoders.onnx_encoder import OnnxEncoder
    from embeddings.encoders.torch_encoder import SentenceTransformerEncoder
    from embeddings.engine import Engine
    from embeddings.evaluation.questions import Question
    from embeddings.evaluation.run import Run
    from embeddings.hit import Hit, Why
    from embeddings.judging.verdict import Verdict
    from embeddings.ranking.fusion import Part
    from embeddings.retriever import Retriever

__all__ = [
    "DEFAULT_MODEL",
    "Encoded",
    "Encoder",
    "Engine",
    "Hit",
    "OnnxEncoder",
    "Part",
    "Question",
    "Retriever",
    "Run",
    "SentenceTransformerEncoder",
    "Verdict",
    "Why",
]

# Read by numpy's OpenBLAS when it is loaded. What is multiplied here is small: threads wait for
# each other longer than they work, and many who ask at once keep every core busy anyway.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if not TYPE_CHECKING:
    __getattr__ = from_modules(
        __name__,
        {
            "DEFAULT_MODEL": "embeddings.encoders.default_model",
            "Encoded": "embeddings.encoders.encoder",
            "Encoder": "embeddings.encoders.encoder",
            "OnnxEncoder": "embeddings.encoders.onnx_encoder",
            "SentenceTransformerEncoder": "embeddings.encoders.torch_encoder",
            "Engine": "embeddings.engine",
            "Question": "embeddings.evaluation.questions",
            "Run": "embeddings.evaluation.run",
            "Hit": "embeddings.hit",
            "Why": "embeddings.hit",
            "Verdict": "embeddings.judging.verdict",
            "Part": "embeddings.ranking.fusion",
            "Retriever": "embeddings.retriever",
        },
    )
