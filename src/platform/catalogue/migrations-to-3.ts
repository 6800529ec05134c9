/** From an empty database to a catalogue of the third version. */
export const MIGRATIONS_TO_3: readonly string[] = [
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

  `
  -- The digest of a grid is that of its text, so the text is kept.
  ALTER TABLE algiers.analyses ALTER COLUMN grid TYPE json USING grid::text::json;

  ALTER TABLE algiers.prefixes ADD COLUMN added_at timestamptz NOT NULL DEFAULT now();

  -- Grids of tracks that a team works on: its labels are counted on them, whatever a later analysis finds. The highest version is in force.
  CREATE TABLE algiers.team_grids (
    team_id integer NOT NULL,
    track_id integer NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    origin text NOT NULL CHECK (origin IN ('estimated', 'edited')),
    edit text,
    grid json NOT NULL,
    moves json NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT now(),
    -- So long nobody else measures the track on it, and how often that was begun.
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    tries integer NOT NULL DEFAULT 0,
    PRIMARY KEY (team_id, track_id, version),
    FOREIGN KEY (team_id, track_id) REFERENCES algiers.labelled_tracks ON DELETE CASCADE
  );
  INSERT INTO algiers.team_grids (team_id, track_id, version, digest, origin, grid, created_at)
    SELECT team_id, track_id, 1, grid_digest, 'estimated', grid, analysed_at
    FROM algiers.labelled_tracks JOIN algiers.tracks ON tracks.id = track_id JOIN algiers.analyses ON analyses.id = analysis_id;

  -- What was measured on a grid that the analysis of the recording does not have; teams with the same grid share it.
  CREATE TABLE algiers.grid_analyses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audio_digest text NOT NULL REFERENCES algiers.tracks (audio_digest),
    grid_digest text NOT NULL,
    spec text NOT NULL,
    feature_spec text NOT NULL,
    duration_seconds double precision NOT NULL,
    facts jsonb NOT NULL,
    sections jsonb,
    sections_version integer,
    sections_spec text,
    analysed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (audio_digest, grid_digest, spec)
  );

  -- What a team said of proposed spans: they are not proposed to it again.
  CREATE TABLE algiers.decisions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id integer NOT NULL,
    track_id integer NOT NULL,
    start_beat double precision NOT NULL,
    end_beat double precision NOT NULL,
    kind text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('accepted', 'rejected')),
    model_version integer,
    made_by integer REFERENCES algiers.users ON DELETE SET NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (team_id, track_id) REFERENCES algiers.labelled_tracks ON DELETE CASCADE
  );
  CREATE INDEX decisions_of_track ON algiers.decisions (team_id, track_id, id);

  -- Model versions of a team. Numbers are never used again, so that a deleted one stays as a row; the version that ships has no bytes.
  CREATE TABLE algiers.model_versions (
    team_id integer NOT NULL REFERENCES algiers.teams,
    version integer NOT NULL,
    onnx bytea,
    card text,
    is_active boolean NOT NULL DEFAULT false,
    published_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    PRIMARY KEY (team_id, version)
  );
  CREATE UNIQUE INDEX one_active_version ON algiers.model_versions (team_id) WHERE is_active;
  -- What a version of a team has read.
  CREATE TABLE algiers.sections (
    team_id integer NOT NULL,
    track_id integer NOT NULL REFERENCES algiers.tracks ON DELETE CASCADE,
    version integer NOT NULL,
    grid_digest text NOT NULL,
    spec text NOT NULL,
    sections jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (team_id, track_id, version),
    FOREIGN KEY (team_id, version) REFERENCES algiers.model_versions ON DELETE CASCADE
  );

  -- Trainings of teams. A worker that says nothing for a while loses its training to another.
  CREATE TABLE algiers.jobs (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id integer NOT NULL REFERENCES algiers.teams,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    payload jsonb NOT NULL,
    progress jsonb NOT NULL,
    result jsonb,
    error jsonb,
    attempt integer NOT NULL DEFAULT 0,
    beat_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    completed_at timestamptz
  );
  CREATE UNIQUE INDEX one_live_training ON algiers.jobs (team_id) WHERE kind = 'train' AND completed_at IS NULL;

  -- Libraries that were brought in, whole and in parts that lie with the derived bytes, so that what a catalogue does not show comes out again.
  -- Tracks that were left alone, since the team had worked on them otherwise, are named by their audio.
  CREATE TABLE algiers.libraries (
    team_id integer NOT NULL REFERENCES algiers.teams,
    name text NOT NULL,
    parts text[] NOT NULL,
    left_alone text[] NOT NULL,
    brought_in_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (team_id, name)
  );`,

  `
  -- Where the storage was away, a file waits for another time, behind those that were not tried yet.
  ALTER TABLE algiers.files ADD COLUMN put_off_until timestamptz;
  DROP INDEX algiers.files_waiting;
  CREATE INDEX files_waiting ON algiers.files (priority DESC, put_off_until NULLS FIRST, id) WHERE state = 'waiting';`,
]
