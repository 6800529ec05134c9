import { describe, expect, it } from 'vitest'
import type { MonoAudio } from '../audio/audio.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { bandLevels } from './band-levels.ts'
import { beatChroma, harmony } from './beat-chroma.ts'
import { cepstrumShape } from './cepstrum.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { loudnessShape } from './loudness-shape.ts'
import { melLevels } from './mel-levels.ts'
import { noiseSweep } from './noise-sweep.ts'
import { novelty } from './novelty.ts'
import { onsetActivity } from './onset-activity.ts'
import { onsetPattern } from './onset-pattern.ts'
import { percussiveShare } from './percussive-share.ts'
import { repetition } from './repetition.ts'
import { spectralShape } from './spectral-shape.ts'
import { addKick, addNoise, addTone, silence } from './synthetic-audio.fixture.ts'
import { alignFrames, measureFrames, type TrackFrames } from './track-frames.ts'
import { voiceLikeness } from './voice-likeness.ts'

/** At 120 BPM a beat lasts half a second. Beat 0 begins with the audio, so assertions leave out its ends. */
const BPM = 120
const framesOf = (audio: MonoAudio): TrackFrames =>
  alignFrames(measureFrames(audio), constantGrid(BPM, Math.floor((audio.samples.length / audio.sampleRate) * 2)))

const columnOf = (extractor: FeatureExtractor, audio: MonoAudio, name: string): number[] => {
  const track = framesOf(audio)
  const values = extractor.extract(track)
  const width = extractor.columns.length
  const place = extractor.columns.findIndex((column) => column.name === name)
  expect(place, name).toBeGreaterThanOrEqual(0)
  expect(values).toHaveLength(track.beats * width)
  return Array.from({ length: track.beats }, (_, beat) => values[beat * width + place]!)
}
const at = (extractor: FeatureExtractor, audio: MonoAudio, name: string): number => {
  const column = columnOf(extractor, audio, name)
  return column[column.length >> 1]!
}
const everyBeat = (beats: number, add: (audio: MonoAudio, seconds: number) => void): MonoAudio => {
  const audio = silence(beats / 2)
  for (let beat = 0; beat < beats; beat++) add(audio, beat / 2)
  return audio
}
const kicks = (): MonoAudio => everyBeat(16, (audio, seconds) => addKick(audio, seconds))
const offbeatHats = (): MonoAudio =>
  everyBeat(16, (audio, seconds) =>
    addNoise(audio, { from: seconds + 0.25, to: seconds + 0.4, decaySeconds: 0.02, gain: 0.4, seed: seconds }),
  )
const tone = (hertz: number, gain = 0.5): MonoAudio => addTone(silence(8), { hertz, gain })
const noise = (): MonoAudio => addNoise(silence(8), { gain: 0.3 })

describe('loudness', () => {
  it('gives a sine of amplitude a the level a / √2 and a crest of √2', () => {
    expect(at(loudnessShape, tone(1000), 'rms')).toBeCloseTo(20 * Math.log10(0.5 / Math.SQRT2), 1)
    expect(at(loudnessShape, tone(1000), 'crest')).toBeCloseTo(20 * Math.log10(Math.SQRT2), 1)
    expect(at(loudnessShape, tone(1000), 'dynamic range')).toBeLessThan(0.2)
  })
  it('hears the beat decay', () => {
    expect(at(loudnessShape, kicks(), 'second half over first')).toBeLessThan(-30)
  })
})

describe('band levels', () => {
  it.each([
    [40, 'sub'],
    [100, 'bass'],
    [300, 'low-mid'],
    [1000, 'mid'],
    [4000, 'high'],
    [8000, 'air'],
  ])('puts a sine of %i Hz into %s, at its mean power', (hertz, name) => {
    expect(at(bandLevels, tone(hertz), `level ${name}`)).toBeCloseTo(20 * Math.log10(0.5), 0)
    expect(at(bandLevels, tone(hertz), `held ${name}`)).toBeCloseTo(20 * Math.log10(0.5), 0)
    for (const other of ['sub', 'low-mid', 'high'].filter(
      (band) => band !== name && !(name === 'bass' && band === 'sub'),
    ))
      expect(at(bandLevels, tone(hertz), `level ${other}`)).toBeLessThan(-20)
  })
  it('tells a held bass from kicks', () => {
    const held = addTone(silence(8), { hertz: 55, gain: 0.3 })
    expect(at(bandLevels, held, 'held sub') - at(bandLevels, held, 'level sub')).toBeGreaterThan(-1)
    expect(at(bandLevels, kicks(), 'held sub') - at(bandLevels, kicks(), 'level sub')).toBeLessThan(-20)
  })
})

