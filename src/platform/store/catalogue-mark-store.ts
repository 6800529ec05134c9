import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'

/** Marks of the times that this library, as it is, was brought into a catalogue: a copy has those from before it was made, and no later ones. */
export class CatalogueMarkStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  has(mark: string): boolean {
    return this.#database.prepare('SELECT 1 FROM catalogue_marks WHERE mark = ?').get(mark) !== undefined
  }

  add(mark: string): void {
    const insert = this.#database.prepare('INSERT INTO catalogue_marks (mark) VALUES (?)')
    changing(() => insert.run(mark))
  }
}
