"""What training reads, small enough to be carried to a machine with a graphics card: `pack.py pack` here, `pack.py unpack` there.

Music travels as Opus, the other clips' levels to the whole dB; events are generated again there, from their samples. Held-out clips stay
here: training has no use for them."""
import argparse
import gzip
import json
import lzma
import os
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch

import events
from clips import CLIP_FRAMES, CLIP_SAMPLES, RATE_HZ, read_clips
from dataset import HEARD_AS_AUDIO, SETS
from levels import FLOOR_DB, Levels
from network import BANDS

STREAM_HZ, STREAM_BITS, CLIPS_OF_A_STREAM, PACKERS = 24000, "32k", 500, 2
# Silence behind the last clip of a stream, for the codec's delay.
TAIL_SAMPLES = RATE_HZ
CLIPS_OF_A_BLOCK = 500
# Sets whose levels travel, and that which is generated there.
CARRIED, GENERATED = ("general-midi", "sounds"), "events"


def encode(samples: np.ndarray, target: Path) -> None:
    part = target.with_suffix(".part.ogg")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "-", "-ar", str(STREAM_HZ), "-c:a", "libopus", "-b:a", STREAM_BITS, "-compression_level", "5", str(part)]
    subprocess.run(command, input=samples.tobytes() + bytes(2 * TAIL_SAMPLES), check=True)
    part.rename(target)


def decode(job: tuple[Path, int]) -> np.ndarray:
    import soundfile
    from scipy.signal import resample_poly

    stream, clips = job
    audio, rate = soundfile.read(stream, dtype="float32")
    assert rate == STREAM_HZ, rate
    samples = resample_poly(audio, RATE_HZ // 150, STREAM_HZ // 150)[: clips * CLIP_SAMPLES]
    return (np.clip(samples, -1, 1) * 32767).round().astype("<i2").reshape(clips, CLIP_SAMPLES)


def pack(work: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in SETS:
        if name == GENERATED:
            continue
        (out / f"{name}.jsonl.gz").write_bytes(gzip.compress((work / "clips" / f"{name}.jsonl").read_bytes()))
    samples, _ = read_clips(work, HEARD_AS_AUDIO)
    starts = range(0, len(samples), CLIPS_OF_A_STREAM)
    jobs = [(samples[start : start + CLIPS_OF_A_STREAM], out / f"{HEARD_AS_AUDIO}-{start:06}.ogg") for start in starts]
    with ProcessPoolExecutor(PACKERS) as pool:
        list(pool.map(encode, *zip(*((clips, file) for clips, file in jobs if not file.exists()))))
    for name in CARRIED:
        _, lines = read_clips(work, name)
        rows = [row for row, line in enumerate(lines) if line["split"] == "train"]
        mel = np.load(work / "mel" / f"{name}.npy", mmap_mode="r")
        for start in range(0, len(rows), CLIPS_OF_A_BLOCK):
            file = out / f"{name}-{start:06}.xz"
            if not file.exists():
                whole = (mel[rows[start : start + CLIPS_OF_A_BLOCK]].astype(np.float32) - FLOOR_DB).round().clip(0, 255).astype(np.uint8)
                change = np.diff(whole, axis=1, prepend=np.uint8(0))
                file.write_bytes(lzma.compress(change.transpose(2, 0, 1).tobytes(), preset=0))


def read_block(file: Path) -> np.ndarray:
    change = np.frombuffer(lzma.decompress(file.read_bytes()), np.uint8).reshape(BANDS, -1, CLIP_FRAMES).transpose(1, 2, 0)
    return (np.cumsum(change, axis=1, dtype=np.uint8).astype(np.float32) + FLOOR_DB).astype(np.float16)


def unpack(packed: Path, work: Path, data: Path) -> None:
    """Lays the clips out as the stages before would have."""
    for folder in ("clips", "mel"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    lines = {}
    for name in SETS:
        if name != GENERATED:
            text = gzip.decompress((packed / f"{name}.jsonl.gz").read_bytes()).decode()
            (work / "clips" / f"{name}.jsonl").write_text(text)
            lines[name] = [json.loads(line) for line in text.splitlines()]
    with ProcessPoolExecutor() as pool:
        streams = sorted(packed.glob(f"{HEARD_AS_AUDIO}-*.ogg"))
        lengths = [min(CLIPS_OF_A_STREAM, len(lines[HEARD_AS_AUDIO]) - at * CLIPS_OF_A_STREAM) for at in range(len(streams))]
        decoded = pool.map(decode, zip(streams, lengths))
        blocks = {name: pool.map(read_block, sorted(packed.glob(f"{name}-*.xz"))) for name in CARRIED}
        with open(work / "clips" / f"{HEARD_AS_AUDIO}.s16", "wb") as file:
            for samples in decoded:
                samples.tofile(file)
        for name in SETS:
            if name not in (HEARD_AS_AUDIO, GENERATED):
                # What did not travel is silent.
                mel = np.full((len(lines[name]), CLIP_FRAMES, BANDS), FLOOR_DB, np.float16)
                if name in CARRIED:
                    mel[[row for row, line in enumerate(lines[name]) if line["split"] == "train"]] = np.concatenate(list(blocks[name]))
                np.save(work / "mel" / f"{name}.npy", mel)
    events.write(data, work, "train", events.BLOCKS["train"], 1, os.cpu_count() or 1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    samples, _ = read_clips(work, GENERATED)
    seen = [Levels(device).student(torch.from_numpy(part.astype(np.float32) / 32768).to(device), centred=True).half().cpu().numpy() for part in np.array_split(samples, max(1, len(samples) // 100))]
    np.save(work / "mel" / f"{GENERATED}.npy", np.concatenate(seen))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--packed", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="the folder of packages, for unpacking: of them the samples that events are made of")
    a = parser.parse_args()
    pack(a.work, a.packed) if a.what == "pack" else unpack(a.packed, a.work, a.data)
