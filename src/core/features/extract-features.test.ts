import { describe, expect, it } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { extractFeatures, featuresOfFrames } from './extract-features.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { FEATURE_SPEC } from './feature-spec.ts'
import { estimateKey, keyOfPeaks } from './key.ts'
import { addKick, addNoise, addTone, silence } from './synthetic-audio.fixture.ts'
import { alignFrames, measureFrames } from './track-frames.ts'

/** 120 BPM, so that a beat is half a second; 32 beats of kicks, hats between them and a tone. */
const BEATS = 32
const makeTrack = (firstSeconds = 0): MonoAudio => {
  const audio = addTone(silence(firstSeconds + BEATS / 2), { hertz: 440, from: firstSeconds, gain: 0.1, harmonics: 4 })
  for (let beat = 0; beat < BEATS; beat++) {
    addKick(audio, firstSeconds + beat / 2)
    addNoise(audio, {
      from: firstSeconds + beat / 2 + 0.25,
      to: firstSeconds + beat / 2 + 0.35,
      decaySeconds: 0.02,
      gain: 0.2,
      seed: beat,
    })
  }
  return audio
}
const columnOf = ({ columns, values, beats }: FeatureMatrix, name: string): number[] => {
  const column = columns.indexOf(name)
  expect(column, name).toBeGreaterThanOrEqual(0)
  return Array.from({ length: beats }, (_, beat) => values[beat * columns.length + column]!)
}

describe('extractFeatures', () => {
  const track = makeTrack()
  const matrix = extractFeatures(track, constantGrid(120, BEATS))

  it('has a row a beat and the columns of the specification', () => {
    expect(matrix.beats).toBe(BEATS)
    expect(matrix.columns).toEqual(FEATURE_SPEC.columns)
    expect(matrix.values).toHaveLength(BEATS * FEATURE_SPEC.columns.length)
    expect(new Set(matrix.columns).size).toBe(matrix.columns.length)
  })

  it.each([
    ['music', track],
    ['silence', silence(16)],
    ['a constant offset', { ...track, samples: track.samples.map(() => 0.5) }],
    ['full-scale noise', addNoise(silence(16), { gain: 1 })],
    ['audio of a single beat', { ...track, samples: track.samples.slice(0, 11025) }],
    ['one sample', { ...track, samples: track.samples.slice(0, 1) }],
  ])('is finite for %s', (_, audio) => {
    for (const beats of [1, 2, BEATS]) {
      const { values } = extractFeatures(audio, constantGrid(120, beats))
      expect(values.findIndex((value) => !Number.isFinite(value))).toBe(-1)
    }
  })

  it('gives the same values for the same input', () => {
    expect(extractFeatures(makeTrack(), constantGrid(120, BEATS)).values).toEqual(matrix.values)
  })

  it('gives the same from frames measured once, which serve the key as well', () => {
    const frames = alignFrames(measureFrames(track), constantGrid(120, BEATS))
    expect(featuresOfFrames(frames)).toEqual(matrix)
    expect(keyOfPeaks(frames.pitches, frames.tuningCents)).toEqual(estimateKey(track))
  })

  it('does not see when the track begins', () => {
    // A whole number of hops of both transforms, so that the frames fall alike.
    const shift = (4096 * 4) / 22050
    const later = extractFeatures(makeTrack(shift), constantGrid(120, BEATS, shift))
    for (const name of ['rms', 'level bass', 'centroid', 'onset peak kick', 'pattern hat 2/4', 'chroma A']) {
      const [before, after] = [columnOf(matrix, name), columnOf(later, name)]
      for (let beat = 2; beat < BEATS - 2; beat++)
        expect(Math.abs(after[beat]! - before[beat]!), name).toBeLessThan(0.05 + 0.02 * Math.abs(before[beat]!))
    }
  })

  it('shifts levels by the gain and leaves shares and onsets alone', () => {
    const soft = extractFeatures(
      { ...track, samples: track.samples.map((sample) => sample / 4) },
      constantGrid(120, BEATS),
    )
    const difference = (name: string): number => columnOf(soft, name)[8]! - columnOf(matrix, name)[8]!
    expect(difference('rms')).toBeCloseTo(20 * Math.log10(1 / 4), 2)
    expect(difference('level mid')).toBeCloseTo(20 * Math.log10(1 / 4), 1)
    for (const name of [
      'centroid',
      'crest',
      'onset peak kick',
      'density hat',
      'struck share low',
      'chroma A',
      'repeat best timbre',
    ])
      expect(difference(name), name).toBeCloseTo(0, 1)
  })

  it('reports progress that never falls and ends at 1', () => {
    const heard: number[] = []
    extractFeatures(track, constantGrid(120, BEATS), { onProgress: (fraction) => heard.push(fraction) })
    expect(heard).toEqual([...heard].sort((a, b) => a - b))
    expect(heard.at(-1)).toBeCloseTo(1, 9)
  })

  it('stops when aborted', () => {
    const stopped = AbortSignal.abort(new Error('enough'))
    expect(() => extractFeatures(track, constantGrid(120, BEATS), { signal: stopped })).toThrow('enough')
  })
})
