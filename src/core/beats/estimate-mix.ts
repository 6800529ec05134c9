/** @file The grid of a long recording: of its regions, each by itself, with the edges where the beats of both sides gather most onsets. */
import { UserError } from '../support/user-error.ts'
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import type { BarPhaseModel } from './bar-phase.ts'
import { type BeatGrid, secondsToBeats } from './beat-grid.ts'
import type { FrameRange, LinearGrid } from './beat-phase.ts'
import { CHROMA_BINS } from './beat-raster.ts'
import type { GridAlternative } from './grid-edit.ts'
import { joinGrids, type RegionGrid } from './join-grids.ts'
import { findMixRegions, MIN_REGION_SECONDS } from './mix-regions.ts'
import type { ObservedSound } from './observe-sound.ts'
import { type OnsetStrength, onsetStrength } from './onset-strength.ts'
import { changeSeconds } from './piecewise-grid.ts'
import { placeBars } from './place-bars.ts'
import { beatSignal } from './tempo-candidates.ts'
import type { TempoHabit } from './tempo-habit.ts'
import { type BeatTracking, trackSound } from './track-beats.ts'

/** Longer recordings are taken for sets. */
export const MIX_SECONDS = 15 * 60

/** @throws UserError BEATS_NOT_FOUND. */
export const estimateMix = (sound: ObservedSound, model: BarPhaseModel, habit?: TempoHabit): BeatGrid => {
  const onsets = onsetStrength(sound.mel, sound.sampleRate)
  const signal = beatSignal(onsets)
  const regions: RegionGrid[] = []
  let silent: UserError | null = null
  const add = (range: FrameRange, tracking: BeatTracking): void => {
    const offset = range.firstFrame / onsets.framesPerSecond
    const grid = moveLater(placeBars(tracking, model, { habit }), offset)
    regions.push({ startSeconds: regions.length === 0 ? 0 : offset, grid })
  }
  const track = (range: FrameRange): BeatTracking => trackSound(cutSound(sound, range, onsets))
  for (const range of findMixRegions(signal, onsets.framesPerSecond)) {
    try {
      const tracking = track(range)
      const parts = splitRegion(range, tracking, onsets.framesPerSecond)
      if (parts.length === 1) add(range, tracking)
      else for (const part of parts) add(part, track(part))
    } catch (error) {
      // A speech or an interlude without a pulse: the beat before it runs on.
      if (!(error instanceof UserError) || error.code !== 'BEATS_NOT_FOUND') throw error
      silent = error
    }
  }
  if (regions.length === 0) throw silent!
  const edged = regions.map((region, n) =>
    n === 0 ? region : { ...region, startSeconds: edgeOf(onsets, signal, [regions[n - 1]!, region]) },
  )
  const joined = toStart(joinGrids(edged, sound.durationSeconds), sound.durationSeconds)
  const alternatives = halfBeatsOf(edged, sound.durationSeconds)
  return alternatives.length === 0 ? joined : { ...joined, alternatives }
}

/** What else the beats of each region may be, for that region alone; what else its tempo or bars may be says nothing of the others. */
const halfBeatsOf = (regions: readonly RegionGrid[], durationSeconds: Seconds): readonly GridAlternative[] =>
  regions
    .flatMap(({ startSeconds: from, grid }, at) =>
      (grid.alternatives ?? []).flatMap(({ doubt, edit, probability }) =>
        edit.kind === 'half-beat'
          ? [{ doubt, edit: { ...edit, from, to: regions[at + 1]?.startSeconds ?? durationSeconds }, probability }]
          : [],
      ),
    )
    .toSorted((a, b) => b.probability - a.probability)

/** Two tracks of nearly one tempo are one region, which is straight for long, and then straight again: each has its own bars. */
const splitRegion = (
  { firstFrame, endFrame }: FrameRange,
  { baseAnchors, durationSeconds }: BeatTracking,
  framesPerSecond: number,
): FrameRange[] => {
  const starts = baseAnchors.map(({ seconds }, n) => (n === 0 ? 0 : seconds))
  const long = starts.filter((start, n) => (starts[n + 1] ?? durationSeconds) - start >= MIN_REGION_SECONDS)
  const cuts = long.slice(1).map((start) => firstFrame + Math.round(start * framesPerSecond))
  return [firstFrame, ...cuts].map((frame, n) => ({ firstFrame: frame, endFrame: cuts[n] ?? endFrame }))
}

const cutSound = (sound: ObservedSound, { firstFrame, endFrame }: FrameRange, onsets: OnsetStrength): ObservedSound => {
  const { mel, chroma, durationSeconds } = sound
  const share = (frame: number): number => Math.round((frame / mel.frames) * (chroma.length / CHROMA_BINS))
  return {
    ...sound,
    durationSeconds: Math.min(durationSeconds, endFrame / onsets.framesPerSecond) - firstFrame / onsets.framesPerSecond,
    mel: {
      ...mel,
      frames: endFrame - firstFrame,
      values: mel.values.subarray(firstFrame * mel.bands, endFrame * mel.bands),
    },
    chroma: chroma.subarray(share(firstFrame) * CHROMA_BINS, share(endFrame) * CHROMA_BINS),
    soundStartSeconds: firstFrame === 0 ? sound.soundStartSeconds : null,
  }
}

const moveLater = (grid: BeatGrid, seconds: Seconds): BeatGrid => ({
  ...grid,
  anchors: grid.anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + seconds })),
})

const edgeOf = (
  onsets: OnsetStrength,
  signal: Float32Array,
  [before, after]: readonly [RegionGrid, RegionGrid],
): Seconds =>
  changeSeconds(onsets, signal, {
    before: linearNear(before.grid, after.startSeconds),
    after: linearNear(after.grid, after.startSeconds),
    around: Math.round(after.startSeconds * onsets.framesPerSecond),
  })

const linearNear = ({ anchors }: BeatGrid, seconds: Seconds): LinearGrid => {
  const { bpm, seconds: start } = anchors.findLast((anchor) => anchor.seconds <= seconds) ?? anchors[0]!
  return { beatHertz: bpm / 60, origin: start }
}

/** Beat 0 is the first in the recording. */
const toStart = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  const first = Math.ceil(secondsToBeats(grid, 0) - 1e-6)
  const beatCount = Math.max(1, Math.ceil(secondsToBeats(grid, durationSeconds) - 1e-6) - first)
  const phrase = 4 * grid.beatsPerBar
  return {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, beat: anchor.beat - first })),
    beatCount,
    firstDownbeat: modulo(grid.firstDownbeat - first, grid.beatsPerBar),
    firstPhrase: modulo(grid.firstPhrase - first, phrase),
  }
}
