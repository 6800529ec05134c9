"""Sounds and speech from packages whose file names say what they are, synthetic speech, and signal states.

A class is a pattern on the file's path. Which package a file comes from decides its split, so that every measure is on a
package (for speech: a speaker) that training never heard."""
import argparse
import random
import re
import subprocess
from pathlib import Path

import numpy as np

from clips import CLIP_SAMPLES, RATE_HZ, ClipWriter, audio_files, decode

CLASSES = {
    "dog or wolf": r"wolf(?!ram)|/dogs?/|howl|/dog", "chicken": r"chicken|/hen\.|rooster", "rooster crow": r"rooster", "cow": r"/cow|cow_|mudchute|/bull|bovines/cow", "horse": r"horse(?!man)|/zebra|donkey",
    "sheep or goat": r"sheep|goat|/ram\.", "pig": r"/pig", "bird song": r"birds?\d?\.|exotic-birds|lark|blackbird|cuckoo|songbird|seagull|hawk|birdy", "crow": r"crow\.", "owl": r"owl\.", "duck or goose": r"duck\.|gander|drake\.ogg|goose",
    "insects": r"cricket|cycada|cicada|mosquito|/bee\.|hornet|grasshopper|night\d?\.|nightime", "bee or fly": r"/bee\.|mosquito|hornet|fly\.", "big cat or bear": r"lion\.|tiger|/bear\.|growl|leopard", "elephant": r"elephant|/ele\d|eleattack", "bat": r"bat-|/bat_",
    "animal": r"/animals?/|wolf|chicken|rooster|/cow|horse(?!man)|sheep|goat|/pig|bird|crow\.|owl\.|duck|cricket|/bee\.|hornet|bat-|gryphon|hawk|mudchute|elephant|/ele\d",
    "rain": r"rain(?!bow|ing|ed|er|_t)|storm(?!_t)", "wind": r"wind(?!mill|ow|s\.|ing)", "thunder": r"thunder(?!stick)|lightningbolt|lightning\.", "fire": r"/fire\d?\.|fire\d|campfire|burn|torch\.|flame|lava|wicker_fire", "running water": r"river|creek|waterfall|/water\d?\.|stream", "waterfall": r"waterfall",
    "splash or drip": r"splash|droplet|drip|splosh|plopp|swimstep|water-blast|drops", "ship or waves": r"ship\.|waves?\.|sea_|ocean|beach", "engine": r"engine|tractor_|car_|motor|vehicle.*(move|idle)|plane\.|rcplane|airplane|jet", "machine": r"machine\d*\.|machine_|machinery|washing|vacuum|fan\d?\.|pneumatic|vulcan", "aircraft": r"plane|jet(?!pack|board)|airship|helicopter|ufo|spaceship",
    "siren or alarm": r"siren|alarm|firetruck|outdoorsignal", "gunshot": r"gun(?!ner)|shotgun|minigun|pistol|machinegun|sniper|rifle|cannon|thunderstick\.", "explosion": r"explo|explode|boom\.|bomb|mortar\.|rocklx|fireworks", "laser": r"laser|plasma|zap|sinegun|pzap|hyprbf|railg", "sword or metal": r"sword|metal_clang|anvil|mace\.|axe\.|dagger|knife|spear\.|blade|tink\.|clang|hammer",
    "arrow or throw": r"bow|arrow|throw|sling|dart\.|whizz|swish|miss", "impact": r"hit|impact|thud|crash|thwack|bump|land\d?\.|bounce|strike", "footsteps": r"step(?!hen)|walk|canter|hoof", "door": r"door|open-chest|gate\.", "click": r"click|button|select\.|switch\.|press\.|checkbox|tink\.|camera|shutter|tick\.", "bell": r"bell(?!y)|chime|clock\.",
    "horn or fanfare": r"horn-?\d?\.|fanfare|victory|win_theme", "laugh": r"laugh|haha|taunt", "scream or groan": r"scream|die\b|die[-_.\d]|death|pain|groan|argh|wail|ouch|ow\d\.|hurt|ugh", "crowd": r"crowd|cheer|applause|goal_scored|restaurant|battle_amb", "beep": r"beep|notify|denied|error\.|chat|countdown", "magic or teleport": r"magic|teleport|portal|warp|spawn|tele(in|out)|appear",
    "ambience": r"ambien|/day|/night|forest|morning|cave|hell\.|drone|desertday|sunny", "whoosh": r"whizz|swoosh|swish|miss|throw|whoosh",
}
PATTERNS = {name: re.compile(pattern, re.I) for name, pattern in CLASSES.items()}
NOISE_CLASSES = {"rain", "waterfall"}
VOICED = re.compile(r"voice|_ack|_select|ack\d|initiate_|worker_|archer_|swordman_|guard_|technician_", re.I)
# Package → split of its sounds; music and talking files inside are left out.
PACKAGES = {
    "wesnoth-1.16-data": "train", "redeclipse-data": "train", "openarena-data": "train", "hedgewars-data": "train", "tuxpaint-stamps-default": "train", "0ad-data": "train", "oxygen-sounds": "train",
    "megaglest-data": "test", "supertuxkart-data": "test", "sonic-pi-samples": "test", "frozen-bubble-data": "test", "extremetuxracer-data": "test",
}
SKIP = re.compile(r"_desc|/music|voice|cdtrack|theme|_menu|/symbols/|filled|outline|ritual|/voices", re.I)

