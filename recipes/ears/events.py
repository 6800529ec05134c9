"""What DJs listen for, generated: drum patterns, synthesiser voices, production events, tempi, and effects on real music.

Truth by construction. Training draws its drums and effect beds from one set of samples and tracks, the measure from another:
half of the one-shot drum samples and all held-out music are never trained on."""
import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from scipy import signal

from clips import CLIP_SAMPLES, RATE_HZ, ClipWriter, audio_files, decode, read_clips

# Set of clips that is written, and that whose music lies underneath; blocks of clips, each with its own seed.
WRITTEN, BEDS, BLOCKS = {"train": "events", "test": "held-out-events"}, {"train": "music", "test": "held-out"}, {"train": 96, "test": 16}
CLIPS_OF_A_BLOCK = 100
N = CLIP_SAMPLES
T = np.arange(N) / RATE_HZ

# Steps of a bar of 16 sixteenths: kick, snare or clap, hats; tempo range in BPM.
PATTERNS = {
    "four on the floor": ("x...x...x...x...", "....x.......x...", "..x...x...x...x.", (115, 150)),
    "breakbeat": ("x.x.......x.....", "....x..x.x..x...", "x.x.x.x.x.x.x.x.", (120, 145)),
    "drum and bass beat": ("x.........x.....", "....x.......x...", "x.x.x.x.x.x.x.x.", (160, 180)),
    "half-time beat": ("x..........x....", "........x.......", "x.x.x.x.x.x.x.x.", (130, 150)),
    "trap beat": ("x......x..x.....", "........x.......", "xxxxx.xxx.xxxxxx", (130, 160)),
    "reggaeton beat": ("x...x...x...x...", "...x..x....x..x.", "x.x.x.x.x.x.x.x.", (85, 105)),
    "two-step beat": ("x.........x.....", "....x.......x..x", "..x..x.x..x..x.x", (126, 138)),
    "rock beat": ("x.....x.x.......", "....x.......x...", "x.x.x.x.x.x.x.x.", (90, 140)),
    "boom bap beat": ("x......x..x.....", "....x.......x...", "x.x.x.x.x.x.x.x.", (80, 98)),
    "off-beat hats": ("................", "................", "..x...x...x...x.", (115, 150)),
    "kick only": ("x...x...x...x...", "................", "................", (110, 150)),
    "snare roll": ("................", "xxxxxxxxxxxxxxxx", "................", (115, 150)),
    "hats only": ("................", "................", "x.x.x.x.x.x.x.x.", (90, 150)),
}
VOICES = ("sub bass", "reese bass", "acid line", "wobble bass", "fm bass", "supersaw", "synth pad", "synth pluck", "synth arpeggio", "chord stab", "square lead synth", "saw lead synth", "fm bell", "formant voice synth", "hoover", "organ synth")
EVENTS = ("riser", "downlifter", "impact hit", "reverse cymbal swell", "siren synth", "laser zap", "filter sweep up", "filter sweep down", "tape stop", "stutter", "silence gap", "trance gate", "side-chain pumping", "vinyl crackle", "record scratch", "noise burst", "build-up roll")
EFFECTS = ("reverberant", "echo", "flanger", "phaser", "tremolo", "distorted", "bit crushed", "low-passed", "high-passed", "telephone sound", "clipped", "ring modulated", "noisy recording", "low bit rate", "reversed audio", "quiet recording")
TEMPI = {"tempo below 100": (0, 100), "tempo 100 to 115": (100, 115), "tempo 115 to 130": (115, 130), "tempo 130 to 150": (130, 150), "tempo above 150": (150, 999)}


def saw(phase: np.ndarray) -> np.ndarray:
    return 2 * (phase % 1) - 1


def phase_of(hertz: np.ndarray | float) -> np.ndarray:
    return np.cumsum(np.broadcast_to(hertz, N)) / RATE_HZ


