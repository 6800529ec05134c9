"""Runs the published peers with default settings and prints what they hear; scoring is done by `bench/evaluate.ts`.

stdin:  JSON list of {"id": str, "path": str}
stdout: one JSON object a line: {"id": str, "estimates": {peer: {"tempo_bpm"?: float, "beat_times"?: [s], "boundaries"?: [s]}}}
stderr: what failed, and why; a peer that fails on a track is left out of that track's line.
"""

import json
import os
import sys
import tempfile

import numpy
import scipy
import scipy.signal

# msaf 0.1.80 still asks for names that SciPy and NumPy have moved since.
scipy.inf = numpy.inf
scipy.signal.gaussian = scipy.signal.windows.gaussian
for name, value in (("inf", numpy.inf), ("float_", numpy.float64), ("float", float), ("int", int), ("bool", bool)):
    if not hasattr(numpy, name):
        setattr(numpy, name, value)

import essentia
import essentia.standard
import librosa
import msaf
import soundfile

essentia.log.infoActive = False
ESSENTIA_RATE_HZ = 44100  # the rate its rhythm extractors are made for
LIBROSA_RATE_HZ = 22050  # its default
MSAF_SEGMENTERS = ("scluster", "sf", "foote")


def essentia_rhythm(samples):
    tempo, beats, _, _, _ = essentia.standard.RhythmExtractor2013(method="multifeature")(samples)
    return {"tempo_bpm": float(tempo), "beat_times": [float(beat) for beat in beats]}


def essentia_percival(samples):
    return {"tempo_bpm": float(essentia.standard.PercivalBpmEstimator()(samples))}


def librosa_beats(samples):
    tempo, beats = librosa.beat.beat_track(y=samples, sr=LIBROSA_RATE_HZ, units="time")
    return {"tempo_bpm": float(numpy.atleast_1d(tempo)[0]), "beat_times": [float(beat) for beat in beats]}


def msaf_boundaries(path, segmenter):
    times, _ = msaf.process(path, boundaries_id=segmenter, feature="pcp")
    return {"boundaries": [float(time) for time in times][1:-1]}


def hear(path):
    samples, _ = librosa.load(path, sr=ESSENTIA_RATE_HZ, mono=True)
    samples = samples.astype(numpy.float32)
    half = librosa.resample(samples, orig_sr=ESSENTIA_RATE_HZ, target_sr=LIBROSA_RATE_HZ)
    peers = {
        "Essentia RhythmExtractor2013": lambda: essentia_rhythm(samples),
        "Essentia Percival": lambda: essentia_percival(samples),
        "librosa": lambda: librosa_beats(half),
    }
    with tempfile.TemporaryDirectory() as folder:
        # msaf writes a features file beside its input: give it a copy, so that the user's folder stays as it is.
        copy = os.path.join(folder, "track.wav")
        soundfile.write(copy, half, LIBROSA_RATE_HZ)
        os.chdir(folder)
        for segmenter in MSAF_SEGMENTERS:
            peers[f"MSAF {segmenter}"] = lambda segmenter=segmenter: msaf_boundaries(copy, segmenter)
        estimates = {}
        for peer, estimate in peers.items():
            try:
                estimates[peer] = estimate()
            except Exception as error:  # a peer's fault must not hide the others' figures
                print(f"{os.path.basename(path)}: {peer}: {error!r}", file=sys.stderr)
        os.chdir("/")
    return estimates


for track in json.load(sys.stdin):
    try:
        print(json.dumps({"id": track["id"], "estimates": hear(track["path"])}), flush=True)
    except Exception as error:
        print(f"{track['path']}: {error!r}", file=sys.stderr)
