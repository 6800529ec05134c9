/** The first ten steps of the schema. */
export const migrationsTo10: readonly string[] = [
  `
  CREATE TABLE roots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    added_at TEXT NOT NULL,
    scanned_at TEXT,
    offline_since TEXT
  ) STRICT;

  CREATE TABLE tracks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    audio_digest TEXT NOT NULL UNIQUE,
    tags TEXT NOT NULL,
    added_at TEXT NOT NULL
  ) STRICT;

  -- Where the audio of a track lies: several for copies, none when its root was removed.
  CREATE TABLE locations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE RESTRICT,
    root_id INTEGER NOT NULL REFERENCES roots(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    missing_since TEXT,
    UNIQUE (root_id, path)
  ) STRICT;
  CREATE INDEX locations_by_track ON locations(track_id);

  -- Every version of a track's beat grid; the highest is in force.
  CREATE TABLE grids (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE RESTRICT,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('estimated', 'edited')),
    edit TEXT,
    grid TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (track_id, version)
  ) STRICT;

  CREATE TABLE analyses (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE RESTRICT,
    audio_digest TEXT NOT NULL,
    grid_digest TEXT NOT NULL,
    feature_spec_digest TEXT NOT NULL,
    duration_seconds REAL NOT NULL,
    facts TEXT NOT NULL,
    analysed_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE analysis_failures (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE RESTRICT,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    failed_at TEXT NOT NULL
  ) STRICT;

  -- RESTRICT: nothing that deletes a track may take labels with it.
  CREATE TABLE labels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE RESTRICT,
    start_beat REAL NOT NULL,
    end_beat REAL NOT NULL CHECK (end_beat > start_beat),
    kind TEXT NOT NULL CHECK (kind IN ('intro', 'build', 'drop', 'break', 'outro', 'verse', 'chorus')),
    source TEXT NOT NULL CHECK (source IN ('user', 'imported', 'auto_detected')),
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX labels_by_track ON labels(track_id, start_beat);

  -- Numbers that were ever published; the files in models/ are the truth about what exists.
  CREATE TABLE model_versions (
    version INTEGER PRIMARY KEY,
    published_at TEXT NOT NULL,
    deleted_at TEXT,
    active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1))
  ) STRICT;
  CREATE UNIQUE INDEX one_active_model ON model_versions(active) WHERE active = 1;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
  `
  -- What runs or ran. Payload, progress, result and error are JSON; engine/jobs/ says what they hold for each kind.
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    priority INTEGER NOT NULL,
    payload TEXT NOT NULL,
    progress TEXT NOT NULL,
    result TEXT,
    error TEXT,
    attempt INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    started_at TEXT,
    completed_at TEXT
  ) STRICT;
  CREATE INDEX jobs_by_status ON jobs(status, priority DESC, id);
  CREATE UNIQUE INDEX one_live_training ON jobs(kind)
    WHERE kind = 'train' AND status NOT IN ('completed', 'failed', 'cancelled');

  -- What a model version made of a track, and the digests of what it was made from.
  CREATE TABLE sections (
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    model_version INTEGER NOT NULL,
    grid_digest TEXT NOT NULL,
    feature_spec_digest TEXT NOT NULL,
    sections TEXT NOT NULL,
    lowest_confidence REAL NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (track_id, model_version)
  ) STRICT;

  -- What a person said about a proposed span: it is not proposed again.
  CREATE TABLE suggestion_decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE RESTRICT,
    start_beat REAL NOT NULL,
    end_beat REAL NOT NULL CHECK (end_beat > start_beat),
    kind TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected')),
    model_version INTEGER,
    decided_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_track ON suggestion_decisions(track_id);

  -- What lists are searched, filtered and sorted by; derived from the other tables, and filled in at every start where it lacks rows.
  CREATE TABLE track_rows (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE CASCADE,
    title_key TEXT NOT NULL,
    artist_key TEXT,
    search_text TEXT NOT NULL,
    bpm REAL,
    camelot TEXT,
    energy REAL,
    duration_seconds REAL
  ) STRICT;
  CREATE INDEX track_rows_by_title ON track_rows(title_key);
  `,
  `
  -- How a track sounds, in little-endian float32; vectors of one spec are compared with each other.
  CREATE TABLE track_vectors (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE CASCADE,
    grid_digest TEXT NOT NULL,
    spec_digest TEXT NOT NULL,
    vector BLOB NOT NULL
  ) STRICT;
  `,
  `
  -- What a network heard in a track as a whole: the direction of its embeddings in little-endian float32, and the tags that were heard at all.
  -- Of its windows the cache tells.
  CREATE TABLE heard_tracks (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE CASCADE,
    audio_digest TEXT NOT NULL,
    pack_digest TEXT NOT NULL,
    embedding BLOB NOT NULL
  ) STRICT;
  CREATE TABLE heard_tags (
    track_id INTEGER NOT NULL REFERENCES heard_tracks(track_id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    tag_group TEXT NOT NULL,
    share REAL NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (track_id, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX heard_tags_by_tag ON heard_tags(tag, share);
  `,
  `
  -- How often what an index of sounds is made from has changed: an index that was made at another number is out of date.
  CREATE TABLE sound_revisions (kind TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
  INSERT INTO sound_revisions VALUES ('tracks', 1), ('sections', 1);

  -- How the labels and suggestions of a track sound, in their order: little-endian float32, of one width each; embeddings only where heard.
  -- Origin tells what they were made from.
  CREATE TABLE section_vectors (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    parts TEXT NOT NULL,
    features BLOB,
    embeddings BLOB
  ) STRICT;
  ${[
    ...['track_vectors', 'heard_tracks', 'grids'].map((table) => ['tracks', table] as const),
    ...['labels', 'sections', 'suggestion_decisions', 'model_versions', 'grids', 'heard_tracks', 'settings'].map(
      (table) => ['sections', table] as const,
    ),
  ]
    .flatMap(([kind, table]) =>
      ['INSERT', 'UPDATE', 'DELETE'].map(
        (
          change,
        ) => `CREATE TRIGGER ${kind}_sound_after_${change.toLowerCase()}_of_${table} AFTER ${change} ON ${table} BEGIN
    UPDATE sound_revisions SET revision = revision + 1 WHERE kind = '${kind}';
  END;`,
      ),
    )
    .join('\n  ')}

  -- Flags of the recording that follow from what is heard.
  ALTER TABLE heard_tracks ADD COLUMN flags TEXT NOT NULL DEFAULT '{"version":0,"flags":[]}';
  `,
  `
  -- Where the labels and decisions of a track lay before a version of its grid, and where they were carried to: a restored grid puts them back exactly.
  ALTER TABLE grids ADD COLUMN moves TEXT NOT NULL DEFAULT '[]';
  `,
  `
  -- How a person wants doubtful tags to be read: an encoding, 'as written', or nothing decided.
  ALTER TABLE tracks ADD COLUMN tag_reading TEXT;
  `,
  `
  -- Where a file of the track lay when it was last seen, so that the track keeps its name once its folder is taken out.
  ALTER TABLE tracks ADD COLUMN last_path TEXT;
  UPDATE tracks SET last_path = (
    SELECT roots.path || '/' || locations.path FROM locations JOIN roots ON roots.id = root_id
    WHERE track_id = tracks.id ORDER BY missing_since IS NOT NULL, locations.id LIMIT 1);
  -- Of a folder that an earlier version took out, only the searched text still has the name: its last line.
  UPDATE tracks SET last_path = (
    SELECT NULLIF(substr(search_text, length(rtrim(search_text, replace(search_text, char(10), ''))) + 1), '')
    FROM track_rows WHERE track_id = tracks.id)
  WHERE last_path IS NULL;

  -- Whether a track has a file is asked of all tracks at once.
  CREATE INDEX locations_at_hand ON locations(track_id, root_id, missing_since);
  DROP INDEX locations_by_track;

  -- Files that a person does not want in the library; scans pass over them.
  CREATE TABLE ignored_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id INTEGER NOT NULL REFERENCES roots(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    ignored_at TEXT NOT NULL,
    UNIQUE (root_id, path)
  ) STRICT;
  `,
  `
  -- What a person notes of a track; it never goes into the file.
  CREATE TABLE track_notes (
    track_id INTEGER PRIMARY KEY REFERENCES tracks(id) ON DELETE CASCADE,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    colour TEXT,
    comment TEXT,
    changed_at TEXT NOT NULL
  ) STRICT;
  -- The tags of the person's own making; the key is what two spellings of one tag have in common.
  CREATE TABLE my_tags (
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    tag_key TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (track_id, tag_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX my_tags_by_key ON my_tags(tag_key);

  -- Which version of the reader read the tags: those of an earlier one are read again by the next scan.
  ALTER TABLE tracks ADD COLUMN tags_version INTEGER NOT NULL DEFAULT 0;

  -- More to search, filter and sort by. The rows are filled in again at the next start.
  ALTER TABLE track_rows ADD COLUMN genre_key TEXT;
  ALTER TABLE track_rows ADD COLUMN year INTEGER;
  ALTER TABLE track_rows ADD COLUMN tag_bpm REAL;
  ALTER TABLE track_rows ADD COLUMN tag_camelot TEXT;
  ALTER TABLE track_rows ADD COLUMN added_at TEXT;
  ALTER TABLE track_rows ADD COLUMN bit_rate_kbps INTEGER;
  ALTER TABLE track_rows ADD COLUMN format TEXT;
  ALTER TABLE track_rows ADD COLUMN loudness_lufs REAL;
  ALTER TABLE track_rows ADD COLUMN path_key TEXT;
  ALTER TABLE track_rows ADD COLUMN doubtful_grid INTEGER;
  ALTER TABLE track_rows ADD COLUMN rating INTEGER;
  ALTER TABLE track_rows ADD COLUMN colour INTEGER;
  ALTER TABLE track_rows ADD COLUMN comment_key TEXT;
  ALTER TABLE track_rows ADD COLUMN my_tags_key TEXT;
  DELETE FROM track_rows;
  `,
  `
  -- A file stays ignored when its folder is taken out and comes back, or lies in a second folder: it is known by its whole path.
  CREATE TABLE ignored_paths (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    ignored_at TEXT NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO ignored_paths (id, path, title, ignored_at)
    SELECT ignored_files.id, rtrim(roots.path, '/') || '/' || ignored_files.path, title, ignored_at
    FROM ignored_files JOIN roots ON roots.id = root_id ORDER BY ignored_files.id;
  DROP TABLE ignored_files;
  ALTER TABLE ignored_paths RENAME TO ignored_files;
  `,
]
