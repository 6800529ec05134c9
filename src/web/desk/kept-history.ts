import { z } from 'zod'
import type { Label } from '../../core/labels/label.ts'
import { isSameLabel } from '../../core/labels/label-edit.ts'
import type { LabelHistory } from '../../core/labels/label-history.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'

const labels = z.array(
  z.object({
    startBeat: z.number(),
    endBeat: z.number(),
    kind: z.enum(SECTION_KINDS),
    source: z.enum(['user', 'imported', 'auto_detected']),
  }),
)
const history = z.object({ past: z.array(labels), present: labels, future: z.array(labels) })

/** A longer list would fill the browser's store over the years. */
const MOST_KEPT_STEPS = 50
const keyOf = (trackId: number): string => `algiers.history.${trackId}`

/** Undo over a reload. */
export const writeHistory = (trackId: number, { past, present, future }: LabelHistory): void => {
  const kept = { past: past.slice(-MOST_KEPT_STEPS), present, future: future.slice(0, MOST_KEPT_STEPS) }
  localStorage.setItem(keyOf(trackId), JSON.stringify(kept))
}

export const forgetHistory = (trackId: number): void => localStorage.removeItem(keyOf(trackId))

/** @returns null where none was kept, or where the labels have moved on since */
export const readHistory = (trackId: number, current: readonly Label[]): LabelHistory | null => {
  const text = localStorage.getItem(keyOf(trackId))
  if (text === null) return null
  try {
    const kept = history.parse(JSON.parse(text))
    const isCurrent =
      kept.present.length === current.length && kept.present.every((label, at) => isSameLabel(label, current[at]!))
    return isCurrent ? kept : null
  } catch {
    // Written by another version, or cut off: the labels themselves are on the server.
    return null
  }
}
