"""How the reader is made: from questions about paragraphs and a pretrained encoder to a graph.

    python -m embeddings.judging.training split   which countries are kept aside, written first
    python -m embeddings.judging.training mine    paragraphs that look like answers and are not
    python -m embeddings.judging.training fit     the network, checkpoints as it goes
    python -m embeddings.judging.training export  8-bit weights for ONNX Runtime, the tokenizer
    python -m embeddings.judging.training measure figures on what was kept aside

Needs the extra `pincite[training]`; nothing that answers questions imports this package.
"""
