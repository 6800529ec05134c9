"""What is trained and measured on: log-mels or audio, truths by construction and the teachers' answers, side by side."""
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clips import read_clips
from teacher import teacher_tags
from vocabulary import constructed_tags, truth_of

# Music is trained on as audio, so that the teachers can hear what is made of it; they answer to held-out music once.
HEARD_AS_AUDIO, TAUGHT = "music", "held-out"
SETS = (HEARD_AS_AUDIO, TAUGHT, "events", "held-out-events", "general-midi", "sounds")


@dataclass
class Clips:
    """Of one set; rows belong together."""

    mel: np.ndarray | None  # (clips, 160, 96) float16, dB; None where there is audio
    audio: np.ndarray | None  # (clips, samples) int16
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


@dataclass(frozen=True)
class Tags:
    constructed: list[str]
    taught: list[str]
    # Of the teachers' 100 answers those that each of their tags is the mean of.
    columns: list[list[int]]


def load(work: Path, package: Path) -> tuple[dict[str, Clips], Tags]:
    lines = {name: [json.loads(line) for line in open(work / "clips" / f"{name}.jsonl")] for name in SETS}
    constructed = constructed_tags([line for name in SETS for line in lines[name]])
    taught, columns = merged_tags(package)
    # A name that both know is the teachers' unless it is true by construction.
    kept = [at for at, name in enumerate(taught) if name not in constructed]
    columns = [columns[at] for at in kept]
    sets = {}
    for name in SETS:
        logits = hidden = None
        target = work / "targets" / f"{name}.npz"
        if target.exists():
            saved = np.load(target)
            assert len(saved["logits"]) == len(lines[name]), "every clip is taught"
            logits = np.stack([saved["logits"][:, several].mean(1) for several in columns], 1).astype(np.float32)
            hidden = saved["hidden"].astype(np.float32)
        true, known = truth_of(lines[name], constructed)
        as_audio = name == HEARD_AS_AUDIO
        mel = None if as_audio else np.load(work / "mel" / f"{name}.npy", mmap_mode="r")
        sets[name] = Clips(mel, read_clips(work, name)[0] if as_audio else None, lines[name], true, known, logits, hidden)
    return sets, Tags(constructed, [taught[at] for at in kept], columns)
