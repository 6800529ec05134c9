import type { DatabaseSync } from 'node:sqlite'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import { carrySpans, type SpanMove } from '../../core/labels/carry-spans.ts'
import { keepLabelIds } from '../../core/labels/keep-label-ids.ts'
import { labelWrites } from '../../core/labels/label-writes.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import type { Track } from '../../core/library/track.ts'
import type { StoredDecision } from '../../core/suggestions/suggestion-decision.ts'
import { inTransaction, prepared } from './database.ts'
import { readDecisions } from './decision-rows.ts'
import { GridStore } from './grid-store.ts'
import { readImportedSpans } from './imported-rows.ts'
import { addLabels, changeLabels, readLabels } from './label-rows.ts'
import { refreshTrackRow } from './track-row.ts'
import { moveWindows, TransitionStore } from './transition-store.ts'

/** A version of a grid, and where it carried labels and decisions to. */
export type KeptGrid = Omit<GridVersion, 'trackId'> & { readonly moves: readonly SpanMove[] }

/** What people made of a track, as it moves between a library and a catalogue. */
export type TrackWork = {
  /** The first version first; none where the track is not analysed. */
  readonly grids: readonly KeptGrid[]
  readonly labels: readonly StoredLabel[]
  readonly decisions: readonly StoredDecision[]
}

const isSameGrid = (a: KeptGrid, b: KeptGrid | undefined): boolean => a.digest === b?.digest && a.origin === b.origin

/** Moves the work on tracks into a library and out of it. */
export class TrackWorkStore {
  readonly #database: DatabaseSync
  readonly #grids: GridStore

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#grids = new GridStore(database)
  }

  /** Tracks that somebody has labelled, decided something about, or whose grid somebody has edited or confirmed. */
  trackIds(): readonly number[] {
    const rows = prepared(
      this.#database,
      `SELECT track_id AS id FROM labels UNION SELECT track_id FROM suggestion_decisions
       UNION SELECT track_id FROM grids WHERE origin = 'edited' ORDER BY id`,
    ).all()
    return (rows as { id: number }[]).map(({ id }) => id)
  }

  read(trackId: number): TrackWork {
    return {
      grids: this.#grids
        .versions(trackId)
        .map(({ trackId: _, ...grid }) => ({ ...grid, moves: this.#grids.moves(trackId, grid.version) })),
      labels: readLabels(this.#database, { trackId }),
      decisions: readDecisions(this.#database, trackId),
    }
  }

  /**
   * Makes a track that has no file here yet; a scan finds it by its sound.
   * @param withId it keeps its id, which a library must have free
   * @returns its id
   */
  addTrack(
    { id, audioDigest, tags, addedAt, lastPath }: Omit<Track, 'locations'>,
    { withId = false }: { readonly withId?: boolean } = {},
  ): number {
    return inTransaction(this.#database, () => {
      const row = prepared(
        this.#database,
        'INSERT INTO tracks (id, audio_digest, tags, added_at, last_path) VALUES (?, ?, ?, ?, ?) RETURNING id',
      ).get(withId ? id : null, audioDigest, JSON.stringify(tags), addedAt, lastPath) as { id: number }
      refreshTrackRow(this.#database, row.id)
      return row.id
    })
  }

  /**
   * Makes the work on a track this. What is the same stays as it is, with all that hangs on it; what imports and moved transitions say
   * of the track goes along with its grid.
   * @param withIds labels and decisions keep their ids, which a library must have free
   */
  put(trackId: number, work: TrackWork, { withIds = false } = {}): void {
    inTransaction(this.#database, () => {
      this.#putGrids(trackId, work.grids)
      this.#putLabels(trackId, work.labels, withIds)
      this.#putDecisions(trackId, work.decisions, withIds)
      refreshTrackRow(this.#database, trackId)
    })
  }

  #putGrids(trackId: number, grids: readonly KeptGrid[]): void {
    const here = this.read(trackId).grids
    const isContinued = here.every((grid, at) => isSameGrid(grid, grids[at]))
    // Grids that were made on both sides are all kept; the one that comes is in force.
    const added = isContinued ? grids.slice(here.length) : isSameGrid(here.at(-1)!, grids.at(-1)) ? [] : grids.slice(-1)
    const insert = prepared(
      this.#database,
      `INSERT INTO grids (track_id, version, digest, origin, edit, grid, moves, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const [at, { digest, origin, edit, grid, moves, createdAt }] of added.entries())
      insert.run(
        trackId,
        here.length + at + 1,
        digest,
        origin,
        edit,
        JSON.stringify(grid),
        JSON.stringify(moves),
        createdAt,
      )
    const [from, to] = [here.at(-1), added.at(-1)]
    if (from !== undefined && to !== undefined) this.#carry(trackId, from, to)
  }

  /** Labels are put anyway, but the ones that are here now must be known again on the new grid. */
  #carry(trackId: number, { grid: from }: KeptGrid, { grid: to }: KeptGrid): void {
    const move = (table: string, spans: readonly { id: number; startBeat: number; endBeat: number }[]): void => {
      const update = prepared(this.#database, `UPDATE ${table} SET start_beat = ?, end_beat = ? WHERE id = ?`)
      for (const { id, startBeat, endBeat } of carrySpans(spans, from, to)) update.run(startBeat, endBeat, id)
    }
    move('labels', readLabels(this.#database, { trackId }))
    move('suggestion_decisions', readDecisions(this.#database, trackId))
    move('imported_suggestions', readImportedSpans(this.#database, trackId))
    const { out, into } = new TransitionStore(this.#database).windowsOf(trackId)
    moveWindows(this.#database, { out: carrySpans(out, from, to), into: carrySpans(into, from, to) })
  }

  #putLabels(trackId: number, labels: readonly StoredLabel[], withIds: boolean): void {
    const before = readLabels(this.#database, { trackId })
    changeLabels(this.#database, labelWrites(before, keepLabelIds(before, labels)))
    const there = new Set(readLabels(this.#database, { trackId }).map(({ startBeat }) => startBeat))
    // Labels of a track do not overlap, so that at most one begins at a beat. A person's own kinds are of another library.
    const added = labels.filter(({ startBeat }) => !there.has(startBeat))
    addLabels(
      this.#database,
      trackId,
      added.map(({ id, ownKindId: _, ...label }) => ({ ...label, id: withIds ? id : null })),
    )
  }

  #putDecisions(trackId: number, decisions: readonly StoredDecision[], withIds: boolean): void {
    const keyOf = ({ startBeat, endBeat, kind, decision }: StoredDecision): string =>
      JSON.stringify([startBeat, endBeat, kind, decision])
    const here = new Map(readDecisions(this.#database, trackId).map((one) => [keyOf(one), one]))
    const wanted = new Set(decisions.map(keyOf))
    const remove = prepared(this.#database, 'DELETE FROM suggestion_decisions WHERE id = ?')
    for (const [key, { id }] of here) if (!wanted.has(key)) remove.run(id)
    const insert = prepared(
      this.#database,
      `INSERT INTO suggestion_decisions (id, track_id, start_beat, end_beat, kind, decision, model_version, decided_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    for (const one of decisions)
      if (!here.has(keyOf(one)))
        insert.run(
          withIds ? one.id : null,
          trackId,
          one.startBeat,
          one.endBeat,
          one.kind,
          one.decision,
          one.modelVersion,
          one.decidedAt,
        )
  }
}
