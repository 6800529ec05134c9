/** Steps eleven to twenty of the schema. */
export const migrationsTo20: readonly string[] = [
  `
  -- What was brought in from a library of another DJ program, each time.
  CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    program TEXT NOT NULL,
    version TEXT,
    format TEXT NOT NULL,
    source TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    undone_at TEXT
  ) STRICT;

  -- Spans that an import proposes. A decision that is withdrawn leaves the span open again.
  CREATE TABLE imported_suggestions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    start_beat REAL NOT NULL,
    end_beat REAL NOT NULL CHECK (end_beat > start_beat),
    kind TEXT NOT NULL CHECK (kind IN ('intro', 'build', 'drop', 'break', 'outro', 'verse', 'chorus')),
    confidence REAL NOT NULL,
    element TEXT NOT NULL CHECK (element IN ('loop', 'cue', 'phrase')),
    name TEXT,
    decision_id INTEGER REFERENCES suggestion_decisions(id) ON DELETE SET NULL,
    -- The label that it became, and which acceptance made it: one acceptance is taken back as one.
    label_id INTEGER REFERENCES labels(id) ON DELETE SET NULL,
    acceptance INTEGER
  ) STRICT;
  CREATE INDEX imported_suggestions_by_track ON imported_suggestions(track_id);
  CREATE INDEX imported_suggestions_by_import ON imported_suggestions(import_id);
  CREATE INDEX imported_suggestions_by_decision ON imported_suggestions(decision_id);
  CREATE INDEX imported_suggestions_by_label ON imported_suggestions(label_id);

  -- What an import changed of a track besides: notes or grid, before and after, so that it can be taken back.
  CREATE TABLE import_changes (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    what TEXT NOT NULL CHECK (what IN ('notes', 'grid')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (import_id, track_id, what)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_changes_by_track ON import_changes(track_id);

  -- What the person said that names and colours of cues stand for, by program; without a kind they stand for no section.
  CREATE TABLE cue_names (
    program TEXT NOT NULL,
    cue_key TEXT NOT NULL,
    kind TEXT,
    PRIMARY KEY (program, cue_key)
  ) STRICT, WITHOUT ROWID;

  -- Kept, ordered groups of tracks; folders is a JSON array of names, the outermost first.
  CREATE TABLE playlists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folders TEXT NOT NULL DEFAULT '[]',
    position INTEGER NOT NULL,
    import_id INTEGER REFERENCES imports(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE playlist_tracks (
    playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    PRIMARY KEY (playlist_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX playlist_tracks_by_track ON playlist_tracks(track_id);

  -- Suggestions of an import are sections that sound like something, too.
  ${['INSERT', 'UPDATE', 'DELETE']
    .map(
      (
        change,
      ) => `CREATE TRIGGER sections_sound_after_${change.toLowerCase()}_of_imported_suggestions AFTER ${change} ON imported_suggestions BEGIN
    UPDATE sound_revisions SET revision = revision + 1 WHERE kind = 'sections';
  END;`,
    )
    .join('\n  ')}
  `,
  `
  -- A smart playlist keeps what it finds tracks by, as JSON, and no tracks.
  ALTER TABLE playlists ADD COLUMN filter TEXT;

  -- Folders of playlists that stay while nothing is in them, each a JSON array of names, the outermost first.
  CREATE TABLE playlist_folders (folders TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- What a person did with playlists, so that it can be taken back: the playlists as JSON, before and after.
  CREATE TABLE playlist_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    says TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0,
    changed_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Sets: what a person plans to play, as versions of which one is in force. What is undone stays a version, so nothing is lost.
  CREATE TABLE sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE set_versions (
    set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    -- The version that it was made of; null for the first.
    parent INTEGER,
    name TEXT NOT NULL,
    -- What was done, in words.
    change TEXT NOT NULL,
    tracks INTEGER NOT NULL,
    -- Of the JSON in content: a program that knows only lower ones shows the set and leaves it alone.
    content_schema INTEGER NOT NULL,
    content TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (set_id, version)
  ) STRICT;
  -- The tracks of the versions in force: none of them is forgotten unasked.
  CREATE TABLE set_tracks (
    set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    PRIMARY KEY (set_id, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX set_tracks_by_track ON set_tracks(track_id);
  `,
  `
  -- What an import holds of tracks that have no beat grid yet: it becomes suggestions once they are analysed.
  CREATE TABLE waiting_cues (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    -- Whether the other program's grid takes the place of ours.
    grids TEXT NOT NULL CHECK (grids IN ('none', 'unsure', 'all')),
    -- JSON: cues, phrases and the grid as they were read.
    marks TEXT NOT NULL,
    PRIMARY KEY (import_id, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX waiting_cues_by_track ON waiting_cues(track_id);
  `,
  `
  -- How often tags of a network are true of music, by the digest of its card; from \`shown_from\` of a track's time on a tag is shown.
  CREATE TABLE tag_precision (
    pack_digest TEXT NOT NULL,
    tag TEXT NOT NULL,
    heard_precision REAL NOT NULL,
    shown_from REAL,
    shown_precision REAL,
    PRIMARY KEY (pack_digest, tag)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Folders below it that lay on other drives when it was last scanned, as a JSON array of relative paths with slashes.
  ALTER TABLE roots ADD COLUMN mounts TEXT NOT NULL DEFAULT '[]';
  `,
  `
  -- Windows that the person has moved: over which beats a track goes into another. The length is in beats of the first.
  CREATE TABLE kept_transitions (
    id INTEGER PRIMARY KEY,
    from_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    to_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    from_beat REAL NOT NULL,
    to_beat REAL NOT NULL,
    beats REAL NOT NULL CHECK (beats > 0),
    curve TEXT NOT NULL CHECK (curve IN ('blend', 'bass swap', 'cut')),
    bass_swap_beat REAL,
    nudge_ms REAL NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (from_id, to_id)
  ) STRICT;
  CREATE INDEX kept_transitions_by_next ON kept_transitions(to_id);
  `,
  `
  -- Grids that an import found and did not put in force, each as the edit that would, in JSON.
  CREATE TABLE offered_grids (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    edit TEXT NOT NULL,
    PRIMARY KEY (import_id, track_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX offered_grids_by_track ON offered_grids(track_id);
  `,
  `
  -- What models that had not seen them said against labels, as JSON, and a digest of all labels as they were then.
  CREATE TABLE label_checkup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    labels_digest TEXT NOT NULL,
    labels INTEGER NOT NULL,
    tracks INTEGER NOT NULL,
    suspects TEXT NOT NULL,
    made_at TEXT NOT NULL
  ) STRICT;

  -- What the person has dismissed for good: a code, about a stretch of time, which no edit of the grid moves.
  CREATE TABLE dismissed_findings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    -- Of the label; null for what is about the grid.
    kind TEXT,
    start_seconds REAL NOT NULL,
    end_seconds REAL NOT NULL,
    dismissed_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX dismissed_findings_by_track ON dismissed_findings(track_id);

  -- What was done with labels at one press, and what takes it back, as JSON.
  CREATE TABLE label_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    says TEXT NOT NULL,
    way_back TEXT NOT NULL,
    made_at TEXT NOT NULL,
    undone_at TEXT
  ) STRICT;

  -- Labels that were accepted many at a time and that nobody has looked at since.
  CREATE TABLE bulk_labels (
    label_id INTEGER PRIMARY KEY REFERENCES labels(id) ON DELETE CASCADE,
    step_id INTEGER NOT NULL REFERENCES label_steps(id) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX bulk_labels_by_step ON bulk_labels(step_id);
  -- Whoever changes a label has looked at it; an edit of the grid only moves it.
  CREATE TRIGGER bulk_labels_after_change AFTER UPDATE OF kind, source ON labels
  WHEN old.kind <> new.kind OR old.source <> new.source BEGIN
    DELETE FROM bulk_labels WHERE label_id = old.id;
  END;

  -- What the person called a stretch when asked again without seeing the label.
  CREATE TABLE relabellings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
    start_seconds REAL NOT NULL,
    end_seconds REAL NOT NULL,
    labelled TEXT NOT NULL,
    said TEXT NOT NULL,
    said_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX relabellings_by_track ON relabellings(track_id);
  `,
  `
  -- Parts of the library that models are trained for by themselves, such as a genre. A removed one stays, so that its versions keep
  -- their meaning and it can come back. The filter is JSON; the proof says whether its active version does better than the general one.
  CREATE TABLE model_scopes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    filter TEXT NOT NULL,
    active_version INTEGER,
    proof TEXT,
    created_at TEXT NOT NULL,
    removed_at TEXT
  ) STRICT;

  -- Lenses: vocabularies of the person's own. Each of their kinds is one of the seven for everybody else. A kind that is taken out of its
  -- lens stays on the labels that have it.
  CREATE TABLE lenses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    removed_at TEXT
  ) STRICT;
  CREATE TABLE own_kinds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lens_id INTEGER NOT NULL REFERENCES lenses(id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    colour TEXT NOT NULL,
    key TEXT,
    maps_to TEXT NOT NULL CHECK (maps_to IN ('intro', 'build', 'drop', 'break', 'outro', 'verse', 'chorus')),
    created_at TEXT NOT NULL,
    removed_at TEXT
  ) STRICT;
  ALTER TABLE labels ADD COLUMN own_kind_id INTEGER REFERENCES own_kinds(id);
  CREATE INDEX labels_by_own_kind ON labels(own_kind_id);
  `,
]
