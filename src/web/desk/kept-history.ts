import { z } from 'zod'
import { gridAlternatives } from '../../api/operations/grids.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import type { GestureHistory } from '../../core/support/gesture-history.ts'
import { areSameLabels, type DeskContent, isSameGrid } from './desk-content.ts'

const span = { startBeat: z.number(), endBeat: z.number(), kind: z.enum(SECTION_KINDS) }
const grid = z.object({
  anchors: z
    .array(z.object({ beat: z.number(), seconds: z.number(), bpm: z.number() }))
    .min(1)
    .readonly(),
  beatCount: z.number(),
  beatsPerBar: z.number(),
  firstDownbeat: z.number(),
  firstPhrase: z.number(),
  laterPhrases: z.array(z.number()).readonly().exactOptional(),
  tempoConfidence: z.number(),
  phaseConfidence: z.number().exactOptional(),
  downbeatConfidence: z.number(),
  phraseConfidence: z.number(),
  alternatives: gridAlternatives.exactOptional(),
})
/** Few gestures change the grid, so that each grid is kept once, by its place in a list. */
const content = z.object({
  grid: z.number(),
  gridVersion: z.number(),
  labels: z.array(
    z.object({ ...span, ownKindId: z.number().optional(), source: z.enum(['user', 'imported', 'auto_detected']) }),
  ),
  rejected: z.array(
    z.object({
      ...span,
      id: z.string(),
      confidence: z.number(),
      runnerUp: z.enum(SECTION_KINDS).nullable(),
      importedFrom: z.string().nullable().default(null),
      scope: z.string().optional(),
      ownKindId: z.number().optional(),
    }),
  ),
})
const step = z.object({ name: z.string(), content })
const history = z.object({ grids: z.array(grid), past: z.array(step), present: content, future: z.array(step) })

type History = GestureHistory<DeskContent>

/** A longer list would fill the browser's store over the years. */
const MOST_KEPT_STEPS = 50
const keyOf = (trackId: number): string => `algiers.history.${trackId}`

const toKept = ({ past, present, future }: History): z.input<typeof history> => {
  const grids: BeatGrid[] = []
  const placeOf = (one: BeatGrid): number => {
    const known = grids.findIndex((other) => isSameGrid(one, other))
    return known === -1 ? grids.push(one) - 1 : known
  }
  const keep = ({ grid: held, gridVersion, labels, rejected }: DeskContent): z.input<typeof content> => ({
    grid: placeOf(held),
    gridVersion,
    labels: [...labels],
    rejected: [...rejected],
  })
  const keepStep = (one: History['past'][number]): z.input<typeof step> => ({ ...one, content: keep(one.content) })
  return {
    past: past.slice(-MOST_KEPT_STEPS).map(keepStep),
    present: keep(present),
    future: future.slice(0, MOST_KEPT_STEPS).map(keepStep),
    grids,
  }
}

/** Undo over a reload. */
export const writeHistory = (trackId: number, held: History): void =>
  localStorage.setItem(keyOf(trackId), JSON.stringify(toKept(held)))

export const forgetHistory = (trackId: number): void => localStorage.removeItem(keyOf(trackId))

/** @returns null where none was kept, or where labels or grid have moved on since */
export const readHistory = (trackId: number, current: DeskContent): History | null => {
  const text = localStorage.getItem(keyOf(trackId))
  if (text === null) return null
  try {
    const { grids, past, present, future } = history.parse(JSON.parse(text))
    const revive = (kept: z.output<typeof content>): DeskContent => ({ ...kept, grid: grids[kept.grid]! })
    const reviveStep = ({ name, content: kept }: z.output<typeof step>) => ({ name, content: revive(kept) })
    const held = revive(present)
    const isCurrent = isSameGrid(held.grid, current.grid) && areSameLabels(held.labels, current.labels)
    if (!isCurrent) return null
    return {
      past: past.map(reviveStep),
      present: { ...held, gridVersion: current.gridVersion },
      future: future.map(reviveStep),
    }
  } catch {
    // Written by another version, or cut off: the labels themselves are on the server.
    return null
  }
}
