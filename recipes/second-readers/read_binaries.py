"""Prints what second readers find in binary files of DJ programs: `read_binaries.py READER FILE...`, a list with one answer a file."""

import json
import os
import struct
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


def tag_ogg(path):
    """sidecaramel writes one cue, one loop and a grid into an Ogg file, as FLAC has them; into "bare…" mutagen does, as triseratops reads them."""
    import base64

    from mutagen import File
    from sidecaramel.tags import write_serato_vorbis_blob

    entry = lambda name, body: name + b"\0" + struct.pack(">I", len(body)) + body
    cue = struct.pack(">BBIBBBBH", 0, 2, 1500, 0, 0xCC, 0, 0, 0) + "Drop é".encode() + b"\0"
    loop = struct.pack(">BBII", 0, 0, 2000, 4000) + b"\xff\xff\xff\xff\0\x27\xaa\xe1\0\0Loop\0"
    content = b"\1\1" + entry(b"CUE", cue) + entry(b"LOOP", loop) + b"\0"
    letters = base64.b64encode(content)
    if os.path.basename(path).startswith("bare"):
        file = File(path)
        file["serato_markers2"] = letters.decode().rstrip("=")
        file.save()
    else:
        grid = struct.pack(">HIffB", 0x100, 1, 0.5, 126, 0)
        write_serato_vorbis_blob(path, "Serato Markers2", b"\1\1" + letters, confirm=True)
        write_serato_vorbis_blob(path, "Serato BeatGrid", grid, confirm=True)
    return None


def ogg_marks(path):
    """mutagen: the fields of an Ogg file, and whether its pages are whole and counted; sidecaramel: what the bare marks in one of them say."""
    from mutagen import File
    from mutagen.ogg import OggPage
    from sidecaramel.tags import parse_serato_markers2_full

    with open(path, "rb") as file:
        pages = []
        try:
            while True:
                start = file.tell()
                page = OggPage(file)
                end = file.tell()
                file.seek(start)
                pages.append([page.sequence, page.write() == file.read(end - start)])
        except EOFError:
            pass
    tags = File(path).tags
    letters = tags["serato_markers2"][0].encode()
    found = parse_serato_markers2_full(b"\1\1" + letters.replace(b"\n", b""))
    return {
        "pages": all(number == at and whole for at, (number, whole) in enumerate(pages)),
        "fields": sorted(key for key, _ in tags),
        "grid": tags["serato_beatgrid"][0],
        "cues": [[cue["idx"], cue["pos_ms"], cue["label"]] for cue in found["cues"]],
        "loops": [[loop["idx"], loop["start_ms"], loop["end_ms"], loop["label"]] for loop in found["loops"]],
    }


def serato_crate(path):
    """serato-tools: the tracks of a crate."""
    from serato_tools.crate import Crate

    return [str(track) for track in Crate(path).tracks()]


def serato_frame(path):
    """sidecaramel: what one frame of Serato holds, lifted out of its file; FLAC and MP4 keep it in an envelope of base64."""
    import base64

    from sidecaramel.tags import _parse_serato_beatgrid, parse_serato_markers2_full, parse_serato_markers_v1_full

    with open(path, "rb") as file:
        frame = file.read()
    if "/flac/" in path or "/mp4/" in path:
        letters = frame.replace(b"\n", b"").split(b"\0")[0]
        letters += b"A==" if len(letters) % 4 == 1 else b"=" * (-len(letters) % 4)
        frame = base64.b64decode(letters).split(b"\0", 3)[3]
    name = os.path.basename(path).split(".")[0]
    if name == "Serato BeatGrid":
        grid = _parse_serato_beatgrid(frame) or {"markers": [], "bpm": None}
        return {"markers": len(grid["markers"]) + (grid["bpm"] is not None), "bpm": grid["bpm"]}
    if name == "Serato Autotags":
        return {"bpm": float(frame[2:].split(b"\0")[0])}
    found = (parse_serato_markers2_full if name == "Serato Markers2" else parse_serato_markers_v1_full)(frame)
    return {"cues": len(found["cues"]), "loops": len(found["loops"])}


def serato_database(path):
    """serato-tools: the files that Serato's database names."""
    from serato_tools.database_v2 import DatabaseV2

    tracks = [entry["value"] for entry in DatabaseV2(path).to_dicts() if entry["field"] == "otrk"]
    return [part["value"] for track in tracks for part in track if part["field"] == "pfil"]


def mixxx(path):
    """Python's own SQLite: tracks of a Mixxx library, and the hot cues and loops that lie within their track."""
    import sqlite3

    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    count = lambda sql: database.execute(sql).fetchone()[0]
    set_cues = """SELECT count(*) FROM cues JOIN library ON library.id = track_id
        WHERE hotcue >= 0 AND position != -1 AND position / (2.0 * samplerate) <= duration"""
    return {
        "tracks": count("SELECT count(*) FROM library WHERE mixxx_deleted = 0"),
        "cues": count(f"{set_cues} AND cues.type = 1"),
        "loops": count(f"{set_cues} AND cues.type = 4 AND length > 0"),
    }


def engine(path):
    """Python's own SQLite and zlib: tracks and playlists of an Engine library, with the quick cues that are set, and the grids."""
    import sqlite3
    import zlib

    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    cues, grids = 0, 0
    for quick, beats in database.execute("SELECT quickCues, beatData FROM PerformanceData"):
        body = zlib.decompress(quick[4:]) if quick else b""
        at = 8
        for _ in range(int.from_bytes(body[:8], "big")):
            length = body[at]
            cues += struct.unpack(">d", body[at + 1 + length : at + 9 + length])[0] >= 0
            at += 13 + length
        body = zlib.decompress(beats[4:]) if beats else b""
        grids += len(body) > 25 and int.from_bytes(body[17:25], "big") > 0
    count = lambda table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return {"tracks": count("Track"), "playlists": count("(SELECT DISTINCT listId FROM PlaylistEntity)"), "cues": cues, "grids": grids}


READERS = {
    "anlz": anlz,
    "sidecaramel": sidecaramel,
    "serato_tags": serato_tags,
    "serato_crate": serato_crate,
    "serato_frame": serato_frame,
    "tag_ogg": tag_ogg,
    "ogg_marks": ogg_marks,
    "serato_database": serato_database,
    "mixxx": mixxx,
    "engine": engine,
}

if __name__ == "__main__":
    print(json.dumps([READERS[sys.argv[1]](path) for path in sys.argv[2:]]))
