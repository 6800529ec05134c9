"""The 128 General MIDI instruments and 47 percussion keys in random ensembles, rendered with several sound fonts by FluidSynth.

Truth by construction: the programmes, percussion keys and playing patterns are what the MIDI file says. One font is never
trained on and is the measure."""
import argparse
import random
import struct
import subprocess
from pathlib import Path

import numpy as np

from clips import CLIP_SAMPLES, RATE_HZ, ClipWriter

INSTRUMENTS = """acoustic grand piano|bright acoustic piano|electric grand piano|honky-tonk piano|electric piano 1|electric piano 2|harpsichord|clavinet|celesta|glockenspiel|music box|vibraphone|marimba|xylophone|tubular bells|dulcimer|drawbar organ|percussive organ|rock organ|church organ|reed organ|accordion|harmonica|tango accordion|nylon guitar|steel guitar|jazz guitar|clean electric guitar|muted electric guitar|overdriven guitar|distortion guitar|guitar harmonics|acoustic bass|fingered bass|picked bass|fretless bass|slap bass 1|slap bass 2|synth bass 1|synth bass 2|solo violin|solo viola|solo cello|contrabass|tremolo strings|pizzicato strings|orchestral harp|timpani|string ensemble 1|string ensemble 2|synth strings 1|synth strings 2|choir aahs|voice oohs|synth voice|orchestra hit|trumpet|trombone|tuba|muted trumpet|french horn|brass section|synth brass 1|synth brass 2|soprano sax|alto sax|tenor sax|baritone sax|oboe|english horn|bassoon|clarinet|piccolo|concert flute|recorder|pan flute|blown bottle|shakuhachi|whistle|ocarina|square lead|sawtooth lead|calliope lead|chiff lead|charang lead|voice lead|fifths lead|bass and lead|new age pad|warm pad|polysynth pad|choir pad|bowed pad|metallic pad|halo pad|sweep pad|rain effect|soundtrack effect|crystal effect|atmosphere effect|brightness effect|goblins effect|echoes effect|sci-fi effect|gm sitar|banjo|shamisen|koto|kalimba|bagpipe|fiddle|shanai|tinkle bell|agogo melody|steel drums|woodblock melody|taiko drum|melodic tom|synth drum|reverse cymbal|guitar fret noise|breath noise|seashore|bird tweet|telephone ring|helicopter|gm applause|gunshot""".split("|")
FAMILIES = "pianos|chromatic percussion|organs|guitars|basses|solo strings|ensembles|brass|reeds|pipes|synth leads|synth pads|synth effects|ethnic instruments|percussive instruments|sound effects".split("|")
PERCUSSION = "acoustic bass drum|bass drum|side stick|acoustic snare|hand clap|electric snare|low floor tom|closed hi-hat|high floor tom|pedal hi-hat|low tom|open hi-hat|low-mid tom|high-mid tom|crash cymbal 1|high tom|ride cymbal 1|chinese cymbal|ride bell|tambourine|splash cymbal|cowbell|crash cymbal 2|vibraslap|ride cymbal 2|high bongo|low bongo|muted high conga|open high conga|low conga|high timbale|low timbale|high agogo|low agogo|cabasa|maracas|short whistle|long whistle|short guiro|long guiro|claves|high wood block|low wood block|muted cuica|open cuica|muted triangle|open triangle".split("|")
DRUM_GROUPS = {"any drums": range(47), "kick drum": (0, 1), "snare drum": (3, 5), "toms": (6, 8, 10, 12, 13, 15), "hi-hats": (7, 9, 11), "cymbals": (14, 16, 17, 18, 20, 22, 24), "hand drums": (25, 26, 27, 28, 29), "timbales": (30, 31), "shakers": (34, 35), "whistles": (36, 37), "guiros": (38, 39), "wood percussion": (40, 41, 42), "cuicas": (43, 44), "triangles": (45, 46), "agogos": (32, 33)}
TEXTURES = ("melody", "chords", "arpeggio", "sustained note", "repeated notes")
KNOWN = ["gm", "family", "drum", "texture", "signal", "sound", "speech"]

# Font file → (split, clips). MuseScore's is a descendant of Fluid, so neither may measure the other; TimGM6mb is a stranger to all.
FONTS = {
    "FluidR3_GM.sf2": ("train", 1300), "MuseScore_General_Lite.sf3": ("train", 700), "sf_GMbank.sf2": ("train", 1000),
    "OPL-3_FM_128M.sf2": ("train", 300), "TimGM6mb.sf2": ("test", 1100),
}
TICKS, SLOT_SECONDS, TAIL_SECONDS = 500, 4.6, 0.4  # 500 ticks a beat at 120 BPM: 1,000 ticks a second
DRUM_CHANNEL = 9


def _variable(value: int) -> bytes:
    out = [value & 127]
    while value := value >> 7:
        out.insert(0, value & 127 | 128)
    return bytes(out)


def write_midi(events: list[tuple[int, bytes]], path: Path) -> None:
    track, at = bytearray(), 0
    for tick, message in sorted(events, key=lambda event: event[0]):
        track += _variable(tick - at) + message
        at = tick
    track += b"\x00\xff\x2f\x00"
    path.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track)


