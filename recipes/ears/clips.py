"""Clips on disk: 3.7 s of mono audio each (160 frames of the product's STFT), 16-bit, with one JSON line of truth a clip.

The extra 32 frames over the network's 128 leave room to shift the window in training. `positive` names the tags that are
true, `known` the groups (or single tags) whose absence is certain too; everything else is masked in the loss and the measures."""
import json
import subprocess
from pathlib import Path

import numpy as np

RATE_HZ, HOP_SAMPLES, CLIP_FRAMES = 22050, 512, 160
CLIP_SAMPLES = CLIP_FRAMES * HOP_SAMPLES


class ClipWriter:
    def __init__(self, work: Path, name: str):
        self.folder = work / "clips"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.samples = open(self.folder / f"{name}.s16.part", "wb")
        self.lines = open(self.folder / f"{name}.jsonl.part", "w")
        self.count = 0

    def add(self, audio: np.ndarray, split: str, source: str, positive: list[str], known: list[str], **more: object) -> None:
        clip = np.zeros(CLIP_SAMPLES, np.float32)
        clip[: min(len(audio), CLIP_SAMPLES)] = audio[:CLIP_SAMPLES]
        self.samples.write((np.clip(clip, -1, 1) * 32767).round().astype("<i2").tobytes())
        line = {"split": split, "source": source, "positive": sorted(set(positive)), "known": known, **more}
        self.lines.write(json.dumps(line) + "\n")
        self.count += 1

    def close(self) -> None:
        """Publishes both files; a stage that was interrupted leaves only `.part` files and runs again."""
        for file, ending in ((self.samples, "s16"), (self.lines, "jsonl")):
            file.close()
            (self.folder / f"{self.name}.{ending}.part").rename(self.folder / f"{self.name}.{ending}")


def read_clips(work: Path, name: str) -> tuple[np.ndarray, list[dict]]:
    samples = np.memmap(work / "clips" / f"{name}.s16", "<i2", "r").reshape(-1, CLIP_SAMPLES)
    lines = [json.loads(line) for line in open(work / "clips" / f"{name}.jsonl")]
    return samples, lines


def decode(path: Path, seconds: float | None = None) -> np.ndarray:
    """@returns mono float32 at 22,050 Hz; empty when ffmpeg reads nothing."""
    limit = ["-t", str(seconds)] if seconds else []
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", str(path), *limit, "-vn", "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "-"]
    raw = subprocess.run(command, capture_output=True, check=False).stdout
    return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.float32) / 32768


RECORDINGS, MODULES = (".ogg", ".wav", ".mp3", ".flac", ".opus"), (".xm", ".it", ".s3m", ".mod")


def audio_files(folder: Path, endings: tuple[str, ...] = RECORDINGS) -> list[Path]:
    """Modules are the music of trackers, which ffmpeg plays through libopenmpt."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in endings and p.is_file())