describe('mel levels and cepstrum', () => {
  it('peaks in the band of a sine', () => {
    const track = framesOf(tone(1000))
    const row = melLevels.extract(track).slice(8 * 32, 9 * 32)
    const loudest = row.indexOf(Math.max(...row))
    const nearest = [...track.melCentresHz.keys()].sort(
      (a, b) => Math.abs(track.melCentresHz[a]! - 1000) - Math.abs(track.melCentresHz[b]! - 1000),
    )
    expect(nearest.slice(0, 2)).toContain(loudest)
  })
  it('has a first coefficient that is high when the lows dominate and near 0 for white noise', () => {
    const dark = addTone(silence(8), { hertz: 60, gain: 0.3, harmonics: 8 })
    expect(at(cepstrumShape, dark, 'mfcc 1')).toBeGreaterThan(100)
    expect(Math.abs(at(cepstrumShape, noise(), 'mfcc 1'))).toBeLessThan(10)
  })
})

describe('spectral shape', () => {
  it('finds the centroid and rolloff of a sine, in octaves over 100 Hz', () => {
    expect(at(spectralShape, tone(1600), 'centroid')).toBeCloseTo(4, 1)
    expect(at(spectralShape, tone(1600), 'rolloff')).toBeCloseTo(4, 1)
    expect(at(spectralShape, tone(1600), 'centroid slope')).toBeCloseTo(0, 2)
  })
  it('counts two zero crossings a period', () => {
    expect(at(spectralShape, tone(1600), 'zero crossings')).toBeCloseTo((2 * 1600) / 22050, 3)
  })
  it('calls noise flat and a sine not', () => {
    expect(at(spectralShape, noise(), 'flatness')).toBeGreaterThan(-2)
    expect(at(spectralShape, tone(1600), 'flatness')).toBeLessThan(-25)
  })
  it('sees a rising sweep', () => {
    const sweep = silence(8)
    let phase = 0
    for (let n = 0; n < sweep.samples.length; n++) {
      phase += (2 * Math.PI * 200 * 2 ** (n / 22050 / 2)) / 22050
      sweep.samples[n] = 0.3 * Math.sin(phase)
    }
    // Half an octave a second is a quarter of an octave a beat of half a second.
    expect(at(spectralShape, sweep, 'centroid slope')).toBeCloseTo(0.25, 1)
  })
})

describe('percussive share', () => {
  it('is low for a held tone and high for clicks', () => {
    const held = addTone(silence(8), { hertz: 440, gain: 0.2, harmonics: 10 })
    expect(at(percussiveShare, held, 'struck share mid')).toBeLessThan(0.3)
    expect(at(percussiveShare, offbeatHats(), 'struck share high')).toBeGreaterThan(0.6)
  })
})

describe('onsets', () => {
  it('hears kicks as one low onset a beat and no hats', () => {
    for (const density of columnOf(onsetActivity, kicks(), 'density kick').slice(1)) expect(density).toBeCloseTo(1, 0)
    expect(at(onsetActivity, kicks(), 'onset peak kick')).toBeGreaterThan(15)
    expect(at(onsetActivity, kicks(), 'onset peak hat')).toBeLessThan(3)
  })
  it('puts kicks on the beat and hats on the half', () => {
    const kick = [0, 1, 2, 3].map((slot) => at(onsetPattern, kicks(), `pattern kick ${slot}/4`))
    expect(kick.indexOf(Math.max(...kick))).toBe(0)
    const hat = [0, 1, 2, 3].map((slot) => at(onsetPattern, offbeatHats(), `pattern hat ${slot}/4`))
    expect(hat.indexOf(Math.max(...hat))).toBe(2)
    expect(Math.max(...hat)).toBeGreaterThan(2 * hat[0]!)
  })
  it('hears nothing struck in a held tone', () => {
    expect(at(onsetActivity, tone(100), 'density kick')).toBe(0)
    expect(at(onsetActivity, tone(3000), 'density snare')).toBe(0)
  })
})

