/**
 * @file From audio to a beat raster: onset strength → metrical family → exact period and phase. Steps that need a trained model
 * (octave, half-beat, bar and phrase phase) come later, in `place-bars.ts`, so that an evaluation can retrain that model per fold.
 */
import type { MonoAudio } from '../audio/audio.ts'
import type { Progress } from '../support/progress.ts'
import { UserError } from '../support/user-error.ts'
import type { Bpm, Seconds } from '../units/units.ts'
import { anchorTrack } from './anchor-track.ts'
import { beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { alignToOnsets } from './beat-phase.ts'
import { type BeatRaster, excerptRaster, observeRaster, ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import { fitGrid } from './fit-tempo.ts'
import type { GridAnchor } from './grid-anchor.ts'
import { type ObservedSound, observeSound } from './observe-sound.ts'
import { onsetStrength } from './onset-strength.ts'
import type { RotationModel } from './rotation-model.ts'
import { beatSignal, strongestFamily, tempoSpectrum } from './tempo-candidates.ts'
import { decideFamily, familyCandidates, measureThirds, shippedFamilyModel, type Thirds } from './tempo-families.ts'

/** Noise, drones and random clicks stay below 5, ten seconds of random clicks below 9; a click track of 5 s has 13. */
const MIN_SALIENCE = 6
/** A beat measured this little before the first sample counts as on it. */
const START_TOLERANCE_SECONDS = 0.006

export type BeatTracking = {
  readonly durationSeconds: Seconds
  /** Tempo of most of the track, in base beats. */
  readonly baseBpm: Bpm
  /** Anchors in base beats: the slowest octave of the metrical family that is at least `MIN_TEMPO_BPM`. */
  readonly baseAnchors: readonly GridAnchor[]
  /** Row of the raster that holds the first base beat, 0 … 7. */
  readonly phaseRow: number
  readonly raster: BeatRaster
  readonly thirds: Thirds
  /** How clearly the tempo stands out from chance (white onsets give about 3). */
  readonly tempoSalience: number
  /** How probable it is that this is the metrical family, octaves forgiven. */
  readonly familyProbability: number
}

export const trackBeats = (audio: MonoAudio, progress: Progress = {}): BeatTracking => {
  const sound = observeSound(audio, progress)
  progress.signal?.throwIfAborted()
  const tracking = trackSound(sound)
  progress.onProgress?.(1)
  return tracking
}

/** The beats of what was observed of a recording; all that takes long is in the observation. */
export const trackSound = (
  { mel, chroma, sampleRate, soundStartSeconds, durationSeconds }: ObservedSound,
  familyModel: RotationModel = shippedFamilyModel,
): BeatTracking => {
  const onsets = onsetStrength(mel, sampleRate)
  const beats = beatSignal(onsets)
  const spectrum = tempoSpectrum(beats, onsets.framesPerSecond)
  const tempo = strongestFamily(spectrum)
  if (tempo === null || tempo.salience < MIN_SALIENCE)
    throw new UserError('BEATS_NOT_FOUND', `No pulse stands out in ${durationSeconds.toFixed(0)} s of audio.`)
  const family = decideFamily(familyCandidates(onsets, spectrum, tempo.bpm), familyModel)
  const grid = alignToOnsets(onsets, fitGrid(onsets, { beatHertz: family.bpm / 60, origin: 0 }))
  const baseAnchors = anchorTrack(onsets, beats, grid).map(toBaseAnchor)
  const { rowSeconds, phaseRow } = layRows(baseAnchors, durationSeconds)
  const raster = observeRaster({ onsets, mel, chroma, sampleRate, rowSeconds, soundStartSeconds })
  return {
    durationSeconds,
    baseBpm: grid.beatHertz * 30,
    baseAnchors,
    phaseRow,
    raster,
    tempoSalience: tempo.salience,
    familyProbability: family.probability,
    thirds: measureThirds(onsets, family.bpm),
  }
}

/** @returns an excerpt that starts in the middle of the music, for training and for tests; rows [firstRow, endRow). */
export const excerptTracking = (tracking: BeatTracking, firstRow: number, endRow: number): BeatTracking => ({
  ...tracking,
  phaseRow: (((tracking.phaseRow - firstRow) % ROWS_PER_BASE_BEAT) + ROWS_PER_BASE_BEAT) % ROWS_PER_BASE_BEAT,
  raster: excerptRaster(tracking.raster, firstRow, endRow),
})

/**
 * The compressed rise begins before the attack: 6 ms on strikes with an instant attack, 2 ms on the corpus (decision 0002).
 */
const ONSET_LEAD_SECONDS = 0.003

/** Halves the tempo, and puts the beats where they sound rather than where the window first sees them. */
const toBaseAnchor = ({ beat, seconds, bpm }: GridAnchor): GridAnchor => ({
  beat: beat / 2,
  seconds: seconds + ONSET_LEAD_SECONDS,
  bpm: bpm / 2,
})

/** Lays rows from the first at or after time 0 to the last that starts within the track. */
const layRows = (
  baseAnchors: readonly GridAnchor[],
  durationSeconds: Seconds,
): { readonly rowSeconds: Float64Array; readonly phaseRow: number } => {
  const grid = { anchors: baseAnchors }
  const first = Math.ceil(secondsToBeats(grid, -START_TOLERANCE_SECONDS) * ROWS_PER_BASE_BEAT)
  const end = Math.ceil(secondsToBeats(grid, durationSeconds) * ROWS_PER_BASE_BEAT)
  const rowSeconds = Float64Array.from({ length: Math.max(1, end - first) + 1 }, (_, row) =>
    beatsToSeconds(grid, (first + row) / ROWS_PER_BASE_BEAT),
  )
  return { rowSeconds, phaseRow: ((-first % ROWS_PER_BASE_BEAT) + ROWS_PER_BASE_BEAT) % ROWS_PER_BASE_BEAT }
}
