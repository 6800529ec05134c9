import { migrationsTo10 } from './migrations-to-10.ts'

/**
 * The schema, as numbered steps that only go forward: a database at version n has had the first n steps.
 * A released step is never edited.
 */
export const migrations: readonly string[] = [
  ...migrationsTo10,
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
  -- Folders below it that lay on other drives when it was last scanned, as a JSON array of relative paths with slashes.
  ALTER TABLE roots ADD COLUMN mounts TEXT NOT NULL DEFAULT '[]';
  `,
]