# Recorded speakers: folder → (language, sex, split). One language is learnt from one speaker and measured on another.
SPEAKERS = {
    "asterisk-core-sounds-en-wav": ("english", "female voice speaking", "train"), "asterisk-core-sounds-es-wav": ("spanish", "female voice speaking", "test"),
    "asterisk-core-sounds-fr-wav": ("french", "female voice speaking", "test"), "asterisk-core-sounds-it-wav": ("italian", "", "test"), "asterisk-core-sounds-ru-wav": ("russian", "", "test"),
}
LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "ru": "russian", "pt": "portuguese", "nl": "dutch", "sv": "swedish", "pl": "polish", "tr": "turkish", "el": "greek", "ro": "romanian", "hu": "hungarian", "fi": "finnish", "cs": "czech", "hi": "hindi", "id": "indonesian", "cmn": "chinese", "ar": "arabic"}
WORDS = {"en": "The night is young and the music is loud, come closer to the speaker and listen.", "de": "Die Nacht ist jung und die Musik ist laut, komm näher und hör gut zu.", "fr": "La nuit est jeune et la musique est forte, approchez et écoutez bien.", "es": "La noche es joven y la música suena fuerte, acércate y escucha bien.", "it": "La notte è giovane e la musica è forte, vieni più vicino e ascolta bene.", "ru": "Ночь только началась и музыка играет громко, подойди ближе и слушай.", "pt": "A noite é jovem e a música está alta, chegue mais perto e escute.", "nl": "De nacht is jong en de muziek staat hard, kom dichterbij en luister goed.", "sv": "Natten är ung och musiken är hög, kom närmare och lyssna noga.", "pl": "Noc jest młoda a muzyka jest głośna, podejdź bliżej i posłuchaj.", "tr": "Gece daha yeni başladı ve müzik yüksek, yaklaş ve dinle.", "el": "Η νύχτα είναι νέα και η μουσική είναι δυνατή, έλα πιο κοντά και άκου.", "ro": "Noaptea este tânără și muzica este tare, vino mai aproape și ascultă.", "hu": "Az éjszaka fiatal és a zene hangos, gyere közelebb és figyelj jól.", "fi": "Yö on nuori ja musiikki soi kovaa, tule lähemmäksi ja kuuntele.", "cs": "Noc je mladá a hudba je hlasitá, pojď blíž a poslouchej.", "hi": "रात अभी जवान है और संगीत तेज़ है, पास आओ और सुनो।", "id": "Malam masih muda dan musiknya keras, mendekatlah dan dengarkan.", "cmn": "夜晚还很年轻，音乐很响亮，请靠近一点听。", "ar": "الليل ما زال شابا والموسيقى عالية اقترب واستمع."}
VOICES = {"train": ("m1", "m2", "m3", "m4", "f1", "f2", "f3", "croak"), "test": ("m7", "f4", "f5", "m5")}
SPEECH_KNOWN = ["speech", "signal", "sound", "gm", "family", "drum", "texture", "teacher-music"]


