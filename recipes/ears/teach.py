"""The product's log-mel of all clips that are not heard as audio in training, and what both teachers say of the middle 2.97 s of every held-out clip."""
import argparse
import subprocess
from pathlib import Path

import numpy as np
import torch

from clips import CLIP_FRAMES, CLIP_SAMPLES, HOP_SAMPLES, read_clips
from dataset import HEARD_AS_AUDIO, SETS, TAUGHT
from levels import HEARD_SAMPLES, MOST_DIFFERENCE_DB, Levels, for_teacher
from network import BANDS
from teacher import Teachers

# The student's middle window: frames 16 … 144 of 160. The teacher hears the same 2.97 s.
FIRST_SAMPLE = 16 * HOP_SAMPLES


def log_mel(work: Path, name: str) -> None:
    target = work / "mel" / f"{name}.npy"
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    raw = target.with_suffix(".f32")
    script = Path(__file__).with_name("log-mel.ts")
    subprocess.run(["node", str(script), str(work / "clips" / f"{name}.s16"), str(raw), str(CLIP_SAMPLES)], check=True)
    values = np.memmap(raw, np.float32, "r").reshape(-1, CLIP_FRAMES, BANDS)
    with open(target.with_suffix(".part"), "wb") as file:
        np.save(file, values.astype(np.float16))
    check(read_clips(work, name)[0][:16], values[:16])
    target.with_suffix(".part").rename(target)
    raw.unlink()


def check(samples: np.ndarray, product: np.ndarray) -> None:
    """Music is heard as audio in training: its levels must be the product's there too."""
    ours = Levels(torch.device("cpu")).student(torch.from_numpy(samples.astype(np.float32) / 32768), centred=True).numpy()
    difference = float(np.abs(ours - product).max())
    assert difference <= MOST_DIFFERENCE_DB, difference


def teach(work: Path, musicnn: Path, name: str, batch: int = 24) -> None:
    target = work / "targets" / f"{name}.npz"
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    samples, _ = read_clips(work, name)
    teachers = Teachers(musicnn)
    logits, hidden = [], []
    for start in range(0, len(samples), batch):
        part = samples[start : start + batch, FIRST_SAMPLE : FIRST_SAMPLE + HEARD_SAMPLES].astype(np.float32) / 32768
        said, layers = teachers(for_teacher(torch.from_numpy(part)))
        logits.append(said.numpy())
        hidden.append(layers.numpy())
        if start % (batch * 10) == 0:
            print(name, start, len(samples), flush=True)
    part = target.with_suffix(".part.npz")
    np.savez(part, logits=np.concatenate(logits), hidden=np.concatenate(hidden))
    part.rename(target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    for each in SETS:
        if each != HEARD_AS_AUDIO:
            log_mel(a.work, each)
    teach(a.work, a.musicnn, TAUGHT)
