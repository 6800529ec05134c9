"""Songs whose form is known because they were made from it: verses, choruses, bridges and solos of a band, rendered by FluidSynth.

`python compose_songs.py --fonts DIR --out DIR [--count 80]` writes a folder in the corpus's format. The sound fonts are those of the Debian packages
`fluid-soundfont-gm` and `musescore-general-soundfont-small` (both MIT). The same seed and fonts give the same songs."""

import argparse
import json
import random
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

TICKS = 480
DRUMS = 9
RHYTHM, BASS, LEAD, PAD, SECOND = 0, 1, 2, 3, 4
KICK, SNARE, STICK, CLOSED, OPEN, RIDE, CRASH, TOMS = 36, 38, 37, 42, 46, 51, 49, (50, 47, 45, 43)
FONTS = ("FluidR3_GM.sf2", "MuseScore_General_Lite.sf3")

# What a kind of band plays: programmes of verse and chorus guitars or keys, basses, leads that sing or play, pads, and tempi.
BANDS = {
    "rock": ((27, 28, 29), (29, 30), (33, 34), (53, 54, 85, 65, 29), (18, 48, 16), (95, 165)),
    "metal": ((30, 29), (30,), (34, 33), (30, 53, 85, 56), (48, 52, 19), (110, 190)),
    "punk": ((29, 30), (30, 29), (34,), (53, 54, 85, 80), (18, 16), (150, 200)),
    "pop": ((0, 4, 25, 27), (0, 25, 29), (33, 35, 38), (53, 54, 52, 85, 66), (48, 50, 89), (85, 132)),
    "ballad": ((0, 24, 4, 25), (0, 29, 25), (32, 35, 33), (53, 54, 73, 40), (48, 49, 52), (60, 92)),
    "folk": ((25, 24, 105), (25, 24), (32, 33), (53, 54, 110, 73, 21), (21, 48, 109), (85, 150)),
}
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
PROGRESSIONS = ((0, 4, 5, 3), (5, 3, 0, 4), (0, 3, 4, 3), (0, 5, 3, 4), (0, 0, 3, 4), (1, 4, 0, 0), (3, 4, 0, 5), (0, 6, 3, 0), (5, 4, 3, 4), (0, 2, 3, 4))
FORMS = ("IVCVCBCO", "IVPCVPCBCO", "IVVCVCSCO", "IVCVCSCCO", "CVCVCBCO", "IVCBVCVCO", "ICVCVBCO", "IVBCBCO", "IVSCVCBSCO", "IVCVCVCO", "VCVCBCO", "IVPCVPCSPCCO", "IVCSVCO", "IVVCBVCO")
KINDS = {"I": "intro", "V": "verse", "P": "build", "C": "chorus", "B": "break", "S": "break", "O": "outro"}
BARS = {"I": (2, 4, 4, 8, 8), "V": (8, 8, 8, 12, 16), "P": (2, 4, 4), "C": (8, 8, 8, 16), "B": (4, 8, 8), "S": (8, 8, 16), "O": (2, 4, 8, 8)}


@dataclass
class Part:
    """What all sections with the same letter have in common."""

    chords: tuple[int, ...]
    melody: list[tuple[float, float, int]]
    kick: list[float]
    strum: float
    rise: int