def _excerpts(audio: np.ndarray, draw: random.Random, most: int) -> list[np.ndarray]:
    """Up to `most` clips: other excerpts of a long file, other positions of a short one."""
    out = []
    for _ in range(most):
        if len(audio) > CLIP_SAMPLES:
            start = draw.randrange(len(audio) - CLIP_SAMPLES)
            clip = audio[start : start + CLIP_SAMPLES].copy()
        else:
            clip = np.zeros(CLIP_SAMPLES, np.float32)
            room = CLIP_SAMPLES - len(audio)
            # The middle 2.2 s are seen by every window of the clip.
            at = draw.randrange(min(room, 16 * 512), max(min(room, 16 * 512) + 1, min(room, 120 * 512)))
            clip[at : at + len(audio)] = audio[: CLIP_SAMPLES - at]
        peak = float(np.abs(clip).max())
        if peak > 1e-3:
            clip *= draw.uniform(0.15, 0.95) / peak
            clip += np.random.default_rng(draw.randrange(1 << 30)).standard_normal(CLIP_SAMPLES).astype(np.float32) * 10 ** draw.uniform(-5, -3)
            out.append(clip)
    return out


def add_sounds(writer: ClipWriter, data: Path, draw: random.Random, most_files: int | None) -> None:
    for package, split in PACKAGES.items():
        files = [f for f in audio_files(data / package) if not SKIP.search(str(f.relative_to(data)))][:most_files]
        for file in files:
            path = "/" + str(file.relative_to(data / package))
            tags = [name for name, pattern in PATTERNS.items() if pattern.search(path)]
            if not tags or VOICED.search(path) and not {"scream or groan", "laugh", "animal"} & set(tags):
                continue
            audio = decode(file, 30)
            if len(audio) < RATE_HZ // 20:
                continue
            signal = ["noise"] if NOISE_CLASSES & set(tags) else []
            known = ["sound", "gm", "family", "drum", "texture", "silence", "music"] + (["speech"] if "scream or groan" not in tags and "laugh" not in tags and "crowd" not in tags else [])
            for clip in _excerpts(audio, draw, (6 if len(audio) > CLIP_SAMPLES else 3) if split == "train" else 2):
                writer.add(clip, split, package, tags + signal, known, track=path)
        print(package, writer.count, flush=True)


