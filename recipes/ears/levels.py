"""What the student and its teachers see of the same audio, on the processor or the graphics card."""
import numpy as np
import torch

from clips import CLIP_FRAMES, HOP_SAMPLES, RATE_HZ
from network import BANDS, FRAMES
from teacher import PATCH_SAMPLES, RATE_HZ as TEACHER_HZ

FRAME_SIZE, LOWEST_HZ, HIGHEST_HZ = 2048, 30, 10500
FLOOR_DB, POWER_FLOOR = -100.0, 1e-10
# 3 s, of which the teacher takes 2.98 s: lengths whose transforms are fast and whose ratio is that of the rates.
HEARD_SAMPLES, TEACHER_SAMPLES = 66150, 48000
# From the first sample of the first of the student's frames to the last of the last; what the teacher hears starts at that frame's middle.
SEEN_SAMPLES = max((FRAMES - 1) * HOP_SAMPLES + FRAME_SIZE, FRAME_SIZE // 2 + HEARD_SAMPLES)
# The loudest step of the product's decibels that a difference in arithmetic may make.
MOST_DIFFERENCE_DB = 0.05


def mel_edges() -> np.ndarray:
    """The hertz of the product's bands: lower end, centre and upper end of band b are b, b + 1 and b + 2."""
    to_mel = lambda hertz: 2595 * np.log10(1 + hertz / 700)
    mels = to_mel(LOWEST_HZ) + (to_mel(HIGHEST_HZ) - to_mel(LOWEST_HZ)) / (BANDS + 1) * np.arange(BANDS + 2)
    return 700 * (10 ** (mels / 2595) - 1)


def mel_filters() -> np.ndarray:
    """As `src/core/audio/mel.ts`, shape (bands, bins)."""
    edges, bins = mel_edges() / (RATE_HZ / FRAME_SIZE), np.arange(FRAME_SIZE // 2 + 1)
    centre = edges[1:-1, None]
    rise, fall = np.maximum(1, centre - edges[:-2, None]), np.maximum(1, edges[2:, None] - centre)
    weights = np.maximum(0, np.where(bins <= centre, 1 - (centre - bins) / rise, 1 - (bins - centre) / fall))
    return (weights / weights.sum(1, keepdims=True)).astype(np.float32)


class Levels:
    def __init__(self, device: torch.device):
        self.filters = torch.from_numpy(mel_filters()).to(device)
        self.window = torch.hann_window(FRAME_SIZE, device=device)
        self.centres_hz = torch.from_numpy(mel_edges()[1:-1].astype(np.float32)).to(device)

    def student(self, audio: torch.Tensor, centred: bool = False) -> torch.Tensor:
        """@param audio (batch, samples)  @returns dB, shape (batch, frames, 96); whole clips have their frames centred, as the product has them."""
        spectrum = torch.stft(audio, FRAME_SIZE, HOP_SAMPLES, window=self.window, center=centred, pad_mode="constant", return_complex=True)
        power = self.filters @ (spectrum.abs() * (4 / FRAME_SIZE)).square()
        return (10 * torch.log10(power + POWER_FLOOR)).transpose(1, 2)[:, : CLIP_FRAMES if centred else FRAMES]


def for_teacher(heard: torch.Tensor, gain: torch.Tensor | None = None) -> torch.Tensor:
    """@param heard (batch, 66150) at 22,050 Hz  @param gain (batch, bins) of its spectrum  @returns (batch, 47616) at 16 kHz."""
    spectrum = torch.fft.rfft(heard)[:, : TEACHER_SAMPLES // 2 + 1]
    if gain is not None:
        spectrum = spectrum * gain
    return torch.fft.irfft(spectrum, TEACHER_SAMPLES)[:, :PATCH_SAMPLES] * (TEACHER_SAMPLES / HEARD_SAMPLES)


def teacher_bins_hz(device: torch.device) -> torch.Tensor:
    return torch.arange(TEACHER_SAMPLES // 2 + 1, device=device) * (RATE_HZ / HEARD_SAMPLES)


assert HEARD_SAMPLES * TEACHER_HZ == TEACHER_SAMPLES * RATE_HZ
