/**
 * @file Chroma of each beat from pitch peaks, corrected for the track's tuning, and what it tells about harmony: how clear
 * it is, how much it changes from the beats and bars before, and how near it is to a major or minor triad.
 * Method: amplitudes of the peaks, shared linearly between the two nearest pitch classes (cf. HPCP, Gómez 2006).
 * Conventions: chroma sums to 1 a beat, C first; all zero where no peak is found.
 */
import { joinColumns } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import type { TrackFrames } from './track-frames.ts'

export const PITCH_CLASSES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const

/** A beat, and a bar of 4/4. */
const CHANGE_BEATS = [1, 4] as const

type PitchTrack = Pick<TrackFrames, 'beats' | 'beatFrames' | 'framesPerSecond' | 'pitches' | 'tuningCents'>

/** Adds the peaks of a frame to a row of the chroma. @returns the sum of their weights */
const addFrame = (
  chroma: Float32Array,
  row: number,
  { pitches, tuningCents }: PitchTrack,
  { frame, near }: { readonly frame: number; readonly near: number },
  before: number,
): number => {
  const tuning = tuningCents / 100
  let total = before
  for (let peak = pitches.firsts[frame]!; peak < pitches.firsts[frame + 1]!; peak++) {
    const semitone = pitches.semitones[peak]! - tuning
    const low = Math.floor(semitone)
    const weight = near * Math.sqrt(pitches.powers[peak]!)
    const part = semitone - low
    chroma[row + (low % 12)]! += weight * (1 - part)
    chroma[row + ((low + 1) % 12)]! += weight * part
    total += weight
  }
  return total
}

/** Shape (beats, 12). Frames are longer than the hop, so they count for a beat by how close they are to its middle. */
export const beatChroma = (track: PitchTrack): Float32Array => {
  const { pitches, beats } = track
  const ratio = pitches.framesPerSecond / track.framesPerSecond
  const chroma = new Float32Array(beats * 12)
  for (let beat = 0; beat < beats; beat++) {
    const start = track.beatFrames[beat]! * ratio
    const end = track.beatFrames[beat + 1]! * ratio
    const middle = (start + end) / 2
    const reach = Math.max(0.75, (end - start) / 2)
    const row = beat * 12
    const last = Math.min(pitches.frames - 1, Math.floor(middle + reach))
    let total = 0
    for (let frame = Math.max(0, Math.ceil(middle - reach)); frame <= last; frame++) {
      const near = 1 - (0.5 * Math.abs(frame - middle)) / reach
      total = addFrame(chroma, row, track, { frame, near }, total)
    }
    if (total > 0) for (let pitch = 0; pitch < 12; pitch++) chroma[row + pitch]! /= total
  }
  return chroma
}

/** Cosine distance between the mean chroma of the `reach` beats from each beat on and of the `reach` beats before, 0 to 1. */
const chromaChange = (chroma: Float32Array, reach: number): Float32Array => {
  const beats = chroma.length / 12
  return Float32Array.from({ length: beats }, (_, beat) => {
    if (beat === 0) return 0
    let [dot, before, after] = [0, 0, 0]
    for (let pitch = 0; pitch < 12; pitch++) {
      let earlier = 0
      let later = 0
      for (let at = Math.max(0, beat - reach); at < beat; at++) earlier += chroma[at * 12 + pitch]!
      for (let at = beat; at < Math.min(beats, beat + reach); at++) later += chroma[at * 12 + pitch]!
      dot += earlier * later
      before += earlier * earlier
      after += later * later
    }
    return before > 0 && after > 0 ? 1 - dot / Math.sqrt(before * after) : 0
  })
}

const clarity = (chroma: Float32Array): Float32Array =>
  Float32Array.from({ length: chroma.length / 12 }, (_, beat) => {
    let entropy = 0
    for (let pitch = 0; pitch < 12; pitch++) {
      const share = chroma[beat * 12 + pitch]!
      if (share > 0) entropy -= share * Math.log(share)
    }
    return 1 - entropy / Math.log(12)
  })

/** Amplitude of the pitch peaks per beat, in dB: how much tone there is at all. */
const toneLevel = (track: PitchTrack): Float32Array => {
  const { pitches } = track
  const ratio = pitches.framesPerSecond / track.framesPerSecond
  return Float32Array.from({ length: track.beats }, (_, beat) => {
    const middle = ((track.beatFrames[beat]! + track.beatFrames[beat + 1]!) / 2) * ratio
    const frame = Math.max(0, Math.min(pitches.frames - 1, Math.round(middle)))
    let power = 0
    for (let peak = pitches.firsts[frame]!; peak < pitches.firsts[frame + 1]!; peak++) power += pitches.powers[peak]!
    return 10 * Math.log10(power + 1e-8)
  })
}

export const harmony: FeatureExtractor = {
  columns: [
    ...columnsNamed(
      PITCH_CLASSES.map((name) => `chroma ${name}`),
      { group: 'the harmony', roles: [] },
    ),
    { name: 'chroma change 1', group: 'the harmony', roles: ['sound', 'beat'] },
    { name: 'chroma change 4', group: 'the harmony', roles: ['compared', 'sound', 'beat'] },
    { name: 'chroma clarity', group: 'the harmony', roles: ['sound', 'beat'] },
    { name: 'tone level', group: 'the harmony', roles: ['compared', 'sound', 'beat'] },
  ],
  parameters: { changeBeats: CHANGE_BEATS },
  extract: (track) => {
    const chroma = beatChroma(track)
    const classes = PITCH_CLASSES.map((_, pitch) =>
      Float32Array.from({ length: track.beats }, (_, beat) => chroma[beat * 12 + pitch]!),
    )
    return joinColumns([
      ...classes,
      ...CHANGE_BEATS.map((reach) => chromaChange(chroma, reach)),
      clarity(chroma),
      toneLevel(track),
    ])
  },
}
