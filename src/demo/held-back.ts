import { beatsToSeconds } from '../core/beats/beat-grid.ts'
import type { TimedKind } from '../core/evaluation/agreement.ts'
import { parseCorpusTracks } from '../core/interop/corpus-json.ts'
import { parseJsonText } from '../core/interop/json-text.ts'
import type { TrackReading } from '../engine/reading/read-track-or-file.ts'
import { readRegularFile } from '../platform/store/regular-file.ts'
import type { DemoTrack } from './demo-library.ts'

/** Every third track is held back. Genres take turns in the library, so each is on both sides. */
const HELD_BACK_EVERY = 3

/** A track has a dozen sections. */
const MOST_TRUTH_BYTES = 1 << 20

export const splitDemo = (
  tracks: readonly DemoTrack[],
): { readonly labelled: readonly DemoTrack[]; readonly heldBack: readonly DemoTrack[] } => ({
  labelled: tracks.filter((_, index) => index % HELD_BACK_EVERY !== HELD_BACK_EVERY - 1),
  heldBack: tracks.filter((_, index) => index % HELD_BACK_EVERY === HELD_BACK_EVERY - 1),
})

export const readTruth = ({ truthPath }: DemoTrack): readonly TimedKind[] =>
  parseCorpusTracks(parseJsonText(readRegularFile(truthPath, MOST_TRUTH_BYTES).toString('utf8')))[0]!.segments.map(
    ({ start, end, label }) => ({
      start,
      end,
      kind: label ?? '',
    }),
  )

export const timedSections = ({ sections, grid }: TrackReading): readonly TimedKind[] =>
  sections.map(({ startBeat, endBeat, kind }) => ({
    start: beatsToSeconds(grid, startBeat),
    end: beatsToSeconds(grid, endBeat),
    kind,
  }))
