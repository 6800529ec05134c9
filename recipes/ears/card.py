"""Exports the student to ONNX, and writes what it is, what it was trained on and how well it was measured beside it."""
import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from clips import CLIP_SAMPLES, RATE_HZ
from dataset import load
from network import BANDS, EMBEDDING, FRAMES, Ears, Exported, export_onnx, multiply_adds, shipped
from sources import SOURCES

MOST_BYTES, MOST_MULTIPLY_ADDS, MOST_DIFFERENCE = 4_000_000, 15_000_000, 1e-4
GOLDEN_WINDOWS = 2


def golden_input() -> np.ndarray:
    """Levels that any language can compute alike: −60 dB ± 30 dB, shape (2, 128, 96)."""
    at = np.arange(GOLDEN_WINDOWS * FRAMES * BANDS, dtype=np.float64)
    return (-60 + 30 * np.sin(at * at * 1e-5)).astype(np.float32).reshape(GOLDEN_WINDOWS, FRAMES, BANDS)


def write(work: Path, package: Path, out: Path, seed: int) -> None:
    sets, tags = load(work, package)
    measured = json.loads((work / "measured.json").read_text())
    saved = torch.load(work / "ears.pt", weights_only=True)
    model = Ears(len(tags.constructed) + len(tags.taught))
    model.load_state_dict(saved["model"])
    model = shipped(model)
    out.mkdir(parents=True, exist_ok=True)
    file = out / "ears.onnx"
    export_onnx(model, str(file))
    bytes_, cost = file.stat().st_size, multiply_adds(model)
    assert bytes_ <= MOST_BYTES and cost <= MOST_MULTIPLY_ADDS, (bytes_, cost)
    with torch.no_grad():
        expected = [output.numpy() for output in Exported(model).eval()(torch.from_numpy(golden_input()))]
    answered = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"]).run(["embedding", "tags"], {"mel": golden_input()})
    difference = max(float(np.abs(one - other).max()) for one, other in zip(expected, answered))
    assert difference <= MOST_DIFFERENCE, difference
    used: dict[str, int] = {}
    for name, clips in sets.items():
        for row in clips.rows("train"):
            used[clips.lines[row]["source"]] = used.get(clips.lines[row]["source"], 0) + 1
    card = {
        "name": "ears", "version": 2, "kind": "algiers-ears",
        "onnx": {"file": "ears.onnx", "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "bytes": bytes_, "parameters": sum(p.numel() for p in model.parameters()), "multiply_adds_per_window": cost},
        "mel": {"sample_rate": RATE_HZ, "frame_size": 2048, "hop_samples": 512, "bands": BANDS, "min_hz": 30, "max_hz": 10500, "log": "10*log10(x + 1e-10)", "floor_db": -100, "window_frames": FRAMES, "hop_frames": 43},
        "outputs": {"embedding": EMBEDDING, "tags": len(measured["tags"])},
        "tags": measured.pop("tags"),
        "sources": [{"name": name, "licence": SOURCES[name], "hours": round(count * CLIP_SAMPLES / RATE_HZ / 3600, 3)} for name, count in sorted(used.items())],
        "teachers": "musicnn 0.1.0 (ISC), MSD_musicnn and MTT_musicnn; not shipped",
        "measured": {**measured, "onnx_against_pytorch": difference},
        "golden": {"input": "-60 + 30*sin(n*n*1e-5), n = 0 …, shape (2, 128, 96)", "embedding": [float(v) for v in expected[0][:, :8].ravel()], "tags": [float(v) for v in expected[1][:, :16].ravel()]},
        "seed": seed, "licence": "Apache-2.0",
    }
    (out / "ears.json").write_text(json.dumps(card, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    print(f"{file}: {bytes_} bytes, {cost / 1e6:.1f} M multiply-adds a window, ONNX and PyTorch differ by {difference:.1e}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    write(a.work, a.musicnn, a.out, a.seed)
