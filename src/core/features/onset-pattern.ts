/**
 * @file Where within the beat things are struck: largest onset strength around the beat, the half and the two quarters
 * between, a group at a time. Four-on-the-floor kicks, off-beat hats and rolling snares differ here, not in their sums.
 * Conventions: slot q reaches from (q − 0.5) / 4 to (q + 0.5) / 4 beat; dB.
 */
import { beatMaxima, joinColumns } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { groupOnsets, type OnsetGroup } from './onset-strength-bands.ts'

const PATTERN_GROUPS: readonly OnsetGroup[] = ['kick', 'snare', 'hat']
const SLOTS = [0, 1, 2, 3] as const

export const PATTERN_COLUMNS: readonly string[] = PATTERN_GROUPS.flatMap((name) =>
  SLOTS.map((slot) => `pattern ${name} ${slot}/4`),
)

export const onsetPattern: FeatureExtractor = {
  columns: columnsNamed(PATTERN_COLUMNS, { group: 'the drums', roles: ['vector'] }),
  parameters: { slots: SLOTS },
  extract: (track) =>
    joinColumns(
      PATTERN_GROUPS.flatMap((name) => {
        const strength = groupOnsets(track, name)
        return SLOTS.map((slot) => beatMaxima(track, strength, [(slot - 0.5) / 4, (slot + 0.5) / 4]))
      }),
    ),
}
