/** Each brings a catalogue one version further, whole or not at all. Append only: catalogues of every version are out there. */
export const CATALOGUE_MIGRATIONS: readonly string[] = [
  `CREATE EXTENSION IF NOT EXISTS vector;

  -- The one row that says what this catalogue is.
  CREATE TABLE algiers.catalogue (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    spec text NOT NULL,
    objects text,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE algiers.teams (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
  CREATE TABLE algiers.users (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    team_id integer NOT NULL REFERENCES algiers.teams,
    role text NOT NULL CHECK (role IN ('reader', 'labeller', 'owner')),
    token_salt bytea NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE algiers.prefixes (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, url text NOT NULL UNIQUE);

  -- The columns after last_path are what lists are sorted and narrowed by; NULL is what is not known.
  CREATE TABLE algiers.tracks (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audio_digest text NOT NULL UNIQUE,
    tags jsonb NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    last_path text,
    analysis_id bigint,
    title_key text COLLATE "C" NOT NULL,
    artist_key text COLLATE "C",
    genre_key text COLLATE "C",
    search_text text NOT NULL,
    year integer,
    bpm double precision,
    camelot text,
    energy double precision,
    duration_seconds double precision,
    loudness_lufs double precision,
    embedding halfvec(512),
    pack_digest text
  );
  CREATE INDEX tracks_by_title ON algiers.tracks (title_key, id);
  CREATE INDEX tracks_by_artist ON algiers.tracks (artist_key, title_key, id);
  CREATE INDEX tracks_by_bpm ON algiers.tracks (bpm, id);
  CREATE INDEX tracks_by_energy ON algiers.tracks (energy, id);
  CREATE INDEX tracks_by_duration ON algiers.tracks (duration_seconds, id);
  CREATE INDEX tracks_by_key ON algiers.tracks (camelot, id);
  CREATE INDEX tracks_by_sound ON algiers.tracks USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 100);

  -- A file of a track, and how far its analysis has come. This, not the queue, is what may never be lost.
  CREATE TABLE algiers.files (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    prefix_id integer NOT NULL REFERENCES algiers.prefixes,
    key text NOT NULL,
    size_bytes bigint NOT NULL,
    stamp text NOT NULL,
    priority integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'queued', 'done', 'dead')),
    job_id uuid,
    track_id integer REFERENCES algiers.tracks,
    file_digest text,
    finished_at timestamptz,
    UNIQUE (prefix_id, key)
  );
  CREATE INDEX files_waiting ON algiers.files (priority DESC, id) WHERE state = 'waiting';
  CREATE INDEX files_queued ON algiers.files (id) WHERE state = 'queued';
  CREATE INDEX files_of_track ON algiers.files (track_id);
  CREATE INDEX files_finished ON algiers.files (finished_at) WHERE finished_at IS NOT NULL;
  CREATE TABLE algiers.dead_letters (
    file_id integer PRIMARY KEY REFERENCES algiers.files ON DELETE CASCADE,
    code text NOT NULL,
    detail text NOT NULL,
    died_at timestamptz NOT NULL DEFAULT now()
  );

  -- One result for a recording and a way to analyse it, however often it was made.
  CREATE TABLE algiers.analyses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audio_digest text NOT NULL REFERENCES algiers.tracks (audio_digest),
    spec text NOT NULL,
    feature_spec text NOT NULL,
    grid jsonb NOT NULL,
    grid_digest text NOT NULL,
    duration_seconds double precision NOT NULL,
    facts jsonb NOT NULL,
    vector real[] NOT NULL,
    heard_flags jsonb,
    sections jsonb,
    sections_version integer,
    sections_spec text,
    analysed_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX analyses_once ON algiers.analyses (audio_digest, spec);
  ALTER TABLE algiers.tracks ADD FOREIGN KEY (analysis_id) REFERENCES algiers.analyses;

  CREATE TABLE algiers.heard_tags (
    track_id integer NOT NULL REFERENCES algiers.tracks ON DELETE CASCADE,
    tag text NOT NULL,
    tag_group text NOT NULL,
    share double precision NOT NULL,
    probability double precision NOT NULL,
    PRIMARY KEY (track_id, tag)
  );
  CREATE INDEX heard_tags_by_tag ON algiers.heard_tags (tag, share);
  CREATE TABLE algiers.tag_precision (
    pack_digest text NOT NULL,
    tag text NOT NULL,
    heard_precision double precision NOT NULL,
    shown_from double precision,
    shown_precision double precision,
    PRIMARY KEY (pack_digest, tag)
  );

  -- Where no folder or bucket is named for them, derived bytes are kept here.
  CREATE TABLE algiers.objects (key text PRIMARY KEY, bytes bytea NOT NULL);

  -- Labels belong to a team; whoever edits those of a track holds its row here meanwhile.
  CREATE TABLE algiers.labelled_tracks (
    team_id integer NOT NULL REFERENCES algiers.teams,
    track_id integer NOT NULL REFERENCES algiers.tracks ON DELETE CASCADE,
    PRIMARY KEY (team_id, track_id)
  );
  CREATE TABLE algiers.labels (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id integer NOT NULL,
    track_id integer NOT NULL,
    kind text NOT NULL,
    start_beat double precision NOT NULL,
    end_beat double precision NOT NULL,
    source text NOT NULL,
    made_by integer REFERENCES algiers.users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (team_id, track_id) REFERENCES algiers.labelled_tracks ON DELETE CASCADE
  );
  CREATE INDEX labels_of_track ON algiers.labels (team_id, track_id, start_beat);

  -- What has happened, so that whoever was away catches up. A null team means everybody.
  CREATE TABLE algiers.events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id integer REFERENCES algiers.teams ON DELETE CASCADE,
    event jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );`,
]
