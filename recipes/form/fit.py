"""Trains one network on some tracks."""

import numpy as np
import torch
from torch.nn import functional

from data import Track, batch_of
from network import Form

# Chosen, as are the shares and both dropouts, on the folds of the public corpora that report them: decision 0042.
EPOCHS = 25
BATCH = 4
RATE = 1e-3
DECAY = 1e-2
# All edges together weigh this share of all other beats, as for the trees that they are averaged with.
EDGE_SHARE = 0.25
KIND_WEIGHT = 0.5
# Generated tracks that an epoch draws, for each recorded one: many at first, hardly any in the end, since they are not what is judged.
GENERATED_SHARE = (1.0, 0.1)
# Whole groups of channels are silent now and then, so that no single column decides.
CHANNEL_DROPOUT = 0.5


def kind_weights(tracks: list[Track], kinds: int) -> torch.Tensor:
    """Between every beat alike and every kind alike."""
    counts = np.zeros(kinds)
    for track in tracks:
        known = track.kinds[track.kinds >= 0]
        counts += np.bincount(known, minlength=kinds)
    weights = 1 / np.sqrt(np.maximum(counts, 1))
    return torch.tensor(weights / (weights * counts).sum() * counts.sum(), dtype=torch.float32)


def edge_weight(tracks: list[Track]) -> float:
    edges = sum((track.edges == 1).sum() for track in tracks)
    others = sum((track.edges == 0).sum() for track in tracks)
    return float(EDGE_SHARE * others / max(1, edges))


def losses(logits: torch.Tensor, edges: torch.Tensor, kinds: torch.Tensor, weigh: tuple[float, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    edge, kind = weigh
    known = edges >= 0
    weights = torch.where(edges == 1, edge, 1.0)[known]
    boundary = functional.binary_cross_entropy_with_logits(logits[:, 0][known], edges[known], weights, reduction="sum") / weights.sum()
    named = functional.cross_entropy(logits[:, 1:], kinds, kind, ignore_index=-1)
    return boundary, named


def fit(tracks: list[Track], channels: int, kinds: int, seed: int, epochs: int = EPOCHS, watch: list[Track] | None = None) -> Form:
    """The recorded and generated tracks; `watch` only prints what an epoch is worth elsewhere."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    recorded = [track for track in tracks if track.fold is not None]
    generated = [track for track in tracks if track.fold is None]
    begin, end = GENERATED_SHARE
    shares = np.linspace(begin, end, epochs)
    drawn = [min(len(generated), round(share * len(recorded))) for share in shares]
    weigh = (edge_weight(recorded), kind_weights(recorded + generated[: drawn[-1]], kinds))
    network = Form(channels, kinds)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = sum(-(-(len(recorded) + count) // BATCH) for count in drawn)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        network.train()
        chosen = recorded + [generated[at] for at in random.permutation(len(generated))[: drawn[epoch]]]
        order = random.permutation(len(chosen))
        sums = np.zeros(2)
        for first in range(0, len(order), BATCH):
            inputs, mask, edges, kinds_of = batch_of([chosen[at] for at in order[first : first + BATCH]], random)
            silent = (torch.rand(inputs.shape[0], inputs.shape[1], 1) < CHANNEL_DROPOUT)
            logits = network(inputs.masked_fill(silent, 0), mask)
            boundary, named = losses(logits, edges, kinds_of, weigh)
            optimiser.zero_grad()
            (boundary + KIND_WEIGHT * named).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums += [boundary.item(), named.item()]
        if watch and epoch % 5 == 4:
            network.eval()
            with torch.no_grad():
                told = [losses(network(inputs, mask), edges, kinds_of, weigh) for inputs, mask, edges, kinds_of in ([batch_of([track], None) for track in watch])]
            elsewhere = np.nanmean([[boundary.item(), named.item()] for boundary, named in told], axis=0)
            print(epoch + 1, np.round(sums * BATCH / len(order), 3), np.round(elsewhere, 3), flush=True)
    return network.eval()
