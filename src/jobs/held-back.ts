import { readFileSync } from 'node:fs'
import { beatsToSeconds } from '../beats/beat-grid.ts'
import type { DemoTrack } from '../demo/demo-library.ts'
import { parseCorpusTracks } from '../interop/corpus-json.ts'
import { parseJsonText } from '../interop/json-text.ts'
import type { Seconds } from '../units/units.ts'
import type { Classification } from './classify-track.ts'

/** Every third track is held back: genres take turns in the library, so each is on both sides. */
const HELD_BACK_EVERY = 3

export const splitDemo = (
  tracks: readonly DemoTrack[],
): { readonly labelled: readonly DemoTrack[]; readonly heldBack: readonly DemoTrack[] } => ({
  labelled: tracks.filter((_, index) => index % HELD_BACK_EVERY !== HELD_BACK_EVERY - 1),
  heldBack: tracks.filter((_, index) => index % HELD_BACK_EVERY === HELD_BACK_EVERY - 1),
})

export type TimedKind = { readonly start: Seconds; readonly end: Seconds; readonly kind: string }

export const readTruth = ({ truthPath }: DemoTrack): readonly TimedKind[] =>
  parseCorpusTracks(parseJsonText(readFileSync(truthPath, 'utf8')))[0]!.segments.map(({ start, end, label }) => ({
    start,
    end,
    kind: label ?? '',
  }))

export const timedSections = ({ sections, grid }: Classification): readonly TimedKind[] =>
  sections.map(({ startBeat, endBeat, label }) => ({
    start: beatsToSeconds(grid, startBeat),
    end: beatsToSeconds(grid, endBeat),
    kind: label,
  }))

/** Share of the time that truth and sections both cover in which they say the same. */
export const agreement = (truth: readonly TimedKind[], sections: readonly TimedKind[]): number => {
  let common = 0
  let equal = 0
  for (const one of truth)
    for (const other of sections) {
      const seconds = Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start))
      common += seconds
      if (one.kind === other.kind) equal += seconds
    }
  return common === 0 ? 0 : equal / common
}
