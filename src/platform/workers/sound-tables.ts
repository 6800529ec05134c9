import { type Sound, type SoundScale, SoundTable } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'

/** A piece of a table; the piece at 0 starts the table afresh. */
export type SoundsPiece = {
  readonly table: string
  readonly first: number
  /** True for the last piece. */
  readonly isLast: boolean
  readonly sounds: readonly Sound[]
}
export type MeasureSoundsInput = {
  readonly table: string
  /** A sound, or its row. */
  readonly from: Sound | number
}
export type SoundScaleInput = { readonly table: string }

type Kept = { readonly gathered: Sound[]; readonly table: SoundTable | null }

/** The tables of this thread. They live in a pool of one thread; in a larger pool each thread would have its own. */
const kept = new Map<string, Kept>()

export const keepSounds = ({ table: name, first, isLast, sounds }: SoundsPiece): void => {
  const begun = first === 0 ? { gathered: [], table: null } : kept.get(name)
  // The thread that had the beginning is gone, so queries will be told that there is no table.
  if (begun === undefined) return
  for (const sound of sounds) begun.gathered.push(sound)
  kept.set(name, isLast ? { gathered: [], table: new SoundTable(begun.gathered, SOUND_WEIGHTS) } : begun)
}

/** @returns distances from a sound, shape (sounds); null where this thread has no such table */
export const measureSounds = ({ table, from }: MeasureSoundsInput): Float32Array | null =>
  kept.get(table)?.table?.distancesFrom(from) ?? null

/** @returns what a table measures by; null where this thread has no such table */
export const soundScale = ({ table }: SoundScaleInput): SoundScale | null => kept.get(table)?.table?.scale ?? null
