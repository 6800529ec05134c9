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
ANSWERS, EVEN = 100, 8
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
        self.names = {}
        for at, (name, value) in enumerate(read_checkpoint(folder).items()):
            self.names[name] = f"tensor_{at}"
            self.register_buffer(f"tensor_{at}", torch.from_numpy(value))

    def _get(self, name: str) -> torch.Tensor:
        return getattr(self, self.names[name])

    def _bn(self, x: torch.Tensor, index: int) -> torch.Tensor:
        """Channels last."""
        name = "batch_normalization" + (f"_{index}" if index else "")
        mean, variance, scale, shift = (self._get(f"{name}/{part}") for part in ("moving_mean", "moving_variance", "gamma", "beta"))
        factor = scale / torch.sqrt(variance + 1e-3)
        return torch.addcmul((shift - mean * factor).to(x.dtype), x, factor.to(x.dtype))

    def _conv(self, x: torch.Tensor, index: int, padding: tuple[int, int]) -> torch.Tensor:
        """@param x (batch, time, bands)  @returns (batch, time, places, channels): as one product of matrices, for a single channel gives convolutions little to do."""
        name = "conv2d" + (f"_{index}" if index else "")
        kernel, bias = self._get(f"{name}/kernel")[:, :, 0], self._get(f"{name}/bias")
        length, width, outputs = kernel.shape
        # Matrices are multiplied fast where their sides are multiples of eight.
        wider, more = -width % EVEN if width > 1 else 0, -outputs % EVEN
        kernel, bias = F.pad(kernel, (0, more, 0, wider)), F.pad(bias, (0, more))
        patches = F.pad(x, (0, wider, *padding)).unfold(1, length, 1).unfold(2, width + wider, 1).flatten(3)
        return F.relu(F.linear(patches, kernel.flatten(0, 1).T, bias))[..., :outputs]

    @torch.no_grad()
    def forward(self, log_mel: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self._bn(log_mel.unsqueeze(3), 0).squeeze(3)
        front = []
        # TensorFlow pads an even kernel with one more zero behind than before.
        for index, padding in enumerate(((3, 3), (3, 3), (63, 64), (31, 32), (15, 16))):
            front.append(self._bn(self._conv(x, index, padding), index + 1).amax(2))
        features = torch.cat(front, 2)  # (batch, time, channels)
        layers = [features]
        current = None
        for index in (5, 6, 7):
            y = self._bn(self._conv(features if current is None else current, index, (3, 3)).squeeze(2), index + 1)
            current = y if current is None else y + current
            layers.append(current)
        pooled = torch.cat(layers, 2)
        flat = torch.stack([pooled.amax(1), pooled.mean(1)], 2).flatten(1)  # interleaved, as TensorFlow flattens (channel, 2)
        hidden = self._bn(F.relu(self._bn(flat, 9) @ self._get("dense/kernel") + self._get("dense/bias")), 10)
        return hidden @ self._get("dense_1/kernel") + self._get("dense_1/bias"), hidden


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


class Teachers(nn.Module):
    """Both networks: what they say of audio at 16 kHz."""

    def __init__(self, package: Path):
        super().__init__()
        self.networks = nn.ModuleList(Musicnn(package / f"{which}_musicnn") for which in ("MSD", "MTT"))
        self.register_buffer("filters", torch.from_numpy(slaney_filters()))
        self.register_buffer("window", torch.hann_window(FFT_SIZE))

    def log_mel(self, audio: torch.Tensor) -> torch.Tensor:
        spectrum = torch.stft(audio, FFT_SIZE, HOP_SAMPLES, window=self.window, center=True, pad_mode="constant", return_complex=True)
        return torch.log10(1 + 10000 * (self.filters @ spectrum.abs().square())).transpose(1, 2)

    @torch.no_grad()
    def forward(self, audio: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """@param audio (batch, 47616)  @returns logits (batch, ANSWERS), penultimate layers (batch, 400)."""
        # bfloat16 halves the time; the logits agree with float32 to a correlation of .9993, from the input on (graphics cards) of .9988.
        mel = self.log_mel(audio)
        if audio.is_cuda:
            mel = mel.bfloat16()
        with torch.autocast(audio.device.type, torch.bfloat16):
            answers = [network(mel) for network in self.networks]
        return torch.cat([logits.float() for logits, _ in answers], 1), torch.cat([hidden.float() for _, hidden in answers], 1)


def teacher_tags(package: Path) -> dict[str, list[str]]:
    """@returns the label lists by network, read from the package's own configuration file."""
    scope: dict[str, list[str]] = {}
    exec((package / "configuration.py").read_text(), scope)
    return {"MSD": scope["MSD_LABELS"], "MTT": scope["MTT_LABELS"]}