describe('harmony', () => {
  const chord = (semitones: readonly number[], cents = 0): MonoAudio => {
    const audio = silence(8)
    for (const semitone of semitones)
      addTone(audio, { hertz: 440 * 2 ** ((semitone - 69 + cents / 100) / 12), gain: 0.1 })
    return audio
  }
  it.each([-30, 0, 40])('shares a C major triad between C, E and G, detuned by %i cents', (cents) => {
    const track = framesOf(chord([60, 64, 67], cents))
    const chroma = beatChroma(track).slice(8 * 12, 9 * 12)
    for (const pitch of [0, 4, 7]) expect(chroma[pitch]).toBeCloseTo(1 / 3, 1)
    expect(chroma.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
  })
  it('is clear for one note and unclear for noise', () => {
    expect(at(harmony, chord([69]), 'chroma clarity')).toBeGreaterThan(0.9)
    expect(at(harmony, noise(), 'chroma clarity')).toBeLessThan(0.3)
  })
  it('changes where the chord changes', () => {
    const audio = silence(8)
    for (const semitone of [60, 64, 67]) addTone(audio, { hertz: 440 * 2 ** ((semitone - 69) / 12), gain: 0.1, to: 4 })
    for (const semitone of [62, 66, 69])
      addTone(audio, { hertz: 440 * 2 ** ((semitone - 69) / 12), gain: 0.1, from: 4 })
    const change = columnOf(harmony, audio, 'chroma change 4')
    expect(change.indexOf(Math.max(...change))).toBe(8)
    expect(change[8]).toBeGreaterThan(0.9)
  })
})

describe('voice likeness', () => {
  it('hears vibrato and not a steady tone', () => {
    const steady = addTone(silence(8), { hertz: 330, gain: 0.1, harmonics: 10 })
    const vibrato = addTone(silence(8), { hertz: 330, gain: 0.1, harmonics: 10, vibratoCents: 50 })
    expect(at(voiceLikeness, steady, 'voice gliding')).toBeLessThan(0.05)
    expect(at(voiceLikeness, steady, 'voice steady')).toBeGreaterThan(0.9)
    expect(at(voiceLikeness, vibrato, 'voice gliding')).toBeGreaterThan(0.5)
    expect(at(voiceLikeness, vibrato, 'voice common glide')).toBeGreaterThan(0.4)
    expect(at(voiceLikeness, noise(), 'voice common glide')).toBeLessThan(0.3)
  })
})

describe('noise sweep', () => {
  it('sees noise that gets louder by 2 dB a beat', () => {
    const audio = silence(16)
    addNoise(audio, { gain: 1 })
    for (let n = 0; n < audio.samples.length; n++) audio.samples[n]! *= 10 ** ((-64 + (2 * n) / 11025) / 20)
    expect(at(noiseSweep, audio, 'floor level slope')).toBeCloseTo(2, 0)
  })
  it('does not take hats between silence for a floor', () => {
    expect(at(noiseSweep, offbeatHats(), 'floor level')).toBeLessThan(at(noiseSweep, noise(), 'floor level') - 20)
  })
})

describe('novelty and repetition', () => {
  /** A (16 beats) B (16) A (16) C (16): two chords, noise. */
  const form = (): MonoAudio => {
    const audio = addNoise(silence(32), { gain: 0.001 })
    for (const from of [0, 16])
      for (let beat = 0; beat < 16; beat++)
        addTone(audio, {
          hertz: 220 * 2 ** ([0, 3, 7, 10][beat % 4]! / 12),
          from: from + beat / 2,
          to: from + beat / 2 + 0.5,
          gain: 0.2,
          harmonics: 6,
        })
    addNoise(audio, { from: 8, to: 16, gain: 0.2 })
    addTone(audio, { hertz: 3000, from: 24, to: 32, gain: 0.2, harmonics: 2 })
    return audio
  }
  const audio = form()
  it.each([8, 16])('peaks at the borders, looking %i beats around', (reach) => {
    const curve = columnOf(novelty, audio, `novelty timbre ${reach}`)
    for (const border of [16, 32, 48]) {
      expect(curve[border]).toBeGreaterThan(curve[border - 6]!)
      expect(curve[border]).toBeGreaterThan(curve[border + 6]!)
    }
  })
  it('finds the part that comes again', () => {
    const best = columnOf(repetition, audio, 'repeat best timbre')
    expect(best[2]).toBeGreaterThan(0.9)
    expect(best[34]).toBeGreaterThan(0.9)
    expect(best[18]).toBeLessThan(0.5)
  })
  it('hears a loop of four beats as such', () => {
    expect(columnOf(repetition, audio, 'repeat lag 4 harmony')[2]).toBeGreaterThan(0.9)
  })
})
