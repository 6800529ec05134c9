"""Trains the student: the teachers' logits and hidden layers on music, constructed truths elsewhere, and agreement of two views of every clip.

A view is another 128 of the 160 frames, up to 6 % faster or slower, up to a semitone higher or lower, with another gain and tilt."""
import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dataset import Clips, load
from network import BANDS, EMBEDDING, FRAMES, Ears

# Clips of each set in a batch: music twice as often, for most tags are its.
SHARES = {"music": 20, "events": 9, "general-midi": 10, "sounds": 9}
TEMPERATURE, WEIGHT_DECAY = 0.1, 1e-4


@dataclass(frozen=True)
class Stage:
    """First everything at once; then what is far from the teachers still, with clips of one track drawn together."""

    rate: float
    teacher: float
    distilled: float
    contrast: float
    clips_of_a_track: int


STAGES = {"first": Stage(2e-3, 1, 1, 0.2, 1), "second": Stage(1e-3, 2, 2, 0.3, 3)}
FLOOR_DB = -100.0


def views(mel: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """@param mel (batch, 160, 96) dB  @returns (batch, 128, 96)."""
    batch, frames, bands = mel.shape
    draw = lambda low, high: torch.rand(batch, generator=generator) * (high - low) + low
    stretch = draw(0.94, 1.06)
    start = torch.rand(batch, generator=generator) * (frames - FRAMES * stretch).clamp(min=0)
    time_at = start[:, None] + torch.arange(FRAMES) * stretch[:, None]
    # A semitone is 1.2 bands or so where the bands are spaced as pitches are.
    band_at = torch.arange(BANDS) + draw(-1.2, 1.2)[:, None]
    grid = torch.stack(
        [(band_at / (bands - 1) * 2 - 1)[:, None, :].expand(-1, FRAMES, -1), (time_at / (frames - 1) * 2 - 1)[:, :, None].expand(-1, -1, BANDS)], 3
    )
    seen = F.grid_sample(mel.unsqueeze(1), grid, align_corners=True, padding_mode="border").squeeze(1)
    tilt = draw(-6, 6)[:, None] * torch.linspace(-0.5, 0.5, BANDS) + draw(-12, 6)[:, None]
    # Digital silence stays what it is at any gain.
    return torch.where(seen > FLOOR_DB + 1, seen + tilt[:, None, :], seen).clamp(min=FLOOR_DB)


def embedding_targets(sets: dict[str, Clips]) -> dict[str, np.ndarray]:
    """Directions of the teachers' standardised hidden layers, turned at random into the student's 512 dimensions."""
    rows = np.concatenate([clips.hidden[clips.rows("train")] for clips in sets.values() if clips.hidden is not None])
    mean, spread = rows.mean(0), rows.std(0) + 1e-6
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((EMBEDDING, rows.shape[1])))[0].T
    targets = {}
    for name, clips in sets.items():
        if clips.hidden is not None:
            target = ((clips.hidden - mean) / spread) @ turn
            targets[name] = (target / np.linalg.norm(target, axis=1, keepdims=True)).astype(np.float32)
    return targets


def pick(rows: np.ndarray, tracks: np.ndarray, share: int, of_a_track: int, draw: np.random.Generator) -> np.ndarray:
    """@returns `share` rows, so many of each track that was drawn as it has."""
    if of_a_track == 1:
        return np.sort(draw.choice(rows, share, replace=len(rows) < share))
    chosen: list[int] = []
    while len(chosen) < share:
        same = rows[tracks[rows] == tracks[draw.choice(rows)]]
        chosen += list(draw.choice(same, min(of_a_track, len(same), share - len(chosen)), replace=False))
    return np.sort(np.array(chosen))


def agreement(one: torch.Tensor, other: torch.Tensor, names: np.ndarray) -> torch.Tensor:
    """Supervised contrast (Khosla et al. 2020): a view is nearest to those of the same name, among the views of the batch."""
    likeness = one @ other.T / TEMPERATURE
    same = torch.from_numpy(names[:, None] == names[None, :]).float()
    same = same / same.sum(1, keepdim=True)
    return -((same * F.log_softmax(likeness, 1)).sum(1) + (same * F.log_softmax(likeness.T, 1)).sum(1)).mean() / 2


