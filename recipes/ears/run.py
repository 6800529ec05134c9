"""From an empty folder to the network, its card and its tables: `python run.py --work DIR`. Stages that are done are not done again.

Needs `apt-get`, `dpkg`, `ffmpeg`, `fluidsynth`, `espeak-ng`, `flite`, `lmms` and Node; the packages are only unpacked, never installed."""
import argparse
import subprocess
import sys
from pathlib import Path

from music import PACKAGES as MUSIC
from sounds import PACKAGES as SOUNDS
from sounds import SPEAKERS

FONTS = ("fluid-soundfont-gm", "musescore-general-soundfont-small", "csound-soundfont", "opl3-soundfont", "timgm6mb-soundfont")
TEACHER = "musicnn==0.1.0"
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
    parser.add_argument("--minutes", type=float, default=20, help="of each of the two stages of training")
    parser.add_argument("--smoke", action="store_true", help="a few clips and steps of everything; the result hears nothing")
    a = parser.parse_args()
    data = a.work / "packages"
    data.mkdir(parents=True, exist_ok=True)
    for each in (*(set(MUSIC) - {"lmms-rendered"}), "lmms-common", *SOUNDS, *SPEAKERS, *FONTS):
        fetch(data, each)
    taught = teacher(a.work)
    work, clips = ["--work", str(a.work)], a.work / "clips"
    few = a.smoke
    stage("music", clips / "music.jsonl", *work, "--data", str(data), *(["--most-tracks", "2"] if few else []), *(["--corpus", str(a.corpus)] if a.corpus else []))
    stage("general_midi", clips / "general-midi.jsonl", *work, "--data", str(data), *(["--share", "0.05"] if few else []))
    stage("events", clips / "events.jsonl", *work, "--data", str(data), *(["--count", "300"] if few else []))
    stage("sounds", clips / "sounds.jsonl", *work, "--data", str(data), *(["--most-files", "12"] if few else []))
    stage("teach", a.work / "targets" / "music.npz", *work, "--musicnn", str(taught))
    for part, file in (("first", "first.pt"), ("second", "student.pt")):
        stage("train", a.work / file, *work, "--musicnn", str(taught), "--stage", part, "--minutes", str(a.minutes), *(["--smoke"] if few else []))
    stage("measure", a.work / "measured.json", *work, "--musicnn", str(taught))
    stage("card", a.out / "ears.json" if few else a.work / "never", *work, "--musicnn", str(taught), "--out", str(a.out))
