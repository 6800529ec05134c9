"""Prints what second readers find in binary files of DJ programs: `read_binaries.py READER FILE...`, a list with one answer a file."""

import json
import os
import subprocess
import sys


def anlz(path):
    """pyrekordbox: beats, phrases and cues of one analysis file."""
    from pyrekordbox import AnlzFile

    file = AnlzFile.parse_file(path)
    found = {"path": None, "beats": [], "phrases": None, "cues": []}
    if "PPTH" in file.tag_types:
        found["path"] = file.get("PPTH")
    if "PQTZ" in file.tag_types:
        beats, bpms, times = file.get("PQTZ")
        found["beats"] = [[int(b), float(bpm), float(t)] for b, bpm, t in zip(beats, bpms, times)]
    if "PSSI" in file.tag_types:
        content = file.get_tag("PSSI").content
        found["phrases"] = {
            "mood": int(content.mood),
            "end": int(content.end_beat),
            "entries": [[int(e.beat), int(e.kind)] for e in content.entries],
        }
    for name in ("PCOB", "PCO2"):
        for tag in file.getall_tags(name) if name in file.tag_types else []:
            for entry in tag.content.entries:
                found["cues"].append([name, int(entry.hot_cue), int(entry.time), int(entry.loop_time), str(entry.get("comment") or "")])
    return found


def sidecaramel(path):
    """sidecaramel, as a program of its own: cues, loops and tempo of an audio file."""
    program = os.path.join(os.path.dirname(sys.executable), "sidecaramel")
    done = subprocess.run([program, "read", path, "--json"], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return {key: found[key] for key in ("bpm", "cues", "loops")}


def serato_tags(path):
    """serato-tools: cues, loops and grid of an MP3 file."""
    from serato_tools.track_beatgrid import TrackBeatgrid
    from serato_tools.track_cues_v2 import TrackCuesV2

    cues, loops = [], []
    for entry in TrackCuesV2(path).entries:
        kind = type(entry).__name__
        if kind == "CueEntry":
            cues.append([entry.index, entry.position, entry.name])
        elif kind == "LoopEntry":
            loops.append([entry.index, entry.startposition, entry.endposition, entry.name])
    grid = [
        [float(m.position), getattr(m, "beats_till_next_marker", None), getattr(m, "bpm", None)]
        for m in TrackBeatgrid(path).entries
        if hasattr(m, "position")
    ]
    return {"cues": cues, "loops": loops, "grid": grid}


def serato_crate(path):
    """serato-tools: the tracks of a crate."""
    from serato_tools.crate import Crate

    return [str(track) for track in Crate(path).tracks()]


READERS = {"anlz": anlz, "sidecaramel": sidecaramel, "serato_tags": serato_tags, "serato_crate": serato_crate}

if __name__ == "__main__":
    print(json.dumps([READERS[sys.argv[1]](path) for path in sys.argv[2:]]))