def _speak(command: list[str]) -> np.ndarray:
    raw = subprocess.run(command, capture_output=True, check=False).stdout
    wave = subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le", "-"], input=raw, capture_output=True, check=False).stdout
    return np.frombuffer(wave[: len(wave) // 2 * 2], "<i2").astype(np.float32) / 32768


def add_speech(writer: ClipWriter, data: Path, draw: random.Random, most_files: int) -> None:
    for package, (language, sex, split) in SPEAKERS.items():
        files = [f for f in audio_files(data / package) if f.stat().st_size > 16000 * 2 * 0.9]
        for file in draw.sample(files, min(len(files), most_files if split == "train" else most_files // 3)):
            for clip in _excerpts(decode(file, 30), draw, 1):
                writer.add(clip, split, package, ["speech", language + " speech", *([sex] if sex else []), "recorded speech"], [k for k in SPEECH_KNOWN if sex or k != "speech"] if sex else ["signal", "sound", "gm", "family", "drum", "texture", language + " speech"])
    stamps = [f for f in (data / "tuxpaint-stamps-default").rglob("*_desc_*.ogg")]
    stamps.sort()
    for file in draw.sample(stamps, min(len(stamps), most_files * 3)):
        code = file.stem.rsplit("_", 1)[1]
        if code in LANGUAGES or code in ("ca", "bg", "be", "da", "lt"):
            language = LANGUAGES.get(code) or {"ca": "catalan", "bg": "bulgarian", "be": "belarusian", "da": "danish", "lt": "lithuanian"}[code]
            held = language in ("german",)
            for clip in _excerpts(decode(file, 10), draw, 1):
                writer.add(clip, "test" if held else "train", "tuxpaint-stamps-default", ["speech", language + " speech", "recorded speech"], ["signal", "sound", "gm", "family", "drum", "texture"] + [name + " speech" for name in LANGUAGES.values()])
    for split, voices in VOICES.items():
        for code, language in LANGUAGES.items():
            for voice in voices[: max(1, len(voices) * most_files // 300)]:
                speed, pitch = draw.randrange(130, 200), draw.randrange(35, 65)
                audio = _speak(["espeak-ng", "-v", f"{code}+{voice}", "-s", str(speed), "-p", str(pitch), "--stdout", WORDS[code]])
                sex = "female voice speaking" if voice[0] == "f" else "male voice speaking"
                for clip in _excerpts(audio, draw, 2):
                    writer.add(clip, split, "espeak-ng", ["speech", language + " speech", sex, "synthetic speech"], SPEECH_KNOWN)
    for voice, sex, split in (("kal", "male", "train"), ("awb", "male", "train"), ("slt", "female", "test"), ("rms", "male", "test")):
        for index in range(max(1, most_files // 8)):
            text = " ".join(draw.sample(WORDS["en"].replace(",", "").replace(".", "").split(), 12))
            target = writer.folder / "speech.wav"
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(target)], check=False, capture_output=True)
            for clip in _excerpts(decode(target), draw, 1):
                writer.add(clip, split, f"flite-{voice}", ["speech", "english speech", f"{sex} voice speaking", *([] if voice == "kal" else ["recorded speech"])], ["signal", "sound", "gm", "family", "drum", "texture", "male voice speaking", "female voice speaking", "english speech"])
    print("speech", writer.count, flush=True)


def coloured_noise(rng: np.random.Generator, slope: float) -> np.ndarray:
    spectrum = rng.standard_normal(CLIP_SAMPLES // 2 + 1) + 1j * rng.standard_normal(CLIP_SAMPLES // 2 + 1)
    spectrum *= np.maximum(np.arange(CLIP_SAMPLES // 2 + 1), 30) ** (-slope / 2)
    noise = np.fft.irfft(spectrum, CLIP_SAMPLES)
    return (noise / np.abs(noise).max()).astype(np.float32)


def weather_noise(rng: np.random.Generator) -> np.ndarray:
    """Noise as rain, surf and wind make it: of any slope, with a bend or two in its spectrum, swelling slowly, with or without drops."""
    at = np.arange(CLIP_SAMPLES // 2 + 1) * RATE_HZ / CLIP_SAMPLES
    corners = np.sort(10 ** rng.uniform(1.8, 4, 4))
    level_db = np.interp(np.log10(np.maximum(at, 20)), np.log10([20, *corners, 11025]), np.cumsum(rng.uniform(-14, 8, 6)))
    noise = np.fft.irfft((rng.standard_normal(len(at)) + 1j * rng.standard_normal(len(at))) * 10 ** (level_db / 20), CLIP_SAMPLES)
    noise /= np.std(noise)
    swell = np.interp(np.arange(CLIP_SAMPLES), np.linspace(0, CLIP_SAMPLES, 6), 10 ** (rng.uniform(-6, 6, 6) * rng.uniform(0, 1) / 20))
    audio = noise * swell
    if rng.random() < 0.5:
        length = RATE_HZ // 50
        for start in rng.integers(0, CLIP_SAMPLES - length, rng.integers(5, 200)):
            drop = np.sin(2 * np.pi * rng.uniform(400, 6000) * np.arange(length) / RATE_HZ) * np.exp(-np.arange(length) / RATE_HZ * rng.uniform(150, 600))
            audio[start : start + length] += drop * rng.uniform(0.5, 4)
    return (audio / np.abs(audio).max()).astype(np.float32)


def add_signals(writer: ClipWriter, seed: int, count: int) -> None:
    """Silence, noises, hum, tones: each by its formula, with level and frequency drawn; the test draws have another seed."""
    t = np.arange(CLIP_SAMPLES) / RATE_HZ
    known = ["signal", "sound", "speech", "gm", "family", "drum", "texture", "teacher-music"]
    for split, number in (("train", count), ("test", count // 3)):
        rng = np.random.default_rng([seed, split == "test"])
        for index in range(number):
            level = 10 ** rng.uniform(-2, -0.2)
            kind = index % 15
            if kind in (0, 1, 2):
                audio, tags = rng.standard_normal(CLIP_SAMPLES) * (0, 1e-5, 10 ** rng.uniform(-5, -3.9))[kind], ["silence"]
            elif kind in (3, 4):
                audio, tags = coloured_noise(rng, 0), ["noise", "white noise"]
            elif kind in (5, 6):
                audio, tags = coloured_noise(rng, 1), ["noise", "pink noise"]
            elif kind == 7:
                audio, tags = coloured_noise(rng, 2), ["noise", "brown noise"]
            elif kind in (8, 9):
                mains = 50 if kind == 8 else 60
                audio = sum(rng.uniform(0.1, 1) / k * np.sin(2 * np.pi * mains * k * t + rng.uniform(0, 6)) for k in range(1, 9))
                audio, tags = audio / np.abs(audio).max(), ["hum", f"hum {mains} hz"]
            elif kind == 10:
                audio, tags = np.sin(2 * np.pi * 10 ** rng.uniform(1.9, 3.9) * t), ["tone", "sine tone"]
            elif kind == 11:
                audio, tags = np.sign(np.sin(2 * np.pi * 10 ** rng.uniform(1.8, 3.3) * t)), ["tone", "square tone"]
            elif kind == 12:
                low, high = 10 ** rng.uniform(1.8, 2.4), 10 ** rng.uniform(3.2, 4)
                audio, tags = np.sin(2 * np.pi * low * CLIP_SAMPLES / RATE_HZ / np.log(high / low) * (np.exp(t * RATE_HZ / CLIP_SAMPLES * np.log(high / low)) - 1)), ["tone", "test sweep"]
            elif kind == 13:
                low, high = ((697, 770, 852, 941)[rng.integers(4)], (1209, 1336, 1477)[rng.integers(3)]) if index % 2 else ((350, 440), (425, 425))[rng.integers(2)]
                audio = (np.sin(2 * np.pi * low * t) + np.sin(2 * np.pi * high * t)) / 2 * ((t % 0.25 < 0.15) if index % 2 else 1)
                tags = ["tone", "telephone tones"]
            else:
                audio, tags = np.where(rng.random(CLIP_SAMPLES) < rng.uniform(2, 12) / RATE_HZ, rng.uniform(0.4, 1), 0) + rng.standard_normal(CLIP_SAMPLES) * 1e-5, ["clicks and pops"]
            audio = np.asarray(audio, np.float32)
            writer.add(audio if "silence" in tags else audio * level, split, "generator", tags, known)
    rng = np.random.default_rng([seed, 2])
    for _ in range(count // 2):
        # What weather it is stays open.
        writer.add(weather_noise(rng) * 10 ** rng.uniform(-2, -0.2), "train", "generator", ["noise"], [part for part in known if part != "sound"])
    print("signals", writer.count, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-files", type=int)
    a = parser.parse_args()
    chosen = ClipWriter(a.work, "sounds")
    add_signals(chosen, a.seed, 60 if a.most_files else 600)
    add_speech(chosen, a.data, random.Random(a.seed), a.most_files or 300)
    add_sounds(chosen, a.data, random.Random(a.seed + 1), a.most_files)
    chosen.close()
