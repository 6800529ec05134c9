"""What is trained and measured on: log-mels, truths by construction and the teachers' answers, side by side."""
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from teacher import teacher_tags
from vocabulary import constructed_tags, truth_of

SETS = ("music", "events", "general-midi", "sounds")


@dataclass
class Clips:
    """Of one set; rows belong together."""

    mel: np.ndarray  # (clips, 160, 96) float16, dB
    lines: list[dict]
    true: np.ndarray
    known: np.ndarray
    logits: np.ndarray | None  # (clips, teacher tags); None where no teacher was asked
    hidden: np.ndarray | None  # (clips, 400)

    def rows(self, *splits: str) -> np.ndarray:
        return np.array([row for row, line in enumerate(self.lines) if line["split"] in splits], int)


def merged_tags(package: Path) -> tuple[list[str], list[list[int]]]:
    """@returns names, and the columns of the teachers' 100 answers that each is the mean of."""
    labels = teacher_tags(package)
    names, columns = [], []
    for at, name in enumerate([*labels["MSD"], *labels["MTT"]]):
        name = name.lower()
        if name in names:
            columns[names.index(name)].append(at)
        else:
            names.append(name)
            columns.append([at])
    return names, columns


def load(work: Path, package: Path) -> tuple[dict[str, Clips], list[str], list[str]]:
    """@returns the sets, the constructed tags and the teachers' tags."""
    lines = {name: [json.loads(line) for line in open(work / "clips" / f"{name}.jsonl")] for name in SETS}
    constructed = constructed_tags([line for name in SETS for line in lines[name]])
    taught, columns = merged_tags(package)
    # A name that both know is the teachers' unless it is true by construction.
    kept = [at for at, name in enumerate(taught) if name not in constructed]
    sets = {}
    for name in SETS:
        logits = hidden = None
        target = work / "targets" / f"{name}.npz"
        if target.exists():
            saved = np.load(target)
            assert len(saved["logits"]) == len(lines[name]), "every clip is taught"
            logits = np.stack([saved["logits"][:, columns[at]].mean(1) for at in kept], 1).astype(np.float32)
            hidden = saved["hidden"].astype(np.float32)
        true, known = truth_of(lines[name], constructed)
        sets[name] = Clips(np.load(work / "mel" / f"{name}.npy", mmap_mode="r"), lines[name], true, known, logits, hidden)
    return sets, constructed, [taught[at] for at in kept]
