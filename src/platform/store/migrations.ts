import { migrationsTo10 } from './migrations-to-10.ts'
import { migrationsTo20 } from './migrations-to-20.ts'

/**
 * The schema, as numbered steps that only go forward: a database at version n has had the first n steps.
 * A released step is never edited.
 */
export const migrations: readonly string[] = [
  ...migrationsTo10,
  ...migrationsTo20,
  `
  -- What the other program calls a playlist of an import, and how it was before that import brought it up to date, in JSON.
  CREATE TABLE imported_playlists (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    before TEXT,
    PRIMARY KEY (import_id, playlist_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX imported_playlists_by_playlist ON imported_playlists(playlist_id);
  INSERT INTO imported_playlists SELECT import_id, id, json_array(json(folders), name), NULL FROM playlists
    WHERE import_id IS NOT NULL;
  `,
  `
  -- What an import brought stays known when the person deletes it, so that the next import does not bring it again.
  CREATE TABLE known_playlists (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    playlist_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    before TEXT,
    PRIMARY KEY (import_id, playlist_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO known_playlists SELECT import_id, playlist_id, path, before FROM imported_playlists;
  DROP TABLE imported_playlists;
  ALTER TABLE known_playlists RENAME TO imported_playlists;
  CREATE INDEX imported_playlists_by_playlist ON imported_playlists(playlist_id);
  `,
  `
  -- Which imports propose a span: the one that brought it, and every later one that has it, too.
  CREATE TABLE import_proposals (
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    suggestion_id INTEGER NOT NULL REFERENCES imported_suggestions(id) ON DELETE CASCADE,
    PRIMARY KEY (suggestion_id, import_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_proposals_by_import ON import_proposals(import_id);
  INSERT INTO import_proposals SELECT import_id, id FROM imported_suggestions;
  `,
  `
  -- Each time that the library was brought into a catalogue, which keeps the last mark with what was brought in.
  CREATE TABLE catalogue_marks (mark TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
  `
  -- A sigma at the end of a word is searched for as any other. Rows that are missing are made anew.
  UPDATE OR IGNORE my_tags SET tag_key = replace(tag_key, 'ς', 'σ') WHERE tag_key LIKE '%ς%';
  DELETE FROM my_tags WHERE tag_key LIKE '%ς%';
  DELETE FROM track_rows WHERE search_text LIKE '%ς%' OR title_key LIKE '%ς%' OR path_key LIKE '%ς%';
  `,
]
