"""Trains the student: the teachers' answers to music that is made anew in every step, constructed truths elsewhere, and agreement of the clips of a track.

Student and teachers hear the same mixes, and for long: a teacher is a function to be matched (Beyer et al. 2022, arXiv 2106.05237)."""
import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from dataset import HEARD_AS_AUDIO, Tags, load
from levels import Levels
from network import EMBEDDING, Ears
from pools import SHARES, TRACKS, Batch, ConstructedPool, MusicPool
from teach import FIRST_SAMPLE
from teacher import ANSWERS, Teachers
from views import Studio, views
from vocabulary import STATES

RATE, WEIGHT_DECAY, WARM_STEPS, KEPT = 3e-3, 0.02, 300, 0.9995
WEIGHTS = {"tags": 8.0, "states": 0.5, "teacher": 2.0, "direction": 2.0, "track": 0.4, "package": 0.1}
TEMPERATURE = 0.1
FIRST_FRAME = FIRST_SAMPLE // 512
# Clips that tell how the teachers' answers are spread.
CALIBRATION, SAVE_SECONDS = 2048, 30
SMOKE_STEPS, SMOKE_SHARE = 4, 0.025


def agreement(embedding: torch.Tensor, names: torch.Tensor) -> torch.Tensor:
    """Supervised contrast (Khosla et al. 2020): a clip is nearest to those of the same name, among the clips of the batch."""
    itself = torch.eye(len(names), dtype=torch.bool, device=names.device)
    likeness = (embedding @ embedding.T / TEMPERATURE).masked_fill(itself, -1e4)
    same = ((names[:, None] == names[None, :]) & ~itself).float()
    return -((same * F.log_softmax(likeness, 1)).sum(1) / same.sum(1).clamp(min=1)).mean()


