/** @file The grid of a long recording: of its regions, each by itself, with the edges where the beats of both sides gather most onsets. */
import { UserError } from '../support/user-error.ts'
import type { Seconds } from '../units/units.ts'
import type { BarPhaseModel } from './bar-phase.ts'
import { type BeatGrid, secondsToBeats } from './beat-grid.ts'
import type { FrameRange, LinearGrid } from './beat-phase.ts'
import { CHROMA_BINS } from './beat-raster.ts'
import { joinGrids, type RegionGrid } from './join-grids.ts'
import { findMixRegions } from './mix-regions.ts'
import type { ObservedSound } from './observe-sound.ts'
import { type OnsetStrength, onsetStrength } from './onset-strength.ts'
import { changeSeconds } from './piecewise-grid.ts'
import { placeBars } from './place-bars.ts'
import { beatSignal } from './tempo-candidates.ts'
import type { TempoHabit } from './tempo-habit.ts'
import { trackSound } from './track-beats.ts'

/** Longer recordings are taken for sets. */
export const MIX_SECONDS = 15 * 60

/** @throws UserError BEATS_NOT_FOUND. */
export const estimateMix = (sound: ObservedSound, model: BarPhaseModel, habit?: TempoHabit): BeatGrid => {
  const onsets = onsetStrength(sound.mel, sound.sampleRate)
  const signal = beatSignal(onsets)
  const regions: RegionGrid[] = []
  let silent: UserError | null = null
  for (const range of findMixRegions(signal, onsets.framesPerSecond)) {
    const offset = range.firstFrame / onsets.framesPerSecond
    try {
      const grid = moveLater(placeBars(trackSound(cutSound(sound, range, onsets)), model, { habit }), offset)
      regions.push({ startSeconds: regions.length === 0 ? 0 : offset, grid })
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
  return toStart(joinGrids(edged, sound.durationSeconds), sound.durationSeconds)
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
  const modulo = (value: number, period: number): number => ((value % period) + period) % period
  return {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, beat: anchor.beat - first })),
    beatCount,
    firstDownbeat: modulo(grid.firstDownbeat - first, grid.beatsPerBar),
    firstPhrase: modulo(grid.firstPhrase - first, phrase),
  }
}
