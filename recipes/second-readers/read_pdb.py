"""rb2engine: prints how many tracks and playlists the database of a rekordbox drive has: `read_pdb.py FILE`."""

import json
import sys
from pathlib import Path

from rb2engine.reader.pdb import parse_export_pdb

path = Path(sys.argv[1])
library = parse_export_pdb(path, path.parent)
playlists = [playlist for playlist in library.playlists if not playlist.is_folder]
print(json.dumps({"tracks": len(library.tracks), "playlists": len(playlists)}))
