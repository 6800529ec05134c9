"""From an empty folder to the network, its card and its tables: `python run.py --work DIR`. Stages that are done are not done again.

Needs `apt-get`, `dpkg`, `ffmpeg`, `fluidsynth`, `espeak-ng`, `flite`, `lmms` and Node; the packages are only unpacked, never installed."""
import argparse
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
TEACHER, FETCHERS, ARCHIVES = "musicnn==0.1.0", 3, ("*.pk3", "*.zip")
HERE = Path(__file__).parent


def fetch(data: Path, package: str) -> None:
    """Packages that this distribution does not have are left out, and said so."""
    target = data / package
    if target.exists():
        return
    got = subprocess.run(["apt-get", "download", "-q", package], cwd=data, capture_output=True, check=False)
    files = list(data.glob(f"{package}_*.deb"))
    if got.returncode or not files:
        print(f"{package}: not to be had, left out", flush=True)
        return
    subprocess.run(["dpkg", "-x", files[0].name, target.name], cwd=data, check=True)
    files[0].unlink()
    # Many games keep their sounds in zip files, some by another name.
    for archive in (file for ending in ARCHIVES for file in target.rglob(ending)):
        zipfile.ZipFile(archive).extractall(archive.with_suffix(""))
        archive.unlink()


def teacher(work: Path) -> Path:
    folder = work / "musicnn"
    if not (folder / "musicnn").exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), TEACHER], check=True)
    return folder / "musicnn"


def stage(name: str, done: Path, *options: str) -> None:
    if done.exists():
        return
    print(f"— {name}", flush=True)
    subprocess.run([sys.executable, str(HERE / f"{name}.py"), *options], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE.parent.parent / "assets" / "ears")
    parser.add_argument("--corpus", type=Path, help="tracks that are only measured on")
    parser.add_argument("--minutes", type=float, default=8, help="of training: enough on a graphics card; without one a day is little")
    parser.add_argument("--smoke", action="store_true", help="a few clips and steps of everything; the result hears nothing")
    a = parser.parse_args()
    data = a.work / "packages"
    data.mkdir(parents=True, exist_ok=True)
    packages = (*(set(MUSIC) - {RENDERED}), "lmms-common", *SOUNDS, *SPEAKERS, *FONTS)
    with ThreadPoolExecutor(FETCHERS) as pool:
        list(pool.map(lambda package: fetch(data, package), sorted(set(packages))))
    taught = teacher(a.work)
    work, clips = ["--work", str(a.work)], a.work / "clips"
    few = a.smoke
    stage("music", clips / "music.jsonl", *work, "--data", str(data), *(["--most-tracks", "2"] if few else []), *(["--corpus", str(a.corpus)] if a.corpus else []))
    stage("general_midi", clips / "general-midi.jsonl", *work, "--data", str(data), *(["--share", "0.05"] if few else []))
    for split, clips_of in (("train", "events"), ("test", "held-out-events")):
        stage("events", clips / f"{clips_of}.jsonl", *work, "--data", str(data), "--split", split, *(["--blocks", "2"] if few else []))
    stage("sounds", clips / "sounds.jsonl", *work, "--data", str(data), *(["--most-files", "12"] if few else []))
    stage("teach", a.work / "targets" / "held-out.npz", *work, "--musicnn", str(taught))
    stage("train", a.work / "student.pt", *work, "--musicnn", str(taught), "--minutes", str(a.minutes), *(["--smoke"] if few else []))
    stage("refit", a.work / "ears.pt", *work, "--musicnn", str(taught))
    stage("measure", a.work / "measured.json", *work, "--musicnn", str(taught))
    stage("card", a.out / "ears.json" if few else a.work / "never", *work, "--musicnn", str(taught), "--out", str(a.out), *(["--most-difference", "0.01"] if few else []))
