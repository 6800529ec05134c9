"""The clips of training on the device that trains, and how batches are drawn from them."""
from dataclasses import dataclass

import numpy as np
import torch

from dataset import Clips
from views import Draw, coloured, together, views

# Clips of each set in a batch; of music so many tracks with so many clips each.
SHARES, TRACKS, OF_A_TRACK = {"events": 192, "general-midi": 224, "sounds": 224}, 80, 4
# Sets whose clips are heard through other colours, and how many of them with another clip of the set.
MIXED, MIXED_DB = {"general-midi": 0.5, "sounds": 0.3}, (-12, 0)
INT16 = 32768
# Their tracks are not trained on: they tell while training how it goes, without a look at what is measured in the end.
VALIDATION = ("mu-cade-data", "asc-music", "starfighter-data", "brainparty-data")


@dataclass
class Batch:
    levels: torch.Tensor
    true: torch.Tensor
    known: torch.Tensor


class ConstructedPool:
    def __init__(self, name: str, clips: Clips, alone: list[int], device: torch.device):
        """@param alone tags of clips that stay by themselves."""
        rows = clips.rows("train")
        self.levels = torch.from_numpy(np.asarray(clips.mel[rows])).to(device)
        self.true, self.known = (torch.from_numpy(part[rows].astype(np.float32)).to(device) for part in (clips.true, clips.known))
        # What is rare is drawn more often.
        rarity = torch.where(self.true.sum(0) > 0, 1 / self.true.sum(0).clamp(min=1).sqrt(), 0)
        self.chance = (self.true * rarity).amax(1).clamp(min=1e-3)
        self.alone = self.true[:, alone].any(1)
        self.name = name

    def batch(self, count: int, generator: torch.Generator) -> Batch:
        at = torch.multinomial(self.chance, count, replacement=True, generator=generator)
        seen, true, known = views(self.levels[at].float(), generator), self.true[at], self.known[at]
        if self.name in MIXED:
            seen, draw = coloured(seen, generator), Draw(generator)
            partner = draw.order(count)
            mixed = draw.happens(MIXED[self.name], count) & ~self.alone[at] & ~self.alone[at][partner]
            seen = torch.where(mixed[:, None, None], together(seen, seen[partner] + draw.between(*MIXED_DB, count)[:, None, None]), seen)
            either = torch.maximum(true, true[partner])
            known = torch.where(mixed[:, None], torch.maximum(either, known * known[partner]), known)
            true = torch.where(mixed[:, None], either, true)
        return Batch(seen, true, known)


class MusicPool:
    def __init__(self, clips: Clips, device: torch.device):
        held = np.array([line["source"] in VALIDATION for line in clips.lines])
        rows = np.flatnonzero(~held)
        self.audio = torch.from_numpy(np.array(clips.audio)).to(device)
        self.validation = torch.from_numpy(np.flatnonzero(held)).to(device)
        tracks, self.track_of = np.unique([clips.lines[row]["track"] for row in rows], return_inverse=True)
        _, packages = np.unique([clips.lines[row]["source"] for row in rows], return_inverse=True)
        members = [rows[self.track_of == track] for track in range(len(tracks))]
        # Shorter tracks repeat their clips: another view of the same is as good.
        most = max(map(len, members))
        self.members = torch.from_numpy(np.stack([np.resize(each, most) for each in members])).to(device)
        self.package_of = torch.from_numpy(np.array([packages[np.flatnonzero(self.track_of == track)[0]] for track in range(len(tracks))])).to(device)
        # Music says of itself that it is music, and no more.
        self.true, self.known = (torch.from_numpy(part[rows[0]].astype(np.float32)).to(device) for part in (clips.true, clips.known))
        self.rows = rows

    def draw(self, tracks: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """@returns rows, clips of a track side by side, and their tracks."""
        chosen = torch.randperm(len(self.members), generator=generator, device=generator.device)[:tracks]
        order = torch.rand((len(chosen), self.members.shape[1]), generator=generator, device=generator.device).argsort(1)[:, :OF_A_TRACK]
        return self.members[chosen].gather(1, order).flatten(), chosen.repeat_interleave(order.shape[1])

    def samples(self, rows: torch.Tensor) -> torch.Tensor:
        return self.audio[rows].float() / INT16
