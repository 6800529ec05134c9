import type { DatabaseSync } from 'node:sqlite'

/** What a library keeps that nobody but its owner has a use for yet: a catalogue keeps it with the library, and shows none of it. */
export type LibraryBesides = {
  readonly sets: number
  /** Ways between two tracks that the person has set. */
  readonly transitions: number
  readonly lenses: number
  /** Sections that other programs propose. */
  readonly importedSuggestions: number
  /** Parts of the library with versions of their own. */
  readonly modelScopes: number
  /** Tracks whose tags the person has had read in another way. */
  readonly tagReadings: number
}

const COUNTED: Readonly<Record<keyof LibraryBesides, string>> = {
  sets: 'sets',
  transitions: 'kept_transitions',
  lenses: 'lenses WHERE removed_at IS NULL',
  importedSuggestions: 'imported_suggestions',
  modelScopes: 'model_scopes WHERE removed_at IS NULL',
  tagReadings: 'tracks WHERE tag_reading IS NOT NULL',
}

export const countBesides = (database: DatabaseSync): LibraryBesides =>
  Object.fromEntries(
    Object.entries(COUNTED).map(([name, rows]) => [
      name,
      (database.prepare(`SELECT count(*) AS count FROM ${rows}`).get() as { count: number }).count,
    ]),
  ) as LibraryBesides
