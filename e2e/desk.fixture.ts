import { SECTION_KINDS, type SectionKind } from '../src/core/labels/section-kind.ts'
import type { Span } from '../src/core/labels/span.ts'

export type Press = (key: string) => Promise<void>

/** The digit of a kind. */
export const keyOf = (kind: SectionKind): string => String(SECTION_KINDS.indexOf(kind) + 1)

const STEPS = [
  ['Control+Arrow', 32],
  ['Shift+Arrow', 4],
  ['Arrow', 1],
] as const

/** The playhead from where a section starts to where it ends, by eight bars, bars and beats; at the end of the track it stops. */
export const moveToEnd = async (press: Press, { startBeat, endBeat }: Span, beatCount: number): Promise<void> => {
  const isLast = endBeat === beatCount
  let left = endBeat - startBeat
  for (const [key, beats] of STEPS) {
    const count = isLast ? Math.ceil(left / beats) : Math.round(left / beats)
    for (let step = 0; step < Math.abs(count); step++) await press(`${key}${count > 0 ? 'Right' : 'Left'}`)
    left = isLast ? 0 : left - count * beats
  }
}
