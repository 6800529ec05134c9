import { writeFileSync } from 'node:fs'
import { createRandom } from '../core/support/random.ts'

const SAMPLE_RATE_HZ = 22050
const WAV_HEADER_BYTES = 44
export const TEST_TRACK_BEATS = 64

export type TestTrack = { readonly bpm: number; readonly seed: number; readonly rootHz: number }

/** First beat of the loud middle, and of the quiet end. */
export const TEST_TRACK_DROP_BEAT = 16
export const TEST_TRACK_OUTRO_BEAT = 48

/**
 * Half a minute of kick, with bass, chord and hats in the middle: three sections that nobody could confuse, with beats
 * from 0 s.
 */
const renderTestTrack = ({ bpm, seed, rootHz }: TestTrack): Float32Array => {
  const random = createRandom(seed)
  const beatSamples = (SAMPLE_RATE_HZ * 60) / bpm
  const samples = new Float32Array(Math.round(TEST_TRACK_BEATS * beatSamples))
  for (let index = 0; index < samples.length; index++) {
    const beat = index / beatSamples
    const seconds = (beat % 1) * (60 / bpm)
    const isBarStart = Math.floor(beat) % 4 === 0
    const kick = Math.sin(2 * Math.PI * (50 * seconds + 4 * (1 - Math.exp(-30 * seconds)))) * Math.exp(-9 * seconds)
    const isDrop = beat >= TEST_TRACK_DROP_BEAT && beat < TEST_TRACK_OUTRO_BEAT
    const offbeat = (seconds + 30 / bpm) % (60 / bpm)
    const time = index / SAMPLE_RATE_HZ
    const hat = (random() - 0.5) * Math.exp(-60 * offbeat)
    const note = (partial: number): number => Math.sin(2 * Math.PI * rootHz * partial * time)
    const bass = isDrop ? note(1) * Math.min(1, seconds * 8) : 0
    const chord = isDrop ? (note(4) + note(5) + note(6)) / 3 : 0
    samples[index] = kick * (isBarStart ? 0.6 : 0.45) + (isDrop ? 0.2 * hat + 0.2 * bass + 0.12 * chord : 0.02 * hat)
  }
  return samples
}

/** Mono, 16 bits. */
const encodeTestTrack = (samples: Float32Array): Buffer => {
  const file = Buffer.alloc(WAV_HEADER_BYTES + samples.length * 2)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24)
  file.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples.length * 2, 40)
  const view = new DataView(file.buffer, file.byteOffset + WAV_HEADER_BYTES)
  for (let index = 0; index < samples.length; index++)
    view.setInt16(index * 2, Math.round(Math.max(-1, Math.min(1, samples[index]!)) * 32767), true)
  return file
}

/** Those that this process has written before: to write one again takes no rendering. */
const encoded = new Map<string, Buffer>()

export const writeTestTrack = (path: string, track: TestTrack): void => {
  const key = JSON.stringify(track)
  const file = encoded.get(key) ?? encodeTestTrack(renderTestTrack(track))
  encoded.set(key, file)
  writeFileSync(path, file)
}
