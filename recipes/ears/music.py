"""Unlabelled music for the teacher: a clip every few seconds of each track in the music packages.

Two sets of clips: `music` is trained on, `held-out` is only measured on."""
import argparse
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from clips import CLIP_SAMPLES, MODULES, RATE_HZ, RECORDINGS, ClipWriter, audio_files, decode

# Held-out packages are never trained on: other artists, other programs. (`pingus-data` and what is left out hold tracks of the product's own measuring corpus.)
TEST = ("hyperrogue-music", "fretsonfire-songs-sectoid", "pingus-data", "flare-game", "noiz2sa-data")
TRAIN = (
    "nexuiz-music", "wesnoth-1.16-music", "supertuxkart-data", "redeclipse-data", "megaglest-data", "hedgewars-data", "frozen-bubble-data", "singularity-music",
    "asterisk-moh-opsound-wav", "fretsonfire-songs-muldjord", "planetblupi-music-ogg", "asc-music", "extremetuxracer-data", "warzone2100-music", "colobot-common-sounds", "wizznic-data",
)
RENDERED = "lmms-rendered"
# Near to what DJs play.
NEAR = (
    RENDERED, "ironseed-data", "tecnoballz-data", "pekka-kana-2-data", "torus-trooper-data", "mu-cade-data", "gunroar-data", "titanion-data", "tumiki-fighters-data",
    "parsec47-data", "rrootage-data", "noiz2sa-data", "val-and-rick-data", "marsshooter-data", "starfighter-data", "ufoai-music", "heroes-sound-tracks", "bomberclone-data",
    "rafkill-data", "alienblaster-data", "criticalmass-data", "garden-of-coloured-lights-data",
)
FAR = (
    "fb-music-high", "openarena-data", "naev-data", "supertux-data", "widelands-data", "berusky2-data", "fillets-ng-data", "freedroidrpg-data", "warmux-data", "plee-the-bear-data",
    "unknown-horizons", "ardentryst", "davegnukem-data", "trackballs-data", "seahorse-adventures", "enigma-data", "amoebax-data", "openclonk-data", "xmoto-data", "lordsawar-data",
    "freecol", "lugaru-data", "gigalomania-data", "scorched3d-data", "powermanga-data", "hex-a-hop-data", "angrydd", "pathological", "torcs-data", "holotz-castle-data",
    "lincity-ng-data", "tuxtype-data", "tuxmath-data", "tuxfootball", "zaz-data", "btanks-data", "endless-sky-data", "cube2-data", "0ad-data", "gl-117-data", "pingus-data", "flare-game",
    "boswars-data", "chromium-bsu-data", "pax-britannica-data", "raincat-data", "pushover-data", "dustracing2d-data", "brainparty-data", "freeorion-data", "caveexpress-data",
)
PACKAGES = {**dict.fromkeys((*TRAIN, *NEAR, *FAR), "train"), **dict.fromkeys(TEST, "test")}
# Seconds from clip to clip: what is measured on is drawn as it always was, so that figures can be compared from version to version.
EVERY_SECONDS = {**dict.fromkeys((*TRAIN, *NEAR), 6.0), **dict.fromkeys(FAR, 9.0), **dict.fromkeys(TEST, 9.0), "noiz2sa-data": 11.0, "pingus-data": 22.0, "flare-game": 22.0, "corpus": 18.0}
# Titles that the product's own measuring corpus holds: kept out, so that its figures stay clean.
HELD_OUT_TITLES = ("brainsukker", "infight", "neuronal", "calling", "northern", "beast", "in_rome", "sexaine", "sean")
HELD_OUT_MODULES = (b"Dimension 2012", b"Pekka Kana", b"Critical", b"The Love Trap", b"Cinderella", b"Varia", b"Electric dream")
HELD_OUT_PROJECTS = ("zerosumgame", "esoxlb-cpu", "momo64-esp", "pptrip", "progressivehousepluck", "onion", "makeme", "axefromthe80s")
# More kinds of music teach more than more of each track.
SHORTEST_SECONDS, LONGEST_SECONDS = 25, {"train": 110, "test": 240, "corpus": 240}
DECODERS = 2
# Shorter files are sounds; modules are small.
LEAST_BYTES, LEAST_MODULE_BYTES = 100_000, 10_000


def is_held_out(file: Path) -> bool:
    name = file.name.lower()
    # A module's title is at its start.
    return any(title in name for title in (*HELD_OUT_TITLES, *HELD_OUT_PROJECTS)) or any(title in file.read_bytes()[:64] for title in HELD_OUT_MODULES)


def render_projects(data: Path, most: int | None) -> None:
    """The demo projects of LMMS, where the program is there; a project takes half a minute."""
    target, projects = data / RENDERED, sorted((data / "lmms-common").rglob("demos/**/*.mmp*"))[:most]
    if target.exists() or not projects or shutil.which("lmms") is None:
        return
    target.with_suffix(".part").mkdir(exist_ok=True)
    as_root = ["--allowroot"] if os.geteuid() == 0 else []
    for project in projects:
        if not is_held_out(project):
            out = target.with_suffix(".part") / f"{project.stem}.ogg"
            subprocess.run(["lmms", "render", *as_root, str(project), "-f", "ogg", "-o", str(out)], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True)
    target.with_suffix(".part").rename(target)


def collect(data: Path, corpus: Path | None, work: Path, most_tracks: int | None) -> None:
    writers = {"train": ClipWriter(work, "music"), "test": ClipWriter(work, "held-out")}
    writers["corpus"] = writers["test"]
    with ThreadPoolExecutor(DECODERS + 1) as pool:
        rendered = pool.submit(render_projects, data, most_tracks)
        for package, split in PACKAGES.items():
            if package != RENDERED:
                add_tracks(pool, writers[split], split, package, audio_files(data / package, RECORDINGS + MODULES), most_tracks)
        add_tracks(pool, writers["test"], "corpus", "corpus", sorted(corpus.glob("*/*.ogg")) if corpus else [], most_tracks)
        rendered.result()
        add_tracks(pool, writers["train"], "train", RENDERED, audio_files(data / RENDERED), most_tracks)
    writers["train"].close()
    writers["test"].close()


def add_tracks(pool: ThreadPoolExecutor, writer: ClipWriter, split: str, package: str, files: list[Path], most: int | None) -> None:
    least_bytes = lambda file: LEAST_MODULE_BYTES if file.suffix.lower() in MODULES else LEAST_BYTES
    files = [file for file in files if file.stat().st_size >= least_bytes(file) and not (split == "train" and is_held_out(file))][:most]
    step = int(RATE_HZ * EVERY_SECONDS[package])
    for at in range(0, len(files), DECODERS):
        several = files[at : at + DECODERS]
        for file, audio in zip(several, pool.map(lambda each: decode(each, LONGEST_SECONDS[split]), several)):
            if len(audio) >= SHORTEST_SECONDS * RATE_HZ:
                for start in range(step // 4, len(audio) - CLIP_SAMPLES, step):
                    clip = audio[start : start + CLIP_SAMPLES]
                    if np.sqrt(np.mean(clip**2)) > 0.003:
                        writer.add(clip, split, package, ["music"], ["signal", "sound", "speech"], track=f"{package}/{file.name}", start=start)
    print(package, len(files), writer.count, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--most-tracks", type=int)
    a = parser.parse_args()
    collect(a.data, a.corpus, a.work, a.most_tracks)
