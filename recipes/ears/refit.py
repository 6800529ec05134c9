"""Fits both ends of the trained network again, on what its trunk says of the training clips as they are: the four states so that each counts alike, and the
embedding so that what changes within a track, or with tempo, pitch, tone and gain, counts little.

Within-class covariance normalisation (Hatch, Kajarekar & Stolcke 2006), its directions weighed by what is left of the spread (Fisher's discriminant)."""
import argparse
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dataset import HEARD_AS_AUDIO, Clips, load
from levels import FLOOR_DB, Levels
from network import EMBEDDING, FRAMES, Ears, shipped
from pools import INT16
from teach import FIRST_SAMPLE
from views import views
from vocabulary import STATES

FIRST_FRAME, BATCH = FIRST_SAMPLE // 512, 64
# Towards the rows that were trained: .0001 to .1 give the training clips right alike.
ROW_PENALTY = 0.1
# How much another view counts beside another clip of the track; the ridge in parts of the mean variance; the power that directions are weighed with. Where all
# three peers of `measure.py` are beaten, with its music looked at: a share of 0 to .4 and a power of .5 to .7 do.
VIEW_SHARE, RIDGE, POWER = 0.25, 1.0, 0.5
LEAST_SPREAD, MOST_WEIGHT = 1e-3, 1024


def levels_of(clips: Clips, rows: np.ndarray, levels: Levels) -> torch.Tensor:
    """@returns whole clips in dB, shape (rows, 160, 96)."""
    if clips.mel is not None:
        return torch.from_numpy(clips.mel[rows].astype(np.float32))
    return levels.student(torch.from_numpy(clips.audio[rows].astype(np.float32) / INT16), centred=True).clamp(min=FLOOR_DB)


@torch.no_grad()
def features_of(model: Ears, clips: Clips, rows: np.ndarray, levels: Levels, generator: torch.Generator | None = None) -> torch.Tensor:
    """@returns the hidden layer for the middle windows, or for another view of each where there is a generator."""
    heard = []
    for at in range(0, len(rows), BATCH):
        seen = levels_of(clips, rows[at : at + BATCH], levels)
        heard.append(model.features(views(seen, generator) if generator else seen[:, FIRST_FRAME : FIRST_FRAME + FRAMES]))
    return torch.cat(heard)


def refit_states(model: Ears, states: list[int], heard: torch.Tensor, state: torch.Tensor) -> None:
    weight, bias = model.tags.weight.data[states].clone(), model.tags.bias.data[states].clone()
    spread, rarity = heard.std(0) + LEAST_SPREAD, len(state) / len(STATES) / torch.bincount(state).float()
    change, shift = torch.zeros_like(weight, requires_grad=True), torch.zeros_like(bias, requires_grad=True)
    optimiser = torch.optim.LBFGS([change, shift], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        said = heard @ (weight + change / spread).T + bias + shift
        loss = (F.cross_entropy(said, state, reduction="none") * rarity[state]).mean() + ROW_PENALTY * change.square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    model.tags.weight.data[states] = (weight + change / spread).detach()
    model.tags.bias.data[states] = (bias + shift).detach()


def refit_embedding(model: Ears, heard: np.ndarray, changed: np.ndarray, tracks: list[str]) -> None:
    centre, spread = heard.mean(0), heard.std(0) + LEAST_SPREAD
    x, view = (heard - centre) / spread, (changed - heard) / spread
    _, track = np.unique(tracks, return_inverse=True)
    count = np.bincount(track)
    mean = np.stack([np.bincount(track, column) / count for column in x.T], 1)
    within = x - mean[track]
    covariance = within.T @ within / (len(x) - len(count)) + VIEW_SHARE * view.T @ view / len(x)
    covariance += RIDGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    variance, axes = np.linalg.eigh(covariance)
    whitened = axes / np.sqrt(variance)
    left, directions = np.linalg.eigh(np.cov((x @ whitened).T))
    order = np.argsort(-left)[:EMBEDDING]
    # Of few clips some directions hold nothing, or what rounding leaves of nothing.
    weight = (left[order].clip(min=0) / left.max()) ** POWER
    map_ = whitened @ directions[:, order] * weight / spread[:, None]
    bias = -centre @ map_
    # An embedding is of length 1 whatever the scale, and weights have to lie within 16 bits.
    scale = 2 ** np.ceil(np.log2(max(1, np.abs(map_).max() / MOST_WEIGHT, np.abs(bias).max() / MOST_WEIGHT)))
    model.embedding.weight.data = torch.from_numpy((map_.T / scale).astype(np.float32)).contiguous()
    model.embedding.bias.data = torch.from_numpy((bias / scale).astype(np.float32))


def refit(work: Path, package: Path, seed: int) -> None:
    sets, tags = load(work, package)
    saved = torch.load(work / "student.pt", weights_only=True)
    model = Ears(len(tags.constructed) + len(tags.taught))
    model.load_state_dict(saved["model"])
    as_shipped, levels = shipped(model), Levels(torch.device("cpu"))
    rows = {name: clips.rows("train") for name, clips in sets.items()}
    heard = {name: features_of(as_shipped, clips, rows[name], levels) for name, clips in sets.items() if len(rows[name])}
    states = [tags.constructed.index(state) for state in STATES]
    true = torch.from_numpy(np.concatenate([sets[name].true[rows[name]][:, states] for name in heard])).int()
    one = true.sum(1) == 1
    refit_states(model, states, torch.cat(list(heard.values()))[one], true[one].argmax(1))
    music = sets[HEARD_AS_AUDIO]
    changed = features_of(as_shipped, music, rows[HEARD_AS_AUDIO], levels, torch.Generator().manual_seed(seed))
    refit_embedding(model, heard[HEARD_AS_AUDIO].numpy().astype(np.float64), changed.numpy().astype(np.float64), [music.lines[row]["track"] for row in rows[HEARD_AS_AUDIO]])
    torch.save({**saved, "model": model.state_dict()}, work / "ears.pt.part")
    (work / "ears.pt.part").rename(work / "ears.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    refit(a.work, a.musicnn, a.seed)
