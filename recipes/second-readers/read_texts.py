"""Prints what a second reader finds in a text file of a DJ program: `read_texts.py READER FILE`."""

import json
import sys


def pyrekordbox(path):
    from pyrekordbox import RekordboxXml

    xml = RekordboxXml(path)
    tracks = []
    for track in xml.get_tracks():
        tracks.append(
            {
                "key": str(track["TrackID"]),
                "title": track["Name"],
                "location": track["Location"],
                "tempos": [[float(t["Inizio"]), float(t["Bpm"]), int(t["Battito"])] for t in track.tempos],
                "marks": [
                    {
                        "name": mark["Name"],
                        "type": mark["Type"],
                        "start": mark["Start"],
                        "end": mark["End"],
                        "pad": mark["Num"],
                    }
                    for mark in track.marks
                ],
            }
        )
    playlists = []

    def walk(node, folders):
        for child in node.get_playlists() or []:
            if child.is_folder:
                walk(child, folders + [child.name])
            else:
                playlists.append({"name": child.name, "folders": folders, "tracks": [str(k) for k in child.get_tracks()]})

    try:
        walk(xml.root_playlist_folder, [])
    except Exception:
        playlists = None
    return {"tracks": tracks, "playlists": playlists}


def rbox(path):
    import rbox

    xml = rbox.RekordboxXml(path)
    tracks = []
    for track in xml.get_tracks():
        tracks.append(
            {
                "key": str(track.trackid),
                "title": track.name,
                "location": track.location,
                "tempos": [[t.inizio, t.bpm, t.battito] for t in track.tempos or []],
                "marks": [
                    {"name": m.name, "type": m.mark_type, "start": m.start, "end": m.end, "pad": m.num}
                    for m in track.position_marks or []
                ],
            }
        )
    return {"tracks": tracks}


def traktor(path):
    from pathlib import Path

    from traktor_nml_utils import TraktorCollection

    nml = TraktorCollection(path=Path(path)).nml
    tracks = []
    for entry in nml.collection.entry:
        location = entry.location
        tracks.append(
            {
                "title": entry.title,
                "location": None if location is None else [location.volume, location.dir, location.file],
                "bpm": None if entry.tempo is None else float(entry.tempo.bpm),
                "marks": [
                    {
                        "name": cue.name,
                        "type": cue.type,
                        "start": float(cue.start),
                        "length": float(cue.len),
                        "pad": cue.hotcue,
                        "grid": None if getattr(cue, "grid", None) is None else float(cue.grid.bpm),
                    }
                    for cue in entry.cue_v2
                ],
            }
        )
    playlists = []

    def walk(node, folders):
        for child in node.subnodes.node if node.subnodes else []:
            if child.type == "FOLDER":
                walk(child, folders + [child.name])
            elif child.type == "PLAYLIST":
                keys = [e.primarykey.key for e in child.playlist.entry]
                playlists.append({"name": child.name, "folders": folders, "tracks": keys})

    if nml.playlists is not None:
        walk(nml.playlists.node, [])
    return {"tracks": tracks, "playlists": playlists}


def elements(path):
    """Python's own XML reader, for files that the readers of rekordbox refuse: without a product, or without playlists."""
    from xml.etree import ElementTree

    root = ElementTree.parse(path).getroot()
    tracks = [
        {
            "title": track.get("Name"),
            "tempos": [tempo.get("Bpm") for tempo in track.iter("TEMPO")],
            "marks": [{"start": float(mark.get("Start")), "type": mark.get("Type")} for mark in track.iter("POSITION_MARK")],
        }
        for track in root.find("COLLECTION").iter("TRACK")
    ]
    playlists = [{"name": node.get("Name")} for node in root.iter("NODE") if node.get("Type") == "1"]
    return {"tracks": tracks, "playlists": playlists}


def rekordbox(path):
    try:
        return pyrekordbox(path)
    except RuntimeError:
        return elements(path)


def itunes(path):
    """Python's own reader of property lists."""
    import plistlib

    with open(path, "rb") as file:
        return {"tracks": [{"title": track.get("Name")} for track in plistlib.load(file)["Tracks"].values()]}


if __name__ == "__main__":
    readers = {"pyrekordbox": pyrekordbox, "rbox": rbox, "traktor": traktor, "rekordbox": rekordbox, "itunes": itunes}
    print(json.dumps(readers[sys.argv[1]](sys.argv[2])))
