"""Trains the network of form that ships, and those of each fold that measure it: `python run.py --data DIR`, after `export.ts` wrote DIR."""

import argparse
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch

from data import Track, load
from fit import EPOCHS, fit
from network import DILATIONS, KERNEL, WIDTH, Form
from write_onnx import TEMPERATURE, shipped, write_onnx

HERE = Path(__file__).parent
SHIPPED = HERE.parent.parent / "assets" / "form"
FOLDS = HERE / "folds"
MEMBERS = 3


def golden_input(channels: int) -> np.ndarray:
    """Numbers that any language can compute alike, shape (1, channels, 40)."""
    at = np.arange(channels * 40, dtype=np.float64)
    return np.sin(at * at * 1e-3).astype(np.float32).reshape(1, channels, 40)


def known_of(tracks: list[Track]) -> dict:
    recorded = [track for track in tracks if track.fold is not None]
    licences: dict[str, int] = {}
    for track in recorded:
        licences[track.licence] = licences.get(track.licence, 0) + 1
    return {
        "corpus_tracks": [track.id for track in recorded],
        "makers": sorted({maker for track in recorded for maker in track.makers}),
        "licences": licences,
        "generated_tracks": len(tracks) - len(recorded),
        "audio_digests": sorted(track.audio_digest for track in tracks),
    }


def train(tracks: list[Track], index: dict, file: Path, epochs: int, members: int) -> dict:
    channels, kinds = index["channels"], len(index["kinds"])
    networks: list[Form] = []
    for seed in range(1, members + 1):
        networks.append(shipped(fit(tracks, channels, kinds, seed, epochs)))
        print(f"{file.name}: member {seed} of {members}", flush=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    content = write_onnx(networks, channels, kinds, file)
    example = golden_input(channels)
    with torch.no_grad():
        parts = [network(torch.from_numpy(example), torch.ones(1, 1, 40)) for network in networks]
    answer = torch.stack(parts).mean(0)[0].numpy()
    return {
        "onnx": {
            "file": file.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "parameters": sum(values.numel() for values in networks[0].parameters()),
        },
        "input": {"channels": channels},
        "kinds": index["kinds"],
        "trained_on": known_of(tracks),
        "golden": [round(float(value), 5) for value in answer[:, ::10].ravel()],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--shipped", type=Path, default=SHIPPED)
    parser.add_argument("--folds", type=Path, default=FOLDS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--only", choices=["folds", "shipped"])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    index, tracks = load(arguments.data)
    # Tracks under NC or ND licences have none here: they only measure.
    free = [track for track in tracks if track.licence is not None]
    made = {"epochs": arguments.epochs, "members": arguments.members, "width": WIDTH, "kernel": KERNEL, "dilations": DILATIONS, "temperature": TEMPERATURE}
    if arguments.only != "shipped":
        networks = []
        for fold in range(index["folds"]):
            known = [track for track in free if track.fold != fold]
            networks.append(train(known, index, arguments.folds / f"fold-{fold}.onnx", arguments.epochs, arguments.members))
        text = json.dumps({"what": "Networks of form that measure: each has seen neither the makers nor the tracks of its fold", "made": made, "networks": networks}, indent=1)
        (arguments.folds / "folds.json").write_text(f"{text}\n")
    if arguments.only != "folds":
        card = train(free, index, arguments.shipped / "form.onnx", arguments.epochs, arguments.members)
        text = json.dumps(
            {
                "name": "form",
                "version": 1,
                "what": "Where sections start and which kind each beat has, from the features of a track: a dilated convolution over beats",
                "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
                **card,
                "made": made,
                "left_out": "tracks under NC or ND licences, which only measure",
                "licence": "Apache-2.0",
            },
            indent=1,
        )
        (arguments.shipped / "form.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