def train(work: Path, package: Path, name_of_stage: str, minutes: float, seed: int, threads: int, smoke: bool) -> None:
    stage = STAGES[name_of_stage]
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    sets, constructed, taught = load(work, package)
    targets = embedding_targets(sets)
    rows = {name: clips.rows("train") for name, clips in sets.items()}
    logits = np.concatenate([sets[name].logits[rows[name]] for name in sets if sets[name].logits is not None])
    mean, spread = torch.from_numpy(logits.mean(0)), torch.from_numpy(logits.std(0) + 1e-6)
    true = sum(clips.true[rows[name]].sum(0) for name, clips in sets.items())
    known = sum(clips.known[rows[name]].sum(0) for name, clips in sets.items())
    weight = torch.from_numpy(np.sqrt((known - true) / np.maximum(true, 1)).clip(1, 8).astype(np.float32))
    # Twice as fast on processors.
    model = Ears(len(constructed) + len(taught)).to(memory_format=torch.channels_last)
    with torch.no_grad():
        model.tags.bias[: len(constructed)] = -3
        model.tags.bias[len(constructed) :] = mean
    if name_of_stage == "second":
        model.load_state_dict(torch.load(work / "first.pt", weights_only=True)["model"])
    # Clips that are of no track are their own.
    tracks = {name: np.array([line.get("track") if clips.logits is not None else f"{name} {row}" for row, line in enumerate(clips.lines)]) for name, clips in sets.items()}
    print(f"{len(constructed)} constructed tags, {len(taught)} taught, {sum(map(len, rows.values()))} clips", flush=True)
    generator = torch.Generator().manual_seed(seed)
    draw = np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(model.parameters(), stage.rate, weight_decay=WEIGHT_DECAY)
    started = time.time()
    step, steps = 0, None
    averages = np.zeros(4)
    while steps is None or step < steps:
        picked = {name: pick(rows[name], tracks[name], share, stage.clips_of_a_track if name in targets else 1, draw) for name, share in SHARES.items()}
        mel = torch.from_numpy(np.concatenate([sets[name].mel[at] for name, at in picked.items()]).astype(np.float32))
        both = torch.cat([views(mel, generator), views(mel, generator)])
        with torch.autocast("cpu", torch.bfloat16):
            embedding, said = (output.float() for output in model(both))
        is_true, is_known = (torch.from_numpy(np.concatenate([getattr(sets[n], part)[at] for n, at in picked.items()])).float().repeat(2, 1) for part in ("true", "known"))
        loss = F.binary_cross_entropy_with_logits(said[:, : len(constructed)], is_true, pos_weight=weight, reduction="none")
        tags = (loss * is_known).sum() / is_known.sum()
        music = torch.cat([torch.arange(SHARES["music"]), torch.arange(SHARES["music"]) + len(mel)])
        answer = torch.from_numpy(np.concatenate([sets[n].logits[at] for n, at in picked.items() if n in targets])).repeat(2, 1)
        teacher = ((said[music, len(constructed) :] - answer) / spread).square().mean()
        direction = torch.from_numpy(np.concatenate([targets[n][at] for n, at in picked.items() if n in targets])).repeat(2, 1)
        distilled = 1 - (embedding[music] * direction).sum(1).mean()
        one, other = embedding.chunk(2)
        contrast = agreement(one, other, np.concatenate([tracks[n][at] for n, at in picked.items()]))
        optimiser.zero_grad()
        (8 * tags + stage.teacher * teacher + stage.distilled * distilled + stage.contrast * contrast).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        step += 1
        averages += [tags.item(), teacher.item(), distilled.item(), contrast.item()]
        if step == 20 or (smoke and step == 4):
            # As many steps as fit into the time: after warming up, so many a second.
            steps = 8 if smoke else max(100, int(step * minutes * 60 / (time.time() - started)))
        if steps is not None:
            for group in optimiser.param_groups:
                group["lr"] = stage.rate * min(1, step / 100) * 0.5 * (1 + np.cos(np.pi * min(1, step / steps)))
        if step % 50 == 0:
            print(f"{step}/{steps} {time.time() - started:.0f} s: tags, teacher, direction, contrast", np.round(averages / 50, 4), flush=True)
            averages[:] = 0
        if step % 500 == 0 or step == steps:
            torch.save({"model": model.state_dict(), "constructed": constructed, "taught": taught, "steps": step, "seed": seed}, work / "student.pt.part")
            (work / "student.pt.part").rename(work / ("first.pt" if name_of_stage == "first" else "student.pt"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True, help="the package's folder")
    parser.add_argument("--stage", choices=list(STAGES), required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true")
    a = parser.parse_args()
    train(a.work, a.musicnn, a.stage, a.minutes, a.seed, a.threads, a.smoke)
