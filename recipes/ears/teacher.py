"""The teacher: musicnn (Pons & Serra 2019, PyPI `musicnn` 0.1.0, ISC), rebuilt in PyTorch from its TensorFlow checkpoints.

Only the recipe uses it; nothing of it is shipped. A checkpoint is a table of named tensors (`.index`, LevelDB's format, not
compressed) over one file of raw values; `read_checkpoint` reads both without TensorFlow."""
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

RATE_HZ, FFT_SIZE, HOP_SAMPLES, BANDS, PATCH_FRAMES = 16000, 512, 256, 96, 187
PATCH_SAMPLES = PATCH_FRAMES * HOP_SAMPLES - HOP_SAMPLES  # librosa centres frames: 187 frames span 186 hops


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _block(data: bytes, offset: int, size: int) -> list[tuple[bytes, bytes]]:
    block = data[offset : offset + size]
    end = size - 4 - 4 * struct.unpack("<I", block[-4:])[0]
    entries, at, key = [], 0, b""
    while at < end:
        shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + own]
        entries.append((key, block[at + own : at + own + length]))
        at += own + length
    return entries


def _fields(message: bytes) -> dict[int, list]:
    fields: dict[int, list] = {}
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(message, at)
        elif kind == 2:
            size, at = _varint(message, at)
            value, at = message[at : at + size], at + size
        else:
            size = 4 if kind == 5 else 8
            value, at = message[at : at + size], at + size
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def read_checkpoint(folder: Path) -> dict[str, np.ndarray]:
    """@returns float32 tensors by name; the optimiser's are left out."""
    index = (folder / ".index").read_bytes()
    values = (folder / ".data-00000-of-00001").read_bytes()
    footer = index[-48:]
    at = _varint(footer, _varint(footer, 0)[1])[1]
    offset, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    tensors = {}
    for _, handle in _block(index, offset, size):
        start, at = _varint(handle, 0)
        length, _ = _varint(handle, at)
        for key, message in _block(index, start, length):
            name = key.decode()
            entry = _fields(message)
            if not name or "Adam" in name or entry.get(1) != [1]:
                continue
            dims = [_fields(d).get(1, [0])[0] for d in _fields(entry[2][0]).get(2, [])] if 2 in entry else []
            first = entry.get(4, [0])[0]
            tensors[name] = np.frombuffer(values, np.float32, int(np.prod(dims)), first).reshape(dims).copy()
    return tensors


class Musicnn(nn.Module):
    """Input (batch, 187, 96) log mel; output: logits (batch, 50), penultimate layer (batch, 200)."""

    def __init__(self, folder: Path):
        super().__init__()
        self.w = {name: torch.from_numpy(value) for name, value in read_checkpoint(folder).items()}

    def _bn(self, x: torch.Tensor, index: int) -> torch.Tensor:
        name = "batch_normalization" + (f"_{index}" if index else "")
        mean, variance, scale, shift = (self.w[f"{name}/{part}"] for part in ("moving_mean", "moving_variance", "gamma", "beta"))
        return F.batch_norm(x, mean, variance, scale, shift, False, 0.0, 1e-3)

    def _conv(self, x: torch.Tensor, index: int, padding: tuple[int, int]) -> torch.Tensor:
        name = "conv2d" + (f"_{index}" if index else "")
        return F.relu(F.conv2d(F.pad(x, (0, 0, *padding)), self.w[f"{name}/kernel"].permute(3, 2, 0, 1), self.w[f"{name}/bias"]))

    @torch.no_grad()
    def forward(self, log_mel: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self._bn(log_mel.unsqueeze(1), 0)
        front = []
        # TensorFlow pads an even kernel with one more zero behind than before.
        for index, padding in enumerate(((3, 3), (3, 3), (63, 64), (31, 32), (15, 16))):
            front.append(self._bn(self._conv(x, index, padding), index + 1).amax(3))
        features = torch.cat(front, 1)  # (batch, channels, time)
        layers = [features]
        current = None
        for index in (5, 6, 7):
            source = features if current is None else current
            y = self._conv(source.transpose(1, 2).unsqueeze(1), index, (3, 3)).squeeze(3)
            y = self._bn(y.unsqueeze(3), index + 1).squeeze(3)
            current = y if current is None else y + current
            layers.append(current)
        pooled = torch.cat(layers, 1)
        flat = torch.stack([pooled.amax(2), pooled.mean(2)], 2).flatten(1)  # interleaved, as TensorFlow flattens (channel, 2)
        hidden = self._bn(F.relu(self._bn(flat, 9) @ self.w["dense/kernel"] + self.w["dense/bias"]), 10)
        return hidden @ self.w["dense_1/kernel"] + self.w["dense_1/bias"], hidden


def slaney_filters() -> np.ndarray:
    """Mel filters with librosa's defaults (Slaney's scale and area normalisation), shape (96, 257)."""
    step, corner, log_step = 200 / 3, 1000.0, np.log(6.4) / 27
    to_mel = lambda hz: np.where(hz < corner, hz / step, 15 + np.log(np.maximum(hz, 1e-9) / corner) / log_step)
    to_hz = lambda mel: np.where(mel < 15, mel * step, corner * np.exp(log_step * (mel - 15)))
    edges = to_hz(np.linspace(0, to_mel(np.array(RATE_HZ / 2)), BANDS + 2))
    bins = np.arange(FFT_SIZE // 2 + 1) * RATE_HZ / FFT_SIZE
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return (np.maximum(0, np.minimum(rise, fall)) * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


_FILTERS = torch.from_numpy(slaney_filters())
_WINDOW = torch.hann_window(FFT_SIZE)


def teacher_log_mel(audio: torch.Tensor) -> torch.Tensor:
    """@param audio (batch, 47616) at 16 kHz  @returns (batch, 187, 96)."""
    spectrum = torch.stft(audio, FFT_SIZE, HOP_SAMPLES, window=_WINDOW, center=True, pad_mode="constant", return_complex=True)
    return torch.log10(1 + 10000 * (_FILTERS @ spectrum.abs().square())).transpose(1, 2)


def teacher_tags(package: Path) -> dict[str, list[str]]:
    """@returns the label lists by network, read from the package's own configuration file."""
    scope: dict[str, list[str]] = {}
    exec((package / "configuration.py").read_text(), scope)
    return {"MSD": scope["MSD_LABELS"], "MTT": scope["MTT_LABELS"]}
