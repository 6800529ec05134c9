/**
 * @file What the planner and the graph need to know of a track, from what its transitions are judged by.
 * Conventions: spans in beats; null is what is not known.
 */
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { Sound } from '../similarity/sound-table.ts'
import { UserError } from '../support/user-error.ts'
import { mixWindows } from './best-window.ts'
import { encodeJudged, type JudgedTrack, type SharedPlace } from './judged-track.ts'
import type { MixProfile } from './mix-profile.ts'
import { aloneBeats, type MixSide, type MixSides } from './mix-sides.ts'
import { byStyle, MIX_STYLES } from './mix-styles.ts'
import { firstBeatOut, lastBeatIn, mostBars } from './mix-windows.ts'
import type { PackedTrack } from './packed-pool.ts'
import type { PoolTrack } from './plan-set.ts'
import { describeEnd } from './transition-end.ts'
import type { MixEnds } from './transition-table.ts'

export type DescribedTrack = PoolTrack & PackedTrack

const endsOf = (track: MixProfile, way: 'out' | 'into'): MixEnds =>
  byStyle((style) => {
    const side = track.places[way][style]
    return side && { ...describeEnd(track, side), bars: mostBars(style, way, track) }
  })

const SILENT: Sound = { features: null, embedding: null }

/** The side that a DJ thinks of first. */
const firstSide = (sides: MixSides): MixSide | null =>
  MIX_STYLES.map((style) => sides[style]).find((side) => side !== null) ?? null

type Heard = Pick<PoolTrack, 'title' | 'energy' | 'artist'> & {
  readonly grid: BeatGrid
  readonly durationSeconds: number
}

/** Where a track comes in and goes out depends on its neighbours; one that sounds as it does tells about where that is. */
const likelyMinutes = (
  { grid, durationSeconds }: Heard,
  profile: MixProfile,
  [into, out]: readonly [MixSide, MixSide],
): Pick<PoolTrack, 'minutes' | 'openingMinutes' | 'closingMinutes'> => {
  const { from, to } = mixWindows(profile, profile)[0] ?? { from: out, to: into }
  const [comesIn, goesOut] = [beatsToSeconds(grid, to.startBeat), beatsToSeconds(grid, from.startBeat)]
  return {
    minutes: (goesOut - comesIn) / 60,
    openingMinutes: Math.max(0, comesIn) / 60,
    closingMinutes: Math.max(0, durationSeconds - goesOut) / 60,
  }
}

/** @param keep lays bytes into memory that threads share @throws TRANSITION_INVALID where it cannot be mixed */
export const describeTrack = (
  { profile, sounds }: JudgedTrack,
  heard: Heard,
  keep: (bytes: Uint8Array) => SharedPlace,
): DescribedTrack => {
  const { grid, places } = profile
  const [into, out] = [firstSide(places.into), firstSide(places.out)]
  if (out === null || into === null)
    throw new UserError('TRANSITION_INVALID', 'Too short to mix: no time between coming in and going out.')
  const ends = endsOf(profile, 'out')
  const { title, energy, artist } = heard
  return {
    title,
    energy,
    artist,
    ...likelyMinutes(heard, profile, [into, out]),
    outBars: Math.max(...MIX_STYLES.map((style) => ends[style]?.bars ?? 0)),
    out: ends,
    into: endsOf(profile, 'into'),
    leavesAt: byStyle((style) => firstBeatOut(style, profile)),
    entersBy: byStyle((style) => lastBeatIn(style, profile)),
    aloneBeats: aloneBeats(grid),
    outSound: sounds.out.find((sound) => sound !== null) ?? SILENT,
    inSound: sounds.into.find((sound) => sound !== null) ?? SILENT,
    judged: keep(encodeJudged({ profile, sounds })),
  }
}
