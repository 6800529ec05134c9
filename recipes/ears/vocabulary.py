"""The tags of the network: which there are, which group each is of, and what every clip says of them."""
import numpy as np

from events import EFFECTS, EVENTS, PATTERNS, TEMPI, VOICES
from general_midi import DRUM_GROUPS, FAMILIES, INSTRUMENTS, PERCUSSION, TEXTURES
from sounds import CLASSES

STATES = ("music", "speech", "noise", "silence")
SIGNALS = ("music", "noise", "silence", "white noise", "pink noise", "brown noise", "hum", "hum 50 hz", "hum 60 hz", "tone", "sine tone", "square tone", "test sweep", "telephone tones", "clicks and pops")
GROUPS = {
    "signal": SIGNALS, "gm": INSTRUMENTS, "family": FAMILIES, "drum": [*PERCUSSION, *DRUM_GROUPS], "texture": TEXTURES,
    "pattern": [*PATTERNS, "drum loop"], "synth": VOICES, "event": EVENTS, "effect": EFFECTS, "tempo": TEMPI, "sound": CLASSES,
}
# Fewer than these are no basis for learning a tag, or for measuring it.
LEAST_TRAIN, LEAST_TEST = 12, 4


def group_of(tag: str) -> str:
    for group, tags in GROUPS.items():
        if tag in tags:
            return group
    return "speech"


def constructed_tags(lines: list[dict]) -> list[str]:
    """Tags that occur often enough on both sides of the split, in the order of their groups."""
    counts = {"train": {}, "test": {}}
    for line in lines:
        side = counts["train" if line["split"] == "train" else "test"]
        for tag in line["positive"]:
            side[tag] = side.get(tag, 0) + 1
    found = [tag for tag, count in counts["train"].items() if count >= LEAST_TRAIN and counts["test"].get(tag, 0) >= LEAST_TEST]
    order = [*GROUPS, "speech"]
    return sorted(found, key=lambda tag: (order.index(group_of(tag)), tag))


def truth_of(lines: list[dict], tags: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """@returns what is true and what is known, both bool, shape (clips, tags)."""
    index = {tag: at for at, tag in enumerate(tags)}
    members = {name: [at for tag, at in index.items() if group_of(tag) == name] for name in [*GROUPS, "speech"]}
    true = np.zeros((len(lines), len(tags)), bool)
    known = np.zeros_like(true)
    for row, line in enumerate(lines):
        for name in line["known"]:
            known[row, members.get(name, [])] = True
            if name in index:
                known[row, index[name]] = True
        for tag in line["positive"]:
            if tag in index:
                true[row, index[tag]] = known[row, index[tag]] = True
    return true, known
