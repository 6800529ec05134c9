import type { DatabaseSync } from 'node:sqlite'
import { type OwnKind, ownNameKey } from '../../core/labels/own-kind.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'

export type Lens = { readonly id: number; readonly name: string }

/** An own kind and how many labels have it. */
export type KeptOwnKind = OwnKind & {
  readonly lensId: number
  readonly labels: number
  /** Taken out of its lens, or gone with it, but on labels still. */
  readonly isRemoved: boolean
}

export type NewOwnKind = Omit<OwnKind, 'id'> & { readonly lensId: number }

type Row = Omit<KeptOwnKind, 'isRemoved'> & { readonly removedAt: string | null }

const KINDS = `SELECT id, lens_id AS lensId, name, colour, key, maps_to AS mapsTo,
    coalesce(removed_at, (SELECT removed_at FROM lenses WHERE lenses.id = lens_id)) AS removedAt,
    (SELECT count(*) FROM labels WHERE own_kind_id = own_kinds.id) AS labels FROM own_kinds`

const toKind = ({ removedAt, ...row }: Row): KeptOwnKind => ({ ...row, isRemoved: removedAt !== null })

/** Lenses and the kinds in them. */
export class LensStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(): readonly Lens[] {
    return prepared(
      this.#database,
      'SELECT id, name FROM lenses WHERE removed_at IS NULL ORDER BY name_key',
    ).all() as Lens[]
  }

  get(id: number): Lens | null {
    const sql = 'SELECT id, name FROM lenses WHERE id = ? AND removed_at IS NULL'
    return (prepared(this.#database, sql).get(id) as Lens | undefined) ?? null
  }

  named(name: string): Lens | null {
    const sql = 'SELECT id, name FROM lenses WHERE name_key = ? AND removed_at IS NULL'
    return (prepared(this.#database, sql).get(ownNameKey(name)) as Lens | undefined) ?? null
  }

  /** One of that name that was removed comes back, with its kinds. @returns its id */
  add(name: string): number {
    const sql = `INSERT INTO lenses (name, name_key, created_at) VALUES (?, ?, ?)
      ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, removed_at = NULL RETURNING id`
    const values = [name, ownNameKey(name), new Date().toISOString()]
    return inTransaction(this.#database, () => {
      const { id } = prepared(this.#database, sql).get(...values) as { id: number }
      this.#freeTakenKeys('lens_id', id)
      return id
    })
  }

  /** Brings a lens that was removed back, with its kinds. @returns whether it was removed */
  restore(id: number): boolean {
    return inTransaction(this.#database, () => {
      const sql = 'UPDATE lenses SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL'
      const { changes } = prepared(this.#database, sql).run(id)
      this.#freeTakenKeys('lens_id', id)
      return changes > 0
    })
  }

  /** Kinds that come back leave their keys to those that got them meanwhile. */
  #freeTakenKeys(column: 'lens_id' | 'id', id: number): void {
    const sql = `UPDATE own_kinds SET key = NULL WHERE ${column} = ? AND removed_at IS NULL AND key IN (
      SELECT other.key FROM own_kinds AS other JOIN lenses ON lenses.id = other.lens_id
      WHERE other.removed_at IS NULL AND lenses.removed_at IS NULL AND other.${column} <> ?)`
    prepared(this.#database, sql).run(id, id)
  }

  rename(id: number, name: string): void {
    const sql = 'UPDATE lenses SET name = ?, name_key = ? WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(name, ownNameKey(name), id))
  }

  /** Its kinds stay on the labels that have them. */
  remove(id: number): void {
    changing(() =>
      prepared(this.#database, 'UPDATE lenses SET removed_at = ? WHERE id = ?').run(new Date().toISOString(), id),
    )
  }

  /** Every kind that was ever made, in the order of their making: a label may have one that was taken out of its lens. */
  kinds(): readonly KeptOwnKind[] {
    return (prepared(this.#database, `${KINDS} ORDER BY id`).all() as Row[]).map(toKind)
  }

  kind(id: number): KeptOwnKind | null {
    const row = prepared(this.#database, `${KINDS} WHERE id = ?`).get(id) as Row | undefined
    return row === undefined ? null : toKind(row)
  }

  /** One that was taken out of its lens, too. */
  kindNamed(name: string): KeptOwnKind | null {
    const row = prepared(this.#database, `${KINDS} WHERE name_key = ?`).get(ownNameKey(name)) as Row | undefined
    return row === undefined ? null : toKind(row)
  }

  /** One of that name that was taken out comes back, as it is given now. @returns its id */
  addKind({ lensId, name, colour, key, mapsTo }: NewOwnKind): number {
    const sql = `INSERT INTO own_kinds (lens_id, name, name_key, colour, key, maps_to, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name_key) DO UPDATE SET lens_id = excluded.lens_id, name = excluded.name, colour = excluded.colour,
        key = excluded.key, removed_at = NULL RETURNING id`
    const values = [lensId, name, ownNameKey(name), colour, key, mapsTo, new Date().toISOString()]
    return changing(() => (prepared(this.#database, sql).get(...values) as { id: number }).id)
  }

  changeKind(id: number, { name, colour, key }: Pick<OwnKind, 'name' | 'colour' | 'key'>): void {
    const sql = 'UPDATE own_kinds SET name = ?, name_key = ?, colour = ?, key = ? WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(name, ownNameKey(name), colour, key, id))
  }

  /** What it stands for changes on all of its labels, too. */
  mapKind(id: number, mapsTo: SectionKind): void {
    changing(() => {
      prepared(this.#database, 'UPDATE own_kinds SET maps_to = ? WHERE id = ?').run(mapsTo, id)
      prepared(this.#database, 'UPDATE labels SET kind = ? WHERE own_kind_id = ?').run(mapsTo, id)
    })
  }

  /** Puts a kind that was taken out of its lens back. @returns whether it was taken out */
  restoreKind(id: number): boolean {
    return inTransaction(this.#database, () => {
      const sql = 'UPDATE own_kinds SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL'
      const { changes } = prepared(this.#database, sql).run(id)
      this.#freeTakenKeys('id', id)
      return changes > 0
    })
  }

  /** Takes a kind out of its lens; labels keep it. */
  removeKind(id: number): void {
    changing(() =>
      prepared(this.#database, 'UPDATE own_kinds SET removed_at = ? WHERE id = ?').run(new Date().toISOString(), id),
    )
  }
}
