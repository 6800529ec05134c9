import type { DatabaseSync } from 'node:sqlite'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { inTransaction } from './database.ts'

/** Keeps what the person said that names and colours of cues stand for, for each program. */
export class CueNameStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** By the key of a name or colour; null: for no section. */
  ofProgram(program: string): ReadonlyMap<string, SectionKind | null> {
    const rows = this.#database
      .prepare('SELECT cue_key AS cueKey, kind FROM cue_names WHERE program = ? ORDER BY cue_key')
      .all(program) as { cueKey: string; kind: string | null }[]
    return new Map(rows.map(({ cueKey, kind }) => [cueKey, kind !== null && isSectionKind(kind) ? kind : null]))
  }

  /** What was said of all programs, by program. */
  all(): Readonly<Record<string, readonly (readonly [string, SectionKind | null])[]>> {
    const rows = this.#database.prepare('SELECT DISTINCT program FROM cue_names').all() as { program: string }[]
    return Object.fromEntries(rows.map(({ program }) => [program, [...this.ofProgram(program)]]))
  }

  /** What is not named stays as it was. */
  put(program: string, answers: ReadonlyMap<string, SectionKind | null>): void {
    inTransaction(this.#database, () => {
      const insert = this.#database.prepare(
        'INSERT OR REPLACE INTO cue_names (program, cue_key, kind) VALUES (?, ?, ?)',
      )
      for (const [key, kind] of answers) insert.run(program, key, kind)
    })
  }
}
