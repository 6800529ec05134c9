"""Targets: what both teachers say of the middle 2.97 s of every music clip, and the product's log-mel of all clips."""
import argparse
import subprocess
from pathlib import Path

import numpy as np
import torch
from scipy.signal import resample_poly

from clips import CLIP_FRAMES, CLIP_SAMPLES, read_clips
from network import BANDS
from teacher import PATCH_SAMPLES, Musicnn, teacher_log_mel

# The student's middle window: frames 16 … 144 of 160. The teacher hears the same 2.97 s.
FIRST_SAMPLE, SAMPLES = 16 * 512, 128 * 512


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
    target.with_suffix(".part").rename(target)
    raw.unlink()


def teach(work: Path, musicnn: Path, name: str, batch: int = 24) -> None:
    target = work / "targets" / f"{name}.npz"
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    samples, _ = read_clips(work, name)
    networks = [Musicnn(musicnn / f"{which}_musicnn") for which in ("MSD", "MTT")]
    logits, hidden = [], []
    for start in range(0, len(samples), batch):
        part = samples[start : start + batch, FIRST_SAMPLE : FIRST_SAMPLE + SAMPLES].astype(np.float32) / 32768
        audio = resample_poly(part, 320, 441, axis=1)[:, :PATCH_SAMPLES]
        audio = np.pad(audio, ((0, 0), (0, PATCH_SAMPLES - audio.shape[1]))).astype(np.float32)
        mel = teacher_log_mel(torch.from_numpy(audio))
        # bfloat16 halves the time; the logits agree with float32 to a correlation of .9999.
        with torch.autocast("cpu", torch.bfloat16):
            answers = [[output.float() for output in network(mel)] for network in networks]
        logits.append(torch.cat([a[0] for a in answers], 1).numpy())
        hidden.append(torch.cat([a[1] for a in answers], 1).numpy())
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
    parser.add_argument("--only", nargs="*")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    for clips in a.only or sorted(p.stem for p in (a.work / "clips").glob("*.s16")):
        log_mel(a.work, clips)
        if clips == "music":
            teach(a.work, a.musicnn, clips)
