"""Measures the student on what it never heard: other sound fonts, speakers, packages, seeds. Prints every table, and keeps them for the card."""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
from scipy.fft import dct
from scipy.stats import rankdata

from dataset import TAUGHT, Clips, load
from network import FRAMES, Ears, shipped
from views import views
from vocabulary import STATES, group_of

# The middle window of a clip; the teacher heard the same.
FIRST_FRAME = 16
# A tag below this is experimental.
LEAST_AUC = 0.8
# Of held-out music, so much counts as what a teacher says yes to: its own probabilities are small and uneven.
TEACHERS_SHARE = 0.1
# Of the clips in which a tag is said to be heard, so many must hold it.
LEAST_PRECISION = 0.6


def roc_auc(truth: np.ndarray, score: np.ndarray) -> float:
    """Probability that a true one scores above a false one (Mann–Whitney)."""
    positive = int(truth.sum())
    return float((rankdata(score)[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def average_precision(truth: np.ndarray, score: np.ndarray) -> float:
    hits = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def best_threshold(truth: np.ndarray, score: np.ndarray) -> tuple[float, float, float] | None:
    """@returns the threshold of the highest F1 among those of the least precision, and precision and recall there; None where none is so precise."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    precision, recall = hits / np.arange(1, len(hits) + 1), hits / truth.sum()
    # Of equal scores only the last is a threshold.
    ends = np.append(score[order][1:] != score[order][:-1], True)
    good = np.where(ends & (precision >= LEAST_PRECISION), 2 * precision * recall / np.maximum(precision + recall, 1e-9), 0)
    at = int(np.argmax(good))
    return (float(score[order][at]), float(precision[at]), float(recall[at])) if good[at] > 0 else None


def hear(model: Ears, clips: Clips, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """@returns embeddings and logits of the middle windows."""
    said = [model(torch.from_numpy(clips.mel[rows[at : at + 64], FIRST_FRAME : FIRST_FRAME + FRAMES].astype(np.float32))) for at in range(0, len(rows), 64)]
    return torch.cat([e for e, _ in said]).numpy(), torch.cat([l for _, l in said]).numpy()


def retrieval(vectors: np.ndarray, own: list[str], excluded: list[str] | None = None) -> float:
    """mAP@10 of finding others with the same name; those with the same `excluded` name are neither asked for nor found."""
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    names, barred = np.array(own), None if excluded is None else np.array(excluded)
    likeness = vectors @ vectors.T
    scores = []
    for query in range(len(names)):
        allowed = np.arange(len(names)) != query if barred is None else barred != barred[query]
        relevant = (names == names[query]) & allowed
        if relevant.any():
            found = relevant[np.argsort(np.where(allowed, -likeness[query], np.inf))[:10]]
            scores.append((np.cumsum(found) / np.arange(1, len(found) + 1) * found).sum() / min(10, relevant.sum()))
    return float(np.mean(scores))


def measure(work: Path, package: Path, seed: int) -> dict:
    sets, tag_names = load(work, package)
    constructed, taught = tag_names.constructed, tag_names.taught
    saved = torch.load(work / "ears.pt", weights_only=True)
    assert saved["constructed"] == constructed and saved["taught"] == taught, "the student was trained on other clips"
    model = Ears(len(constructed) + len(taught))
    model.load_state_dict(saved["model"])
    model = shipped(model)
    with torch.no_grad():
        heard = {name: (rows, *hear(model, clips, rows)) for name, clips in sets.items() if len(rows := clips.rows("test", "corpus"))}
    tags = []
    truth = np.concatenate([sets[n].true[rows] for n, (rows, _, _) in heard.items()])
    known = np.concatenate([sets[n].known[rows] for n, (rows, _, _) in heard.items()])
    logits = np.concatenate([said for _, _, said in heard.values()])
    probabilities = 1 / (1 + np.exp(-logits))
    rows, embeddings, said = heard[TAUGHT]
    answers = sets[TAUGHT].logits[rows]
    for at, name in enumerate([*constructed, *taught]):
        if at < len(constructed):
            asked = known[:, at]
            is_true, score = truth[asked, at], probabilities[asked, at]
        else:
            answer = answers[:, at - len(constructed)]
            is_true, score = answer >= np.quantile(answer, 1 - TEACHERS_SHARE), 1 / (1 + np.exp(-said[:, at]))
        auc = roc_auc(is_true, score)
        experimental = auc < LEAST_AUC
        best = None if experimental else best_threshold(is_true, score)
        threshold, precision, recall = [round(value, 5) for value in best] if best else (None, None, None)
        tags.append({
            "name": name, "group": group_of(name) if at < len(constructed) else "music", "truth": "construction" if at < len(constructed) else "teacher",
            "auc": round(auc, 4), "average_precision": round(average_precision(is_true, score), 4), "prevalence": round(float(is_true.mean()), 4), "held_out": int(len(is_true)),
            "experimental": experimental, "threshold": threshold, "precision_at_threshold": precision, "recall_at_threshold": recall,
        })
    index = [constructed.index(state) for state in STATES]
    one = truth[:, index].sum(1) == 1
    chosen, right = logits[one][:, index].argmax(1), truth[one][:, index].argmax(1)
    states = {state: round(float((chosen[right == at] == at).mean()), 4) for at, state in enumerate(STATES)}
    correlation = {}
    for label, splits in (("held-out packages", ("test",)), ("corpus", ("corpus",))):
        part = np.isin(rows, sets[TAUGHT].rows(*splits))
        if not part.any():
            continue
        pairs = [np.corrcoef(said[part, len(constructed) + k], answers[part, k])[0, 1] for k in range(len(taught))]
        correlation[label] = {"mean": round(float(np.mean(pairs)), 4), "least": round(float(np.min(pairs)), 4), "clips": int(part.sum())}
    lines = [sets[TAUGHT].lines[row] for row in rows]
    tracks, packages = [line["track"] for line in lines], [line["source"] for line in lines]
    cepstra = dct(sets[TAUGHT].mel[rows, FIRST_FRAME : FIRST_FRAME + FRAMES].astype(np.float32), norm="ortho")[:, :, :20]
    hidden = sets[TAUGHT].hidden[rows]
    spaces = {
        "embedding": embeddings, "musicnn MSD, 200-d": hidden[:, :200], "musicnn MTT, 200-d": hidden[:, 200:], "both, 400-d": hidden,
        "MFCC mean and deviation": np.concatenate([cepstra.mean(1), cepstra.std(1)], 1), "chance": np.random.default_rng(seed).standard_normal((len(rows), 64)),
    }
    found = {}
    for name, space in spaces.items():
        centred = space if name == "embedding" else (space - space.mean(0)) / (space.std(0) + 1e-9)
        found[name] = {"same track": round(retrieval(centred, tracks), 4), "same package, another track": round(retrieval(centred, packages, tracks), 4)}
    generator = torch.Generator().manual_seed(seed)
    mel = torch.from_numpy(sets[TAUGHT].mel[rows].astype(np.float32))
    with torch.no_grad():
        changed = torch.cat([model(views(mel[at : at + 64], generator))[0] for at in range(0, len(mel), 64)]).numpy()
    same = (changed * embeddings).sum(1)
    other = (changed * np.roll(embeddings, len(rows) // 2, axis=0)).sum(1)
    return {
        "tags": tags, "steps": saved["steps"], "trained_on": saved["device"], "states": {"balanced_accuracy": round(float(np.mean(list(states.values()))), 4), "recall": states, "clips": int(one.sum())},
        "teacher_correlation": correlation, "retrieval_map_at_10": found,
        "embedding_stability": {"what": "cosine of a window and the same with tempo ±6 %, pitch ±1 semitone, tilt ±6 dB, gain −12 … +6 dB; beside another window", "same": round(float(same.mean()), 4), "other": round(float(other.mean()), 4)},
    }


def print_tables(found: dict) -> None:
    tags = found["tags"]
    print(f"{'group':10} {'tags':>4} {'≥ .80':>5} {'mean AUC':>8} {'mean AP':>8}")
    for group in dict.fromkeys(tag["group"] for tag in tags):
        part = [tag for tag in tags if tag["group"] == group]
        fit = sum(not tag["experimental"] for tag in part)
        print(f"{group:10} {len(part):4} {fit:5} {np.mean([t['auc'] for t in part]):8.3f} {np.mean([t['average_precision'] for t in part]):8.3f}")
    print(f"all        {len(tags):4} {sum(not t['experimental'] for t in tags):5}")
    for name in ("states", "teacher_correlation", "retrieval_map_at_10", "embedding_stability"):
        print(name, json.dumps(found[name], indent=1, ensure_ascii=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    result = measure(a.work, a.musicnn, a.seed)
    (a.work / "measured.json").write_text(json.dumps(result, indent=1, allow_nan=False))
    print_tables(result)
