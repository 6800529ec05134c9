/**
 * @file How much is struck within a beat: mean and largest onset strength of each group, and onsets counted.
 * Method: an onset is a local maximum of the group's strength over ±2 frames of at least 6 dB.
 * Conventions: a beat's onsets are those from an eighth before it to an eighth before the next one, since an onset shows in
 * the frame around it and a player may be early; strengths in dB, density in onsets per beat.
 */
import { beatMaxima, beatMeans, joinColumns } from './aggregate-beats.ts'
import type { Column, ColumnRole } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { groupOnsets, ONSET_GROUP_NAMES, ONSET_SHAPE, type OnsetGroup } from './onset-strength-bands.ts'

const EARLY_BEATS = 1 / 8

/** 1 at each onset, else 0; shape (frames). */
const markOnsets = (strength: Float32Array): Float32Array =>
  strength.map((value, frame) => {
    if (value < ONSET_SHAPE.onsetDb) return 0
    for (let apart = 1; apart <= ONSET_SHAPE.reachFrames; apart++)
      if ((strength[frame - apart] ?? 0) >= value || (strength[frame + apart] ?? 0) > value) return 0
    return 1
  })

/** Roles that not all groups have. */
const ROLES: Readonly<Record<OnsetGroup, Readonly<Record<'mean' | 'density', readonly ColumnRole[]>>>> = {
  kick: { mean: ['presence'], density: ['compared', 'sound'] },
  mid: { mean: [], density: [] },
  snare: { mean: ['presence'], density: ['sound'] },
  hat: { mean: ['presence'], density: ['presence', 'sound'] },
}

const columnsOf = (group: OnsetGroup): readonly Column[] => [
  { name: `onset mean ${group}`, group: 'the drums', roles: [...ROLES[group].mean, 'beat', 'vector', 'change'] },
  { name: `onset peak ${group}`, group: 'the drums', roles: ['beat'] },
  { name: `density ${group}`, group: 'the drums', roles: [...ROLES[group].density, 'beat', 'vector', 'change'] },
]

export const onsetActivity: FeatureExtractor = {
  columns: ONSET_GROUP_NAMES.flatMap(columnsOf),
  parameters: { earlyBeats: EARLY_BEATS },
  extract: (track) =>
    joinColumns(
      ONSET_GROUP_NAMES.flatMap((name) => {
        const strength = groupOnsets(track, name)
        const counts = beatMeans(track, markOnsets(strength), 1, EARLY_BEATS).map(
          (mean, beat) => mean * Math.max(1, track.beatFrames[beat + 1]! - track.beatFrames[beat]!),
        )
        return [
          beatMeans(track, strength, 1, EARLY_BEATS),
          beatMaxima(track, strength, [-EARLY_BEATS, 1 - EARLY_BEATS]),
          counts,
        ]
      }),
    ),
}
