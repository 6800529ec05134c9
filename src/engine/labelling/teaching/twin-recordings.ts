import { type BeatGrid, beatsToSeconds } from '../../../core/beats/beat-grid.ts'
import { mainTempo } from '../../../core/beats/main-tempo.ts'
import { trackTitle } from '../../../core/library/track.ts'
import { isSameRecording, isSameTake, type Recording } from '../../../core/quality/duplicate-audio.ts'
import { likestShift } from '../../../core/similarity/shifted-recording.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import type { Seconds } from '../../../core/units/units.ts'
import type { Store } from '../../../platform/store/store.ts'
import { currentFeatures } from '../../kit/current-grid.ts'

/** An earlier track of the library that holds the same recording. */
export type Twin = {
  readonly trackId: number
  readonly title: string
  /** What is heard in the twin is heard here so much later. */
  readonly laterSeconds: Seconds
}

/** A pause before the music, or what somebody has cut off, is hardly longer. */
const MOST_SHIFT_SECONDS = 12
/** Grids of one recording at a tempo that drifts differ by a third of it. */
const TEMPO_MARGIN = 0.01
/** Copies that begin at the same moment are told from takes by their strokes. */
const SAME_START_SECONDS = 0.1
/** Mean difference of the energy of bars, .018 at most between copies; what differs by more need not be read. */
const MOST_ENERGY_DIFFERENCE = 0.04
const MOST_SHIFT_BARS = 8
/**
 * Of the rows of features: .001 to .035 between tracks of the public corpus and ten copies of them that were encoded anew, delayed, cut or made
 * quieter; .74 and more between all other pairs.
 */
const MOST_DIFFERENCE = 0.25

type Heard = Omit<Recording, 'file' | 'track'> & { readonly trackId: number }

const heardOf = (store: Store, trackId: number): Heard | null => {
  const analysis = store.analyses.get(trackId)
  const grid = store.grids.current(trackId)
  if (analysis === null || grid === null) return null
  const { energyCurve, onsets } = analysis.facts
  const { durationSeconds } = analysis
  return { trackId, energyCurve, onsets, durationSeconds, tempoBpm: mainTempo(grid.grid) }
}

const curveDifference = (one: readonly number[], other: readonly number[]): number => {
  let least = Number.POSITIVE_INFINITY
  for (let shift = -MOST_SHIFT_BARS; shift <= MOST_SHIFT_BARS; shift++) {
    const [from, to] = [Math.max(0, -shift), Math.min(one.length, other.length - shift)]
    let sum = 0
    for (let bar = from; bar < to; bar++) sum += Math.abs(one[bar]! - other[bar + shift]!)
    if (to > from) least = Math.min(least, sum / (to - from))
  }
  return least
}

const mayBeSame = (one: Heard, other: Heard): boolean =>
  Math.abs(one.durationSeconds - other.durationSeconds) <= MOST_SHIFT_SECONDS &&
  Math.abs(one.tempoBpm / other.tempoBpm - 1) <= TEMPO_MARGIN &&
  curveDifference(one.energyCurve, other.energyCurve) <= MOST_ENERGY_DIFFERENCE

/** How much later a beat of the twin is heard, in the middle of what both have. */
const laterBy = (grid: BeatGrid, twin: BeatGrid, shift: number): Seconds => {
  const beat = Math.round((Math.max(0, -shift) + Math.min(twin.beatCount, grid.beatCount - shift)) / 2)
  return beatsToSeconds(grid, beat + shift) - beatsToSeconds(twin, beat)
}

const twinOf = (store: Store, own: Heard, other: Heard): readonly Twin[] => {
  const [track, twin] = [store.tracks.get(own.trackId), store.tracks.get(other.trackId)]
  const [grid, twinGrid] = [store.grids.current(own.trackId), store.grids.current(other.trackId)]
  if (track === null || twin === null || grid === null || twinGrid === null) return []
  const [features, twinFeatures] = [currentFeatures(store, track), currentFeatures(store, twin)]
  const same = { trackId: twin.id, title: trackTitle(twin) }
  // Where the cache was emptied, only what is as long can be told.
  if (features === null || twinFeatures === null)
    return isSameRecording(own, other) ? [{ ...same, laterSeconds: 0 }] : []
  const shift = likestShift(twinFeatures, features, Math.ceil((MOST_SHIFT_SECONDS * own.tempoBpm) / 60))
  if (shift === null || shift.difference > MOST_DIFFERENCE) return []
  const laterSeconds = laterBy(grid.grid, twinGrid.grid, shift.beats)
  const isTold = Math.abs(laterSeconds) > SAME_START_SECONDS || isSameTake(own, other)
  return isTold ? [{ ...same, laterSeconds }] : []
}

/** Looks for the same recording among some tracks, also where one of them begins with a pause or lacks some seconds. */
export const createTwinSearch = async (
  store: Store,
  among: readonly number[],
): Promise<(trackId: number) => readonly Twin[]> => {
  const heard: Heard[] = []
  for (const trackId of among) {
    const one = heardOf(store, trackId)
    if (one !== null) heard.push(one)
    await giveWay()
  }
  return (trackId) => {
    const own = heard.find((one) => one.trackId === trackId)
    return own === undefined
      ? []
      : heard.filter((one) => one.trackId < trackId && mayBeSame(one, own)).flatMap((one) => twinOf(store, own, one))
  }
}