def _play(draw: random.Random, texture: str, start: int, length: int, register: int) -> list[tuple[int, int, list[int]]]:
    """@returns (tick, duration, pitches) within the slot."""
    scale = [0, 2, 3, 5, 7, 8, 10] if draw.random() < 0.5 else [0, 2, 4, 5, 7, 9, 11]
    root = register + draw.randrange(12)
    pitch = lambda step: root + scale[step % 7] + 12 * (step // 7)
    if texture == "sustained note":
        return [(start, length, [pitch(draw.randrange(7))])]
    step = draw.choice((125, 167, 200, 250)) if texture != "chords" else draw.choice((400, 500, 800, 1000))
    if texture == "melody":
        step = draw.choice((200, 250, 300, 400, 500))
    notes, degree, same = [], draw.randrange(7), pitch(draw.randrange(7))
    for index, tick in enumerate(range(start, start + length - 100, step)):
        if texture == "chords":
            degree = draw.randrange(7)
            notes.append((tick, int(step * 0.95), [pitch(degree), pitch(degree + 2), pitch(degree + 4)]))
        elif texture == "arpeggio":
            notes.append((tick, int(step * 0.9), [pitch((0, 2, 4, 7)[index % 4])]))
        elif texture == "repeated notes":
            notes.append((tick, int(step * 0.7), [same]))
        else:
            degree = max(-3, min(9, degree + draw.choice((-2, -1, -1, 0, 1, 1, 2))))
            notes.append((tick, int(step * draw.uniform(0.5, 1)), [pitch(degree)]))
    return notes


def compose(seed: int, count: int) -> tuple[list[tuple[int, bytes]], list[list[str]]]:
    draw = random.Random(seed)
    events, truth = [], []
    queue: list[int] = []
    drums: list[int] = []
    for slot in range(count):
        start = int(slot * SLOT_SECONDS * 1000) + 20
        length = int((SLOT_SECONDS - TAIL_SECONDS) * 1000) - 20
        tags: list[str] = []
        for channel in range(draw.choices((0, 1, 2, 3, 4), (8, 30, 30, 22, 10))[0]):
            if not queue:
                queue = draw.sample(range(128), 128)
            programme = queue.pop()
            texture = draw.choice(TEXTURES)
            register = draw.choice((28, 40)) if 32 <= programme < 40 else draw.choice((36, 48, 48, 60, 60, 72))
            events.append((start - 15, bytes((0xC0 | channel, programme))))
            events.append((start - 14, bytes((0xB0 | channel, 7, draw.randrange(70, 127)))))
            for tick, duration, pitches in _play(draw, texture, start, length, register):
                for pitch in pitches:
                    events.append((tick, bytes((0x90 | channel, pitch, draw.randrange(70, 127)))))
                    events.append((min(tick + duration, start + length), bytes((0x80 | channel, pitch, 0))))
            tags += [INSTRUMENTS[programme], FAMILIES[programme // 8], texture]
        if not tags or draw.random() < 0.45:
            for _ in range(draw.choice((1, 1, 2, 3, 4))):
                if not drums:
                    drums = draw.sample(range(47), 47)
                key = drums.pop()
                step = draw.choice((150, 200, 250, 400, 500, 750))
                for tick in range(start + draw.choice((0, step // 2)), start + length - 50, step):
                    if draw.random() < 0.85:
                        events.append((tick, bytes((0x99, 35 + key, draw.randrange(80, 127)))))
                        events.append((tick + 90, bytes((0x89, 35 + key, 0))))
                tags += [PERCUSSION[key], *(name for name, keys in DRUM_GROUPS.items() if key in keys)]
        truth.append(tags)
        for channel in (0, 1, 2, 3, DRUM_CHANNEL):
            events.append((start + length + 200, bytes((0xB0 | channel, 120, 0))))
    return events, truth


def render(data: Path, work: Path, share: float, seed: int) -> None:
    writer = ClipWriter(work, "general-midi")
    for index, (font, (split, clips)) in enumerate(FONTS.items()):
        path = next(data.rglob(font), None)
        if path is None:
            print(f"{font}: not there, left out", flush=True)
            continue
        count = max(4, int(clips * share))
        events, truth = compose(seed * 100 + index, count)
        midi, wave = work / "font.mid", work / "font.raw"
        write_midi(events, midi)
        reverb = "0" if index % 2 else "1"
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-F", str(wave), "-O", "s16", "-T", "raw", "-r", str(RATE_HZ), "-g", "0.5", "-R", reverb, "-C", reverb, str(path), str(midi)],
            check=True, capture_output=True,
        )
        audio = np.memmap(wave, "<i2", "r").reshape(-1, 2)
        for slot, tags in enumerate(truth):
            start = int(slot * SLOT_SECONDS * RATE_HZ)
            clip = audio[start : start + CLIP_SAMPLES].astype(np.float32).mean(1) / 32768
            peak = float(np.abs(clip).max()) if len(clip) else 0.0
            if peak < 1e-3:
                continue
            gain = random.Random(slot).uniform(0.2, 0.9) / peak
            # Single bird tweets, helicopters and gun shots are no music.
            music = ["music"] if any(t in FAMILIES[:13] for t in tags) or "any drums" in tags else []
            known = KNOWN if music else [k for k in KNOWN if k != "signal"]
            writer.add(clip * gain, split, font, tags + music, known)
        del audio
        wave.unlink()
        print(font, writer.count, flush=True)
    writer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    render(a.data, a.work, a.share, a.seed)
