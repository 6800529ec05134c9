"""Unlabelled music for the teacher: a clip every few seconds of each track in the music packages."""
import argparse
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np

from clips import CLIP_SAMPLES, MODULES, RATE_HZ, RECORDINGS, ClipWriter, audio_files, decode

# Held-out packages are never trained on: other artists, other programs. (`pingus-data` and what is left out hold tracks of the product's own measuring corpus.)
TEST = ("hyperrogue-music", "fretsonfire-songs-sectoid", "pingus-data", "flare-game", "noiz2sa-data")
TRAIN = (
    "nexuiz-music", "wesnoth-1.16-music", "supertuxkart-data", "redeclipse-data", "megaglest-data", "hedgewars-data", "frozen-bubble-data", "singularity-music",
    "asterisk-moh-opsound-wav", "fretsonfire-songs-muldjord", "planetblupi-music-ogg", "asc-music", "extremetuxracer-data", "warzone2100-music", "colobot-common-sounds", "wizznic-data",
)
# Of these fewer clips of each track, so that more tracks are heard: first what is near to what DJs play.
NEAR = (
    "lmms-rendered", "ironseed-data", "tecnoballz-data", "pekka-kana-2-data", "torus-trooper-data", "mu-cade-data", "gunroar-data", "titanion-data", "tumiki-fighters-data",
    "parsec47-data", "rrootage-data", "noiz2sa-data", "val-and-rick-data", "marsshooter-data", "starfighter-data",
)
FAR = (
    "fb-music-high", "openarena-data", "naev-data", "supertux-data", "widelands-data", "berusky2-data", "fillets-ng-data", "freedroidrpg-data", "warmux-data", "plee-the-bear-data",
    "unknown-horizons", "ardentryst", "davegnukem-data", "trackballs-data", "seahorse-adventures", "enigma-data", "amoebax-data", "openclonk-data", "xmoto-data", "lordsawar-data",
    "freecol", "lugaru-data", "gigalomania-data", "scorched3d-data", "powermanga-data", "hex-a-hop-data", "angrydd", "pathological", "torcs-data", "holotz-castle-data",
    "lincity-ng-data", "tuxtype-data", "tuxmath-data", "tuxfootball", "zaz-data", "btanks-data", "endless-sky-data", "cube2-data", "0ad-data", "gl-117-data", "pingus-data", "flare-game",
)
EVERY_SECONDS = {**dict.fromkeys((*TRAIN, *TEST), 9.0), **dict.fromkeys(NEAR, 11.0), **dict.fromkeys(FAR, 22.0)}
PACKAGES = {**dict.fromkeys((*TRAIN, *NEAR, *FAR), "train"), **dict.fromkeys(TEST, "test")}
# Titles that the product's own measuring corpus holds: kept out, so that its figures stay clean.
HELD_OUT_TITLES = ("brainsukker", "infight", "neuronal", "calling", "northern", "beast", "in_rome", "sexaine", "sean")
HELD_OUT_MODULES = (b"Dimension 2012", b"Pekka Kana", b"Critical", b"The Love Trap", b"Cinderella", b"Varia", b"Electric dream")
HELD_OUT_PROJECTS = ("zerosumgame", "esoxlb-cpu", "momo64-esp", "pptrip", "progressivehousepluck", "onion", "makeme", "axefromthe80s")
SHORTEST_SECONDS, LONGEST_SECONDS = 25, 240
# Shorter files are sounds; modules are small.
LEAST_BYTES, LEAST_MODULE_BYTES = 100_000, 10_000


def is_held_out(file: Path) -> bool:
    name = file.name.lower()
    # A module's title is at its start.
    return any(title in name for title in (*HELD_OUT_TITLES, *HELD_OUT_PROJECTS)) or any(title in file.read_bytes()[:64] for title in HELD_OUT_MODULES)


def render_projects(data: Path, most: int | None) -> None:
    """The demo projects of LMMS, where the program is there; a project takes half a minute."""
    target = data / "lmms-rendered"
    if target.exists() or shutil.which("lmms") is None:
        return
    target.with_suffix(".part").mkdir(exist_ok=True)
    for project in sorted((data / "lmms-common").rglob("demos/**/*.mmp*"))[:most]:
        if not is_held_out(project):
            out = target.with_suffix(".part") / f"{project.stem}.ogg"
            subprocess.run(["lmms", "render", str(project), "-f", "ogg", "-o", str(out)], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True)
    target.with_suffix(".part").rename(target)


def collect(data: Path, corpus: Path | None, work: Path, most_tracks: int | None) -> None:
    render_projects(data, most_tracks)
    writer = ClipWriter(work, "music")
    hours: dict[str, float] = {}
    jobs = [(package, split, file) for package, split in PACKAGES.items() for file in audio_files(data / package, RECORDINGS + MODULES)[:most_tracks]]
    if corpus:
        jobs += [("corpus", "corpus", file) for file in sorted(corpus.glob("*/*.ogg"))[:most_tracks]]
    for package, split, file in jobs:
        if file.stat().st_size < (LEAST_MODULE_BYTES if file.suffix.lower() in MODULES else LEAST_BYTES) or (split == "train" and is_held_out(file)):
            continue
        audio = decode(file, LONGEST_SECONDS)
        if len(audio) < SHORTEST_SECONDS * RATE_HZ:
            continue
        step = int(RATE_HZ * EVERY_SECONDS.get(package, 18))
        for start in range(step // 4, len(audio) - CLIP_SAMPLES, step):
            clip = audio[start : start + CLIP_SAMPLES]
            if np.sqrt(np.mean(clip**2)) > 0.003:
                writer.add(clip, split, package, ["music"], ["signal", "sound", "speech"], track=f"{package}/{file.name}", start=start)
                hours[package] = hours.get(package, 0) + CLIP_SAMPLES / RATE_HZ / 3600
        print(package, file.name, writer.count, flush=True)
    writer.close()
    (work / "music-hours.json").write_text(json.dumps(hours, indent=1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--most-tracks", type=int)
    a = parser.parse_args()
    collect(a.data, a.corpus, a.work, a.most_tracks)
