"""From an empty folder to the network, its card and its tables: `python run.py --work DIR`. Stages that are done are not done again.

Needs `apt-get`, `dpkg`, `ffmpeg`, `fluidsynth`, `espeak-ng`, `flite`, Node and, but for `--smoke`, `lmms`; the packages are only unpacked, never installed."""
import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from music import PACKAGES as MUSIC
from music import RENDERED
from sounds import PACKAGES as SOUNDS
from sounds import SPEAKERS

FONTS = ("fluid-soundfont-gm", "musescore-general-soundfont-small", "csound-soundfont", "opl3-soundfont", "timgm6mb-soundfont")
# All that a smoke run takes, 63 MB. Held out are the music of noiz2sa, the font of timgm6mb and the sounds of sonic-pi; the others train.
SMOKE_PACKAGES = (
    "val-and-rick-data", "tecnoballz-data", "noiz2sa-data", "csound-soundfont", "timgm6mb-soundfont", "oxygen-sounds", "sonic-pi-samples", "asterisk-core-sounds-en-wav",
)
TEACHER, FETCHERS, ARCHIVES = "musicnn==0.1.0", 3, ("*.pk3", "*.zip")
HERE = Path(__file__).parent


def fetch(data: Path, package: str) -> bool:
    """@returns whether it is there: not every distribution has every package."""
    target, part = data / package, data / f"{package}.part"
    if target.exists():
        return True
    got = subprocess.run(["apt-get", "download", "-q", package], cwd=data, capture_output=True, check=False)
    files = list(data.glob(f"{package}_*.deb"))
    if got.returncode or not files:
        print(f"{package}: not to be had", flush=True)
        return False
    # What an interrupted run left is no package.
    shutil.rmtree(part, ignore_errors=True)
    subprocess.run(["dpkg", "-x", files[0].name, part.name], cwd=data, check=True)
    files[0].unlink()
    # Many games keep their sounds in zip files, some by another name.
    for archive in (file for ending in ARCHIVES for file in part.rglob(ending)):
        zipfile.ZipFile(archive).extractall(archive.with_suffix(""))
        archive.unlink()
    part.rename(target)
    return True


def teacher(work: Path) -> Path | None:
    folder, part = work / "musicnn", work / "musicnn.part"
    if not folder.exists():
        shutil.rmtree(part, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(part), TEACHER], check=False).returncode:
            print(f"{TEACHER}: not to be had", flush=True)
            return None
        part.rename(folder)
    return folder / "musicnn"


def stage(name: str, done: Path, *options: str) -> None:
    if done.exists():
        return
    print(f"— {name}", flush=True)
    subprocess.run([sys.executable, str(HERE / f"{name}.py"), *options], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="unpacked packages, kept for other runs; else in the work folder")
    parser.add_argument("--out", type=Path, help="of network and card; else the product's assets, or for a smoke run the work folder's `out`")
    parser.add_argument("--corpus", type=Path, help="tracks that are only measured on")
    parser.add_argument("--minutes", type=float, default=8, help="of training: enough on a graphics card; without one a day is little")
    parser.add_argument("--smoke", action="store_true", help="a few packages, clips and steps of everything; the result hears nothing")
    a = parser.parse_args()
    few = a.smoke
    if few:
        # On a machine that is busy, as with other tests, threads that wait for each other take three times as long as one.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
    data = a.data or a.work / "packages"
    out = a.out or (a.work / "out" if few else HERE.parent.parent / "assets" / "ears")
    for folder in (a.work, data):
        folder.mkdir(parents=True, exist_ok=True)
    packages = SMOKE_PACKAGES if few else (*(set(MUSIC) - {RENDERED}), "lmms-common", *SOUNDS, *SPEAKERS, *FONTS)
    with ThreadPoolExecutor(FETCHERS) as pool:
        had = list(pool.map(lambda package: fetch(data, package), sorted(set(packages))))
    taught = teacher(a.work)
    # The full recipe does without some packages; a smoke run needs its few.
    if taught is None or few and not all(had):
        sys.exit(os.EX_UNAVAILABLE)
    work, clips = ["--work", str(a.work)], a.work / "clips"
    stage("music", clips / "music.jsonl", *work, "--data", str(data), *(["--most-tracks", "4"] if few else []), *(["--corpus", str(a.corpus)] if a.corpus else []))
    stage("general_midi", clips / "general-midi.jsonl", *work, "--data", str(data), *(["--share", "0.05"] if few else []))
    # In one block for training silence is hardly told often enough to be a tag.
    for split, clips_of, blocks in (("train", "events", "2"), ("test", "held-out-events", "1")):
        stage("events", clips / f"{clips_of}.jsonl", *work, "--data", str(data), "--split", split, *(["--blocks", blocks] if few else []))
    stage("sounds", clips / "sounds.jsonl", *work, "--data", str(data), *(["--most-files", "12"] if few else []))
    stage("teach", a.work / "targets" / "held-out.npz", *work, "--musicnn", str(taught))
    stage("train", a.work / "student.pt", *work, "--musicnn", str(taught), "--minutes", str(a.minutes), *(["--smoke"] if few else []))
    stage("refit", a.work / "ears.pt", *work, "--musicnn", str(taught))
    stage("measure", a.work / "measured.json", *work, "--musicnn", str(taught))
    stage("card", out / "ears.json" if few else a.work / "never", *work, "--musicnn", str(taught), "--out", str(out))