@dataclass
class Song:
    draw: random.Random
    band: str
    beats_per_bar: int
    tempo: float
    root: int
    scale: tuple[int, ...]
    contrast: float
    events: list[tuple[int, bytes]] = field(default_factory=list)

    def pitch(self, step: int, low: int) -> int:
        value = low + (self.root - low) % 12 + self.scale[step % 7] + 12 * (step // 7)
        return min(108, max(24, value))

    def play(self, channel: int, beat: float, beats: float, pitch: int, loud: float) -> None:
        shift = self.draw.gauss(0, 0.006)
        start = max(0, int((beat + shift) * TICKS))
        loudness = int(min(127, max(20, loud * self.draw.uniform(0.92, 1.08))))
        self.events.append((start, bytes((0x90 | channel, pitch, loudness))))
        self.events.append((max(start + 20, int((beat + beats) * TICKS) - 8), bytes((0x80 | channel, pitch, 0))))

    def control(self, channel: int, beat: float, number: int, value: int) -> None:
        self.events.append((max(0, int(beat * TICKS) - 2), bytes((0xB0 | channel, number, value))))

    def programme(self, channel: int, beat: float, number: int) -> None:
        self.events.append((max(0, int(beat * TICKS) - 3), bytes((0xC0 | channel, number))))


def part_of(song: Song, letter: str, known: dict[str, Part]) -> Part:
    draw, bar = song.draw, song.beats_per_bar
    others = [part.chords for part in known.values()]
    chords = draw.choice([row for row in PROGRESSIONS if row not in others] or PROGRESSIONS)
    melody, degree, at = [], draw.randrange(0, 5), 0.0
    # Two bars of singing, then breath: what a line of words is like.
    while at < 2 * bar - 1:
        length = draw.choice((0.5, 0.5, 1, 1, 1.5, 2))
        melody.append((at, length * 0.9, degree))
        degree = max(-3, min(8, degree + draw.choice((-2, -1, -1, 0, 1, 1, 2))))
        at += length
    halves = [beat / 2 for beat in range(2 * bar)]
    kick = [0.0] + [beat for beat in halves[1:] if draw.random() < (0.35 if beat % 1 == 0 else 0.15)]
    strum = draw.choice((0.5, 1, 1, 2, bar))
    return Part(chords, melody, kick, strum, draw.choice((0, 2, 3, 4)) if letter == "C" else 0)


def drum(song: Song, at: float, part: Part, level: float, is_half_time: bool) -> None:
    draw, bar = song.draw, song.beats_per_bar
    if level <= 0:
        return
    back = {4: (1, 3), 3: (2,), 6: (3,)}[bar]
    if is_half_time and bar == 4:
        back = (2,)
    step = 0.5 if song.tempo < 150 else 1
    wheel = CLOSED if level < 0.5 else draw.choice((OPEN, RIDE)) if level < 0.8 else (RIDE if part.strum > 1 else OPEN)
    for index in range(int(bar / step)):
        song.play(DRUMS, at + index * step, 0.2, wheel, (60 if index % 2 else 78) * (0.7 + 0.5 * level))
    if level < 0.25:
        return
    for beat in part.kick:
        song.play(DRUMS, at + beat, 0.2, KICK, 100)
    for beat in back:
        song.play(DRUMS, at + beat, 0.2, STICK if level < 0.35 else SNARE, 80 + 35 * level)


def fill(song: Song, at: float, bar: int) -> None:
    keys = [SNARE, *TOMS]
    for index in range(8):
        song.play(DRUMS, at + bar - 2 + index / 4, 0.2, keys[min(4, index // 2 + song.draw.randrange(2))], 85 + 4 * index)


# Of a section: drums, lead, pad, how heavy the guitars are, and whether the lead plays a solo.
def layers_of(song: Song, letter: str, turn: int, intro: str) -> tuple[float, bool, bool, float, bool]:
    c = song.contrast
    if letter == "I":
        return {"bare": (0.0, False, False, 0.2, False), "riff": (0.6, False, False, 0.8, False), "pad": (0.1, False, True, 0.2, False), "theme": (0.7, True, True, 0.9, False)}[intro]
    if letter == "V":
        return (0.55 - 0.25 * c + (0.1 if turn else 0), True, turn > 0 and c < 0.6, 0.6 - 0.4 * c, False)
    if letter == "P":
        return (0.5, True, True, 0.55, False)
    if letter == "C":
        return (0.75 + 0.25 * c, True, True, 0.8 + 0.2 * c, False)
    if letter == "S":
        return (0.7, True, False, 0.7, True)
    if letter == "B":
        return song.draw.choice(((0.0, False, True, 0.2, False), (0.3, True, True, 0.3, False), (0.6, False, True, 0.7, False), (0.15, False, False, 0.3, False)))
    return song.draw.choice(((0.6, False, True, 0.8, False), (0.0, False, True, 0.2, False), (0.7, False, False, 0.8, False)))


def section(song: Song, letter: str, part: Part, at: float, bars: int, layers: tuple[float, bool, bool, float, bool], programmes: dict[str, int]) -> None:
    draw, bar = song.draw, song.beats_per_bar
    level, lead, pad, heavy, solo = layers
    song.programme(RHYTHM, at, programmes["chorus" if heavy > 0.65 else "verse"])
    song.programme(LEAD, at, programmes["solo" if solo else "lead"])
    is_half_time = letter == "B" and draw.random() < 0.5
    if level > 0.4 and draw.random() < (0.9 if letter == "C" else 0.5):
        song.play(DRUMS, at, 1, CRASH, 110)
    varied = [(beat, length, step + (draw.choice((-1, 1)) if draw.random() < 0.12 else 0)) for beat, length, step in part.melody]
    for number in range(bars):
        here = at + number * bar
        chord = part.chords[number % len(part.chords)]
        is_last = number == bars - 1
        drum(song, here, part, level if not (letter == "P" and is_last) else 0.9, is_half_time)
        if is_last and level > 0.2 and draw.random() < 0.75:
            fill(song, here, bar)
        bass = song.pitch(chord, 31)
        step = 0.5 if heavy > 0.7 and level > 0.4 else part.strum
        if heavy > 0.25 or level > 0:
            for index in range(int(bar / min(step, bar))):
                song.play(BASS, here + index * step, step * 0.9, bass, 75 + 30 * heavy)
        is_power = heavy > 0.65 and song.band in ("rock", "metal", "punk")
        notes = (0, 4, 7) if is_power else (0, 2, 4, 7)
        for index in range(int(bar / min(part.strum, bar))):
            if heavy < 0.35 and song.band != "metal":
                song.play(RHYTHM, here + index * part.strum, part.strum, song.pitch(chord + notes[index % len(notes)], 50), 72)
                continue
            for note in notes:
                song.play(RHYTHM, here + index * part.strum, part.strum * 0.95, song.pitch(chord + note, 43 if is_power else 50), 62 + 45 * heavy)
        if pad:
            for note in (0, 2, 4):
                song.play(PAD, here, bar, song.pitch(chord + note, 60), 45 + 35 * heavy)
        if solo:
            for index in range(2 * bar):
                if draw.random() < 0.8:
                    song.play(LEAD, here + index / 2, 0.45, song.pitch(chord + draw.randrange(0, 9), 67), 100)
        elif lead and number % 2 == 0:
            for beat, length, degree in varied:
                if beat < (bars - number) * bar:
                    song.play(LEAD, here + beat, length, song.pitch(chord * 0 + degree + part.rise, 60), 92 + 20 * heavy)
                    if letter == "C" and programmes["harmony"] and beat < (bars - number) * bar:
                        song.play(SECOND, here + beat, length, song.pitch(degree + part.rise + 2, 60), 80)
    if letter == "O" and draw.random() < 0.4:
        for index in range(16):
            for channel in (RHYTHM, BASS, LEAD, PAD, SECOND, DRUMS):
                song.control(channel, at + bars * bar * index / 16, 11, 127 - 7 * index)


def compose(seed: int) -> tuple[Song, list[tuple[str, float, float]]]:
    draw = random.Random(seed)
    band = draw.choice(list(BANDS))
    verse, chorus, basses, leads, pads, tempi = BANDS[band]
    beats_per_bar = draw.choices((4, 3, 6), (80, 10, 10))[0]
    song = Song(draw, band, beats_per_bar, round(draw.uniform(*tempi) * (1.6 if beats_per_bar == 6 and tempi[1] < 150 else 1), 1), draw.randrange(12), draw.choice((MAJOR, MINOR)), draw.random())
    programmes = {"verse": draw.choice(verse), "chorus": draw.choice(chorus), "lead": draw.choice(leads), "solo": draw.choice((29, 30, 66, 18, 40, 0)), "harmony": draw.random() < 0.5}
    song.programme(BASS, 0, draw.choice(basses))
    song.programme(PAD, 0, draw.choice(pads))
    song.programme(SECOND, 0, programmes["lead"])
    for channel, loud in ((RHYTHM, (70, 105)), (BASS, (85, 115)), (LEAD, (90, 125)), (PAD, (55, 90)), (SECOND, (60, 90)), (DRUMS, (90, 125))):
        song.control(channel, 0, 7, draw.randint(*loud))
    form = draw.choice(FORMS)
    lengths = {letter: draw.choice(BARS[letter]) for letter in BARS}
    slow = song.beats_per_bar / song.tempo > 0.045
    parts: dict[str, Part] = {}
    intro = draw.choice(("bare", "riff", "pad", "theme"))
    turns: dict[str, int] = {}
    sections: list[tuple[str, float, float]] = []
    at = 0.0
    for letter in form:
        if letter not in parts:
            # An intro and an outro often play the chorus or the verse without its words.
            like = parts.get("C") if letter == "O" else None
            parts[letter] = like if like and draw.random() < 0.6 else part_of(song, letter, parts)
        turn = turns.get(letter, 0)
        turns[letter] = turn + 1
        bars = lengths[letter]
        if slow and bars > 8:
            bars //= 2
        if draw.random() < 0.12 and bars >= 8:
            bars += draw.choice((-2, 2, 4))
        section(song, letter, parts[letter], at, bars, layers_of(song, letter, turn, intro), programmes)
        end = at + bars * song.beats_per_bar
        # What repeats at once is one section with the one before.
        if sections and sections[-1][0] == letter:
            sections[-1] = (letter, sections[-1][1], end)
        else:
            sections.append((letter, at, end))
        at = end
    for channel, low in ((RHYTHM, 43), (BASS, 31)):
        song.play(channel, at, song.beats_per_bar, song.pitch(0, low), 90)
    song.play(DRUMS, at, 1, CRASH, 100)
    return song, sections


def variable(value: int) -> bytes:
    out = [value & 127]
    while value := value >> 7:
        out.insert(0, value & 127 | 128)
    return bytes(out)


def write_midi(song: Song, path: Path) -> None:
    tempo = int(60e6 / song.tempo).to_bytes(3, "big")
    track, at = bytearray(b"\x00\xff\x51\x03" + tempo), 0
    # A note that starts where one ends: the end comes first.
    for tick, message in sorted(song.events, key=lambda event: (event[0], event[1][0] & 0xF0 == 0x90)):
        track += variable(tick - at) + message
        at = tick
    track += b"\x00\xff\x2f\x00"
    path.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track)) + track)


def write_song(seed: int, font: Path, out: Path) -> None:
    name = f"song-{seed}"
    if (out / f"{name}.json").exists():
        return
    song, sections = compose(seed)
    midi, audio = out / f"{name}.mid", out / f"{name}.flac"
    write_midi(song, midi)
    subprocess.run(["fluidsynth", "-ni", "-q", "-F", str(audio), "-T", "flac", "-O", "s16", "-r", "44100", "-g", "0.6", str(font), str(midi)], check=True, capture_output=True)
    midi.unlink()
    seconds = lambda beat: round(beat * 60 / round(60e6 / int(60e6 / song.tempo), 6), 4)
    beats = int(sections[-1][2])
    truth = {
        "id": name,
        "file": audio.name,
        "source": "generated-songs",
        "title": f"{song.band} {seed}",
        "licence": "generated",
        "tempo_bpm": song.tempo,
        "beats_per_bar": song.beats_per_bar,
        "beat_times": [seconds(beat) for beat in range(beats)],
        "downbeat_times": [seconds(beat) for beat in range(0, beats, song.beats_per_bar)],
        # Nobody agrees what to call the bars before a chorus: their edges count, their name does not.
        "segments": [{"start": seconds(start), "end": seconds(end), "label": KINDS[letter], "confidence": "low" if letter == "P" else "high"} for letter, start, end in sections],
    }
    (out / f"{name}.json").write_text(json.dumps(truth))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=9000)
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    fonts = [next(a.fonts.rglob(name)) for name in FONTS]
    for number in range(a.count):
        write_song(a.seed + number, fonts[number % len(fonts)], a.out)


if __name__ == "__main__":
    main()
