import type { DatabaseSync } from 'node:sqlite'
import type { CarriedSpan } from '../../core/labels/carry-spans.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'

/** Which track goes into which. */
export type TrackPair = { readonly fromId: number; readonly toId: number }

export type KeptTransition = TrackPair & MixMove & { readonly changedAt: string }

const COLUMNS = `from_id AS fromId, to_id AS toId, from_beat AS fromBeat, to_beat AS toBeat, beats, curve,
  bass_swap_beat AS bassSwapBeat, nudge_ms AS nudgeMs, changed_at AS changedAt`

/** The windows of a track, of which one side is carried along with its grid. */
export type CarriedWindows = {
  /** Those in which it goes out. */
  readonly out: readonly CarriedSpan[]
  /** Those in which it comes in; only where they begin is kept. */
  readonly into: readonly CarriedSpan[]
}

/** Keeps the windows that the person has moved, one for each pair of tracks. */
export class TransitionStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  get({ fromId, toId }: TrackPair): KeptTransition | null {
    const row = prepared(this.#database, `SELECT ${COLUMNS} FROM kept_transitions WHERE from_id = ? AND to_id = ?`).get(
      fromId,
      toId,
    )
    return (row as KeptTransition | undefined) ?? null
  }

  /** In the order of their pairs. */
  list(): readonly KeptTransition[] {
    const rows = prepared(this.#database, `SELECT ${COLUMNS} FROM kept_transitions ORDER BY from_id, to_id`).all()
    return rows as KeptTransition[]
  }

  /** In place of what was kept of the pair before. */
  put({ fromId, toId }: TrackPair, { fromBeat, toBeat, beats, curve, bassSwapBeat, nudgeMs }: MixMove): void {
    changing(() =>
      prepared(
        this.#database,
        `INSERT INTO kept_transitions
           (from_id, to_id, from_beat, to_beat, beats, curve, bass_swap_beat, nudge_ms, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (from_id, to_id) DO UPDATE SET from_beat = excluded.from_beat, to_beat = excluded.to_beat,
           beats = excluded.beats, curve = excluded.curve, bass_swap_beat = excluded.bass_swap_beat,
           nudge_ms = excluded.nudge_ms, changed_at = excluded.changed_at`,
      ).run(fromId, toId, fromBeat, toBeat, beats, curve, bassSwapBeat, nudgeMs, new Date().toISOString()),
    )
  }

  /** @returns whether there was one */
  remove({ fromId, toId }: TrackPair): boolean {
    const sql = 'DELETE FROM kept_transitions WHERE from_id = ? AND to_id = ?'
    return changing(() => prepared(this.#database, sql).run(fromId, toId).changes === 1)
  }

  /** Of one track, to be carried onto another grid. */
  windowsOf(trackId: number): CarriedWindows {
    const out = prepared(
      this.#database,
      'SELECT id, from_beat AS startBeat, from_beat + beats AS endBeat FROM kept_transitions WHERE from_id = ? ORDER BY id',
    ).all(trackId)
    const into = prepared(
      this.#database,
      'SELECT id, to_beat AS startBeat, to_beat + 1 AS endBeat FROM kept_transitions WHERE to_id = ? ORDER BY id',
    ).all(trackId)
    return { out: out as CarriedSpan[], into: into as CarriedSpan[] }
  }
}

/** Moves windows onto another grid. Call it in a transaction. */
export const moveWindows = (database: DatabaseSync, { out, into }: CarriedWindows): void => {
  const moveOut = prepared(
    database,
    `UPDATE kept_transitions SET bass_swap_beat = bass_swap_beat * ($end - $start) / beats, from_beat = $start, beats = $end - $start
     WHERE id = $id`,
  )
  for (const { id, startBeat, endBeat } of out) moveOut.run({ $id: id, $start: startBeat, $end: endBeat })
  const moveInto = prepared(database, 'UPDATE kept_transitions SET to_beat = ? WHERE id = ?')
  for (const { id, startBeat } of into) moveInto.run(startBeat, id)
}