def band(audio: np.ndarray, kind: str, hertz: float | tuple[float, float], order: int = 2) -> np.ndarray:
    return signal.sosfilt(signal.butter(order, np.clip(hertz, 20, 10900), kind, fs=RATE_HZ, output="sos"), audio)


def sweep_filter(audio: np.ndarray, cutoff: np.ndarray, q: float) -> np.ndarray:
    """A resonant low-pass whose cut-off is held for 128 samples at a time."""
    out, state = np.zeros(N), np.zeros((1, 2))
    for start in range(0, N, 128):
        w = 2 * np.pi * min(cutoff[start], 10000) / RATE_HZ
        alpha, cosine = np.sin(w) / (2 * q), np.cos(w)
        b0 = (1 - cosine) / 2
        a0 = 1 + alpha
        sos = np.array([[b0 / a0, 2 * b0 / a0, b0 / a0, 1, -2 * cosine / a0, (1 - alpha) / a0]])
        out[start : start + 128], state = signal.sosfilt(sos, audio[start : start + 128], zi=state)
    return out


class Kit:
    """Drum sounds: synthesised ones for both splits, recorded ones divided by file name."""

    def __init__(self, data: Path, split: str):
        self.recorded: dict[str, list[np.ndarray]] = {"kick": [], "snare": [], "hat": []}
        for part, prefix in (("kick", "bd_"), ("snare", "sn_"), ("snare", "elec_"), ("hat", "drum_cymbal_")):
            for index, file in enumerate(f for f in audio_files(data / "sonic-pi-samples") if f.name.startswith(prefix) and (prefix != "elec_" or "snare" in f.name)):
                if (index % 2 == 0) == (split == "train"):
                    self.recorded[part].append(decode(file)[: RATE_HZ // 2])
        self.synthetic_share = 0.6 if split == "train" else 0.0

    def hit(self, part: str, rng: np.random.Generator) -> np.ndarray:
        if self.recorded[part] and rng.random() > self.synthetic_share:
            sample = self.recorded[part][rng.integers(len(self.recorded[part]))]
            if part == "hat":
                sample = sample[: RATE_HZ // 8]
            return sample / max(1e-3, np.abs(sample).max())
        t = np.arange(int(RATE_HZ * (0.35 if part == "kick" else 0.2 if part == "snare" else 0.08))) / RATE_HZ
        if part == "kick":
            return np.sin(2 * np.pi * (rng.uniform(42, 60) * t + rng.uniform(3, 8) * (1 - np.exp(-t * 30)) / 3)) * np.exp(-t * rng.uniform(7, 14))
        noise = rng.standard_normal(len(t))
        if part == "snare":
            return (noise * 0.5 + np.sin(2 * np.pi * rng.uniform(160, 240) * t) * 0.6) * np.exp(-t * rng.uniform(14, 30))
        return np.diff(noise, prepend=0) * np.exp(-t * rng.uniform(30, 90)) * 0.5


def drums(kit: Kit, name: str, bpm: float, rng: np.random.Generator) -> np.ndarray:
    out, step = np.zeros(N + RATE_HZ), 60 / bpm / 4
    hits = {part: kit.hit(part, rng) for part in ("kick", "snare", "hat")}
    offset = rng.uniform(0, 16)
    for index in range(-17, int(N / RATE_HZ / step) + 1):
        at = int((index + offset % 1) * step * RATE_HZ)
        if at < 0:
            continue
        for part, pattern, level in zip(("kick", "snare", "hat"), PATTERNS[name], (1, 0.8, 0.35)):
            if pattern[int(index + offset // 1) % 16] == "x":
                hit = hits[part][: N + RATE_HZ - at]
                out[at : at + len(hit)] += hit * level * rng.uniform(0.85, 1)
    return out[:N]


def voice(name: str, bpm: float, rng: np.random.Generator) -> np.ndarray:
    beat = 60 / bpm
    note = lambda low, high: 440 * 2 ** ((rng.integers(low, high) - 69) / 12)
    step = beat / rng.choice((2, 4))
    gate = np.exp(-(T % step) * rng.uniform(6, 14))
    scale = np.array((0, 3, 5, 7, 10, 12))
    sequence = scale[rng.integers(0, 6, 64)][(T / step).astype(int) % 64]
    if name == "sub bass":
        return np.sin(2 * np.pi * phase_of(note(26, 38) * 2 ** (scale[rng.integers(0, 4, 16)][(T / beat).astype(int) % 16] / 12)))
    if name == "reese bass":
        f = note(28, 40)
        return band(sum(saw(phase_of(f * d) + rng.random()) for d in (0.992, 1, 1.009)) / 3, "lowpass", rng.uniform(400, 1500))
    if name == "acid line":
        cutoff = rng.uniform(300, 900) * (1 + rng.uniform(2, 6) * np.exp(-(T % step) * 12)) * 2 ** np.sin(2 * np.pi * T * rng.uniform(0.1, 0.5))
        return sweep_filter(saw(phase_of(note(36, 48) * 2 ** (sequence / 12))), cutoff, rng.uniform(5, 12)) * (T % step < step * 0.8)
    if name == "wobble bass":
        cutoff = 150 + rng.uniform(600, 2500) * (0.5 + 0.5 * np.sin(2 * np.pi * T * rng.choice((1, 2, 3, 4)) / beat))
        f = note(28, 40)
        return sweep_filter((saw(phase_of(f)) + saw(phase_of(f * 1.007))) / 2, cutoff, 3)
    if name == "fm bass":
        f = phase_of(note(33, 45) * 2 ** (sequence / 12))
        return np.sin(2 * np.pi * f + rng.uniform(1, 4) * gate * np.sin(2 * np.pi * f * rng.choice((1, 2, 3)))) * (0.3 + 0.7 * gate)
    if name in ("supersaw", "chord stab", "synth pad", "organ synth"):
        root, minor = note(52, 66), rng.integers(3, 5)
        out = np.zeros(N)
        for interval in (0, minor, 7, 12):
            f = root * 2 ** (interval / 12)
            if name == "organ synth":
                out += sum(np.sin(2 * np.pi * phase_of(f * k)) / k for k in (1, 2, 3, 4))
            else:
                out += sum(saw(phase_of(f * (1 + d)) + rng.random()) for d in np.linspace(-1, 1, 5 if name == "supersaw" else 2) * rng.uniform(0.004, 0.012))
        if name == "synth pad":
            return band(out, "lowpass", rng.uniform(500, 1800)) * np.minimum(1, T / rng.uniform(0.5, 1.5))
        if name == "chord stab":
            period = beat * rng.choice((1, 1.5, 2))
            return band(out, "lowpass", rng.uniform(1500, 5000)) * np.exp(-(T % period) * rng.uniform(8, 16))
        return out if name == "organ synth" else band(out, "lowpass", rng.uniform(4000, 9000))
    if name == "synth pluck":
        f = phase_of(note(55, 70) * 2 ** (sequence / 12))
        return sweep_filter(saw(f), 300 + 4000 * gate**2, 1.2) * gate
    if name == "synth arpeggio":
        steps = np.array((0, 4, 7, 12, 16, 12, 7, 4))[(T / (beat / 4)).astype(int) % 8]
        return np.sign(np.sin(2 * np.pi * phase_of(note(52, 66) * 2 ** (steps / 12)))) * np.exp(-(T % (beat / 4)) * 8) * 0.6
    if name == "square lead synth":
        return np.sign(np.sin(2 * np.pi * phase_of(note(60, 74) * 2 ** (sequence / 12) * (1 + 0.006 * np.sin(2 * np.pi * 5.5 * T))))) * 0.5
    if name == "saw lead synth":
        return band(saw(phase_of(note(60, 74) * 2 ** (sequence / 12) * (1 + 0.006 * np.sin(2 * np.pi * 5.5 * T)))), "lowpass", rng.uniform(3000, 8000))
    if name == "fm bell":
        f = phase_of(note(64, 84) * 2 ** (sequence / 12))
        return np.sin(2 * np.pi * f + 3 * gate * np.sin(2 * np.pi * f * 3.51)) * gate
    if name == "formant voice synth":
        source = saw(phase_of(note(48, 64) * 2 ** (scale[rng.integers(0, 6, 16)][(T / beat).astype(int) % 16] / 12) * (1 + 0.01 * np.sin(2 * np.pi * 5 * T))))
        formants = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480))[rng.integers(4)]
        return sum(band(source, "bandpass", (f * 0.92, f * 1.08)) for f in formants)
    f = note(40, 52)  # hoover: detuned saws that fall into pitch
    fall = f * (1 + rng.uniform(0.3, 0.8) * np.exp(-(T % (beat * 4)) * 4))
    return sum(saw(phase_of(fall * d)) for d in (0.5, 0.99, 1, 1.013, 2)) / 3


def with_event(name: str, bed: np.ndarray, bpm: float, kit: Kit, rng: np.random.Generator) -> np.ndarray:
    """The event happens inside the middle 2.2 s, which every window of the clip sees."""
    noise = rng.standard_normal(N)
    beat = 60 / bpm
    centre = rng.uniform(1.2, 2.4)
    after = np.maximum(0, T - centre)
    started = T >= centre
    ramp = np.clip(T / (N / RATE_HZ), 0, 1)
    level = rng.uniform(0.3, 0.8)
    if name == "riser":
        tone = saw(phase_of(rng.uniform(100, 300) * 2 ** (ramp * rng.uniform(2, 4)))) * 0.4 if rng.random() < 0.5 else 0
        return bed * 0.5 + (sweep_filter(noise, 300 * 2 ** (ramp * 5), 2) + tone) * ramp * level
    if name == "downlifter":
        return bed * 0.5 + sweep_filter(noise, 9000 * 2 ** (-ramp * 5.5), 2) * (1 - ramp) * level
    if name == "impact hit":
        return bed * 0.4 + (np.sin(2 * np.pi * 45 * after) + band(noise, "lowpass", rng.uniform(1000, 5000))) * np.exp(-after * rng.uniform(2, 5)) * started * level
    if name == "reverse cymbal swell":
        return bed * 0.5 + band(noise, "highpass", rng.uniform(2500, 5000)) * np.exp(-np.maximum(0, centre + 0.6 - T) * rng.uniform(2, 4)) * (T < centre + 0.6) * level
    if name == "siren synth":
        return bed * 0.4 + np.sin(2 * np.pi * phase_of(rng.uniform(500, 900) * 2 ** (0.5 * np.sin(2 * np.pi * rng.uniform(0.5, 4) * T)))) * level * 0.5
    if name == "laser zap":
        period = rng.uniform(0.2, 0.9)
        return bed * 0.4 + np.sin(2 * np.pi * phase_of(200 + rng.uniform(2000, 6000) * np.exp(-(T % period) * rng.uniform(8, 20)))) * np.exp(-(T % period) * 5) * level
    if name in ("filter sweep up", "filter sweep down"):
        x = ramp if name.endswith("up") else 1 - ramp
        return sweep_filter(bed, 150 * 2 ** (x * 6), rng.uniform(1, 4))
    if name == "tape stop":
        rate = np.clip(1 - (T - centre + 0.6) / rng.uniform(0.5, 1.0), 0, 1)
        return np.interp(np.cumsum(rate), np.arange(N), bed) * (rate > 0)
    if name == "stutter":
        size, start = int(beat / rng.choice((2, 4, 8)) * RATE_HZ), int(rng.uniform(0.3, 0.9) * RATE_HZ)
        out = bed.copy()
        for at in range(start, start + int(2 * RATE_HZ), size):
            out[at : at + size] = bed[start : start + size][: len(out[at : at + size])]
        return out
    if name == "silence gap":
        return bed * ~((T > centre - rng.uniform(0.2, 0.5)) & (T < centre + rng.uniform(0.2, 0.5)))
    if name == "trance gate":
        return bed * ((T % (beat / 4)) < beat / 8)
    if name == "side-chain pumping":
        return bed * np.clip((T % beat) / (beat * rng.uniform(0.5, 0.9)), 0.03, 1) ** 1.5
    if name == "vinyl crackle":
        crackle = np.where(rng.random(N) < rng.uniform(15, 80) / RATE_HZ, rng.standard_normal(N), 0)
        return bed * rng.uniform(0.1, 0.6) + band(crackle, "bandpass", (800, 7000)) * level + band(noise, "highpass", 3000) * 0.006
    if name == "record scratch":
        speed = np.sin(2 * np.pi * rng.uniform(2, 5) * T) * rng.uniform(1, 3)
        return np.interp(np.abs(N / 3 + np.cumsum(speed)) % N, np.arange(N), bed)
    if name == "noise burst":
        return bed * 0.5 + noise * np.exp(-(np.maximum(0, T - centre) * 6)) * started * level
    accelerating = np.cumsum(np.interp(ramp, (0, 0.5, 1), (1, 2, 8)) / beat / RATE_HZ) % 1  # build-up roll
    hit = (band(noise, "bandpass", (300, 5000)) + np.sin(2 * np.pi * 200 * T)) * np.exp(-accelerating * 4)
    return bed * 0.3 * (1 - ramp) + hit * ramp * level


def with_effect(name: str, bed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if name == "reverberant":
        tail = rng.standard_normal(int(RATE_HZ * 2.5)) * np.exp(-np.arange(int(RATE_HZ * 2.5)) / RATE_HZ * rng.uniform(1.5, 4))
        wet = signal.fftconvolve(bed, tail)[:N]
        return bed * 0.25 + wet / np.abs(wet).max()
    if name == "echo":
        delay, out = int(rng.uniform(0.18, 0.5) * RATE_HZ), bed.copy()
        for k in range(1, 6):
            out[delay * k :] += bed[: max(0, N - delay * k)][: len(out[delay * k :])] * rng.uniform(0.55, 0.75) ** k
        return out
    if name in ("flanger", "phaser"):
        depth = (0.0004, 0.0035) if name == "flanger" else (0.0001, 0.0006)
        delay = depth[0] + depth[1] * (0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.2, 1) * T + rng.uniform(0, 6)))
        return bed + rng.uniform(0.8, 1) * np.interp(np.arange(N) - delay * RATE_HZ, np.arange(N), bed) * (1 if name == "flanger" else -1)
    if name == "tremolo":
        return bed * (1 - rng.uniform(0.6, 0.95) * (0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(4, 9) * T)))
    if name == "distorted":
        return np.tanh(bed / max(1e-3, np.std(bed)) * rng.uniform(3, 10)) * 0.7
    if name == "bit crushed":
        hold, levels = rng.integers(3, 9), 2 ** rng.integers(3, 6)
        return np.round(np.repeat(bed[::hold], hold)[:N] * levels) / levels
    if name == "low-passed":
        return band(bed, "lowpass", 10 ** rng.uniform(2.4, 3.2), 4)
    if name == "high-passed":
        return band(bed, "highpass", 10 ** rng.uniform(2.7, 3.5), 4)
    if name == "telephone sound":
        return np.tanh(3 * band(bed, "bandpass", (300, rng.uniform(2800, 3600)), 4))
    if name == "clipped":
        limit = np.quantile(np.abs(bed), rng.uniform(0.55, 0.85))
        return np.clip(bed, -limit, limit) / limit
    if name == "ring modulated":
        return bed * np.sin(2 * np.pi * rng.uniform(80, 1200) * T)
    if name == "noisy recording":
        return bed + band(rng.standard_normal(N), "lowpass", rng.uniform(4000, 10000)) * np.std(bed) * rng.uniform(0.25, 0.8)
    if name == "low bit rate":
        return band(bed, "lowpass", rng.uniform(4500, 7500), 12)
    if name == "reversed audio":
        return bed[::-1]
    return bed * 10 ** rng.uniform(-2.6, -2) / max(1e-3, np.abs(bed).max())


def compose(kit: Kit, beds: np.ndarray, index: int, rng: np.random.Generator) -> tuple[np.ndarray, list[str], list[str]] | None:
    """@returns the clip, what is true of it and what is known of it; None where nothing came of it."""
    bpm = rng.uniform(75, 180)
    tags, known = ["music"], ["signal", "speech", "sound"]
    if index % 5 < 3:  # a loop: drums, voices, perhaps an event
        audio = np.zeros(N)
        if rng.random() < 0.75:
            pattern = list(PATTERNS)[rng.integers(len(PATTERNS))]
            bpm = rng.uniform(*PATTERNS[pattern][3])
            audio += drums(kit, pattern, bpm, rng) * rng.uniform(0.5, 1)
            tags.append(pattern)
            tags += ["drum loop"]
            if pattern not in ("snare roll", "off-beat hats", "hats only"):
                tags += ["kick drum"]
            tags += [t for t, (low, high) in TEMPI.items() if low <= bpm < high]
            known = [*known, "tempo"]
        for _ in range(rng.integers(0 if len(tags) > 1 else 1, 3)):
            chosen = VOICES[rng.integers(len(VOICES))]
            part = voice(chosen, bpm, rng)
            audio += part / max(1e-6, np.abs(part).max()) * rng.uniform(0.3, 0.7)
            tags.append(chosen)
        if len(tags) == 1:
            return None
        known = [*known, "pattern", "synth"]
        if rng.random() < 0.6:
            event = EVENTS[rng.integers(len(EVENTS))]
            audio = with_event(event, audio / max(1e-6, np.abs(audio).max()), bpm, kit, rng)
            tags.append(event)
        known = [*known, "event"]
    else:  # an effect or an event on real music
        bed = beds[rng.integers(len(beds))].astype(np.float64) / 32768
        bed /= max(1e-3, np.abs(bed).max())
        if index % 5 == 3:
            chosen = EFFECTS[rng.integers(len(EFFECTS))] if rng.random() < 0.9 else None
            audio = with_effect(chosen, bed, rng) if chosen else bed
            known = [*known, "effect"]
        else:
            chosen = EVENTS[rng.integers(len(EVENTS))] if rng.random() < 0.85 else None
            audio = with_event(chosen, bed, bpm, kit, rng) if chosen else bed
            known = [*known, "event"]
        tags += [chosen] if chosen else []
    peak = np.abs(audio).max()
    if not np.isfinite(peak) or peak < 1e-4:
        return None
    scale = 1 if "quiet recording" in tags else rng.uniform(0.4, 0.95) / peak
    return (audio * scale).astype(np.float32), tags, known


def compose_block(job: tuple[Path, Path, str, int, int]) -> list[tuple[np.ndarray, list[str], list[str]]]:
    data, work, split, block, seed = job
    kit, (beds, _) = Kit(data, split), read_clips(work, BEDS[split])
    rng = np.random.default_rng([seed, split == "test", block])
    return [made for index in range(CLIPS_OF_A_BLOCK) if (made := compose(kit, beds, index, rng))]


def write(data: Path, work: Path, split: str, blocks: int, seed: int, processes: int) -> None:
    writer = ClipWriter(work, WRITTEN[split])
    with ProcessPoolExecutor(processes) as pool:
        for made in pool.map(compose_block, [(data, work, split, block, seed) for block in range(blocks)]):
            for audio, tags, known in made:
                writer.add(audio, split, "generator", tags, known)
            print(split, writer.count, flush=True)
    writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--split", choices=list(WRITTEN), required=True)
    parser.add_argument("--blocks", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    a = parser.parse_args()
    write(a.data, a.work, a.split, a.blocks or BLOCKS[a.split], a.seed, a.processes)
