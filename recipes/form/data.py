"""What `export.ts` wrote, and batches of it."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

MOST_BEATS = 640
# Near the ends one side is empty, so that no section starts there.
END_MARGIN = 4
# A label may be a beat off.
BESIDE_AN_EDGE = 0.25


@dataclass(frozen=True)
class Track:
    id: str
    fold: int | None
    licence: str | None
    makers: tuple[str, ...]
    audio_digest: str
    is_song: bool
    input: np.ndarray
    edges: np.ndarray
    kinds: np.ndarray


def soften(edges: np.ndarray) -> np.ndarray:
    targets = edges.astype(np.float32)
    for beat in np.flatnonzero(edges == 1):
        for beside in (beat - 1, beat + 1):
            if 0 <= beside < len(edges) and edges[beside] == 0:
                targets[beside] = BESIDE_AN_EDGE
    targets[:END_MARGIN] = -1
    targets[-END_MARGIN:] = -1
    return targets


def load(folder: Path) -> tuple[dict, list[Track]]:
    index = json.loads((folder / "index.json").read_text())
    tracks = []
    for row in index["tracks"]:
        read = lambda suffix, kind: np.fromfile(folder / f"{row['id']}.{suffix}", kind)
        tracks.append(
            Track(
                id=row["id"],
                fold=row["fold"],
                licence=row["licence"],
                makers=tuple(row["makers"]),
                audio_digest=row["audioDigest"],
                is_song=row["isSong"],
                input=read("input", np.float32).reshape(index["channels"], row["beats"]),
                edges=soften(read("edges", np.int8)),
                kinds=read("kinds", np.int8),
            )
        )
    return index, tracks


def batch_of(tracks: list[Track], random: np.random.Generator | None) -> tuple[torch.Tensor, ...]:
    """Input, mask, edges, kinds; longer tracks are cut anew each time, where `random` is given."""
    most = MOST_BEATS if random is not None else max(len(track.edges) for track in tracks)
    length = min(most, max(len(track.edges) for track in tracks))
    channels = tracks[0].input.shape[0]
    inputs = np.zeros((len(tracks), channels, length), np.float32)
    mask = np.zeros((len(tracks), 1, length), np.float32)
    edges = np.full((len(tracks), length), -1, np.float32)
    kinds = np.full((len(tracks), length), -1, np.int64)
    for row, track in enumerate(tracks):
        beats = len(track.edges)
        first = int(random.integers(beats - length + 1)) if random is not None and beats > length else 0
        size = min(length, beats)
        part = slice(first, first + size)
        inputs[row, :, :size] = track.input[:, part]
        mask[row, :, :size] = 1
        edges[row, :size] = track.edges[part]
        kinds[row, :size] = track.kinds[part]
    return tuple(torch.from_numpy(values) for values in (inputs, mask, edges, kinds))