class Answers:
    """The teachers', standardised: their merged tags, and directions of their hidden layers turned at random into the student's 512 dimensions."""

    def __init__(self, package: Path, tags: Tags, studio: Studio, music: MusicPool, batch: int, calibration: int, device: torch.device):
        self.teachers = Teachers(package).to(device)
        merge = torch.zeros(ANSWERS, len(tags.columns))
        for at, columns in enumerate(tags.columns):
            merge[columns, at] = 1 / len(columns)
        self.merge = merge.to(device)
        heard = []
        for _ in range(0, calibration, batch):
            rows = music.draw(max(1, batch // 4), studio.generator)[0]
            heard.append(self.teachers(studio.remade(music.samples(rows))[1]))
        logits, hidden = (torch.cat(part) for part in zip(*heard))
        self.mean, self.spread = (logits @ self.merge).mean(0), (logits @ self.merge).std(0) + 1e-6
        self.centre, self.width = hidden.mean(0), hidden.std(0) + 1e-6
        turn = np.linalg.qr(np.random.default_rng(1).standard_normal((EMBEDDING, hidden.shape[1])))[0].T
        self.turn = torch.from_numpy(turn.astype(np.float32)).to(device)

    def to(self, heard: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, hidden = self.teachers(heard)
        return logits @ self.merge, F.normalize(((hidden - self.centre) / self.width) @ self.turn, dim=1)


def correlation(said: torch.Tensor, answer: torch.Tensor) -> float:
    said, answer = said - said.mean(0), answer - answer.mean(0)
    return float(F.cosine_similarity(said, answer, dim=0).mean())


def train(work: Path, package: Path, out: Path, minutes: float, seed: int, smoke: bool) -> None:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    torch.backends.cudnn.benchmark = torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    generator = torch.Generator(device).manual_seed(seed)
    sets, tags = load(work, package)
    count = len(tags.constructed)
    states = [tags.constructed.index(state) for state in STATES]
    music = MusicPool(sets[HEARD_AS_AUDIO], device)
    pools = {name: ConstructedPool(name, sets[name], [tags.constructed.index("silence")], device) for name in SHARES}
    studio = Studio(Levels(device), generator)
    share = SMOKE_SHARE if smoke else 1
    tracks, shares = max(2, int(TRACKS * share)), {name: max(2, int(clips * share)) for name, clips in SHARES.items()}
    answers = Answers(package, tags, studio, music, tracks * 4, tracks * 4 if smoke else CALIBRATION, device)
    true, known = (sum(getattr(pool, part).sum(0) for pool in pools.values()) for part in ("true", "known"))
    weight = ((known - true) / true.clamp(min=1)).sqrt().clamp(1, 8)
    model = Ears(count + len(tags.taught)).to(device, memory_format=torch.channels_last)
    if smoke:
        # So few steps leave a moving average where it began; what is normalised by that hardly changes with its input, and is rounding in the end.
        for layer in model.modules():
            if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
                layer.momentum = None
    with torch.no_grad():
        model.tags.bias[:count] = -3
        model.tags.bias[count:] = answers.mean
    kept = copy.deepcopy(model).eval()
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=WEIGHT_DECAY, fused=device.type == "cuda")
    print(f"{device}: {count} constructed tags, {len(tags.taught)} taught, {len(music.rows)} clips of {len(music.members)} tracks, {[len(p.levels) for p in pools.values()]} others", flush=True)

    def step() -> dict[str, torch.Tensor]:
        rows, track = music.draw(tracks, generator)
        audio = music.samples(rows)
        remade, heard = studio.remade(audio)
        answer, direction = answers.to(heard)
        again = views(studio.levels.student(audio, centred=True), generator)
        batches = [Batch(again, music.true.expand(len(rows), -1), music.known.expand(len(rows), -1)), *(pools[name].batch(number, generator) for name, number in shares.items())]
        with torch.autocast(device.type, torch.bfloat16):
            embedding, said = model(torch.cat([remade, *(batch.levels for batch in batches)]))
        is_true, is_known = (torch.cat([getattr(batch, part) for batch in batches]) for part in ("true", "known"))
        constructed = said[len(rows) :, :count]
        loss = F.binary_cross_entropy_with_logits(constructed, is_true, pos_weight=weight, reduction="none")
        state, one = is_true[:, states], is_true[:, states].sum(1) == 1
        own = embedding[len(rows) : 2 * len(rows)]
        return {
            "tags": (loss * is_known).sum() / is_known.sum(),
            "states": (F.cross_entropy(constructed[:, states], state.argmax(1), reduction="none") * one).sum() / one.sum(),
            "teacher": ((said[: len(rows), count:] - answer) / answers.spread).square().mean(),
            "direction": 1 - (embedding[: len(rows)] * direction).sum(1).mean(),
            "track": agreement(own, track),
            "package": agreement(own, music.package_of[track]),
        }

    def validate() -> float:
        if not len(music.validation):
            return float("nan")
        said, answer = [], []
        for rows in music.validation.split(128):
            levels, heard = studio.as_it_is(music.samples(rows), FIRST_FRAME, FIRST_SAMPLE)
            with torch.no_grad():
                said.append(kept(levels)[1][:, count:])
            answer.append(answers.to(heard)[0])
        return correlation(torch.cat(said), torch.cat(answer))

    started = saved = time.time()
    steps, progress, averages = 0, 0.0, []
    while progress < 1:
        model.train()
        progress = steps / SMOKE_STEPS if smoke else (time.time() - started) / (minutes * 60)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (steps + 1) / WARM_STEPS) * 0.5 * (1 + np.cos(np.pi * min(1, progress)))
        losses = step()
        optimiser.zero_grad()
        sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        steps += 1
        with torch.no_grad():
            ours, now = list(kept.state_dict().values()), list(model.state_dict().values())
            pairs = [(one, other) for one, other in zip(ours, now) if one.is_floating_point()]
            torch._foreach_lerp_([one for one, _ in pairs], [other for _, other in pairs], 1 - min(KEPT, steps / (steps + 10)))
        averages.append(torch.stack([loss.detach() for loss in losses.values()]))
        if time.time() - saved > SAVE_SECONDS or progress >= 1:
            saved = time.time()
            mean = torch.stack(averages).mean(0).tolist()
            print(f"{steps} steps, {saved - started:.0f} s: " + ", ".join(f"{name} {value:.4f}" for name, value in zip(losses, mean)) + f"; correlation with the teachers on validation {validate():.4f}", flush=True)
            averages.clear()
            torch.save({"model": {name: value.cpu() for name, value in kept.state_dict().items()}, "constructed": tags.constructed, "taught": tags.taught, "steps": steps, "seed": seed, "device": str(device)}, f"{out}.part")
            Path(f"{out}.part").rename(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--musicnn", type=Path, required=True, help="the package's folder")
    parser.add_argument("--out", type=Path, help="of the weights; else in the work folder")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true")
    a = parser.parse_args()
    train(a.work, a.musicnn, a.out or a.work / "student.pt", a.minutes, a.seed, a.smoke)
