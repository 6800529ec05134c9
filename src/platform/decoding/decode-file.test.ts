import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodeFile } from './decode-file.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { aiffBytes, wavBytes } from './wav-bytes.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-decode-'))
const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const fixture = (extension: string): string =>
  fileURLToPath(new URL(`./fixtures/two-clicks.${extension}`, import.meta.url))

const sine = (hertz: number, rate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / rate))
const rms = (samples: Float32Array): number => {
  const inner = samples.subarray(500, samples.length - 500)
  return Math.sqrt(inner.reduce((sum, sample) => sum + sample * sample, 0) / inner.length)
}
/** Index of the largest sample within ± 50 ms of a time at 22,050 Hz. */
const peakNear = (samples: Float32Array, seconds: number): number => {
  const first = Math.round((seconds - 0.05) * 22050)
  const around = samples.subarray(first, first + 2205)
  return first + around.reduce((best, sample, n) => (sample > around[best]! ? n : best), 0)
}

describe('PCM', () => {
  const tone = [sine(1000, 44100, 1), sine(1000, 44100, 1)]
  test.each([
    ['8 bit', wavBytes(tone, { bits: 8 }), 0.01],
    ['16 bit', wavBytes(tone, { bits: 16 }), 1e-3],
    ['24 bit', wavBytes(tone, { bits: 24 }), 1e-3],
    ['32 bit', wavBytes(tone, { bits: 32 }), 1e-3],
    ['32 bit float', wavBytes(tone, { bits: 32, kind: 'float' }), 1e-3],
    ['64 bit float', wavBytes(tone, { bits: 64, kind: 'float' }), 1e-3],
    ['24 bit extensible', wavBytes(tone, { bits: 24, extensible: true }), 1e-3],
    ['AIFF 8 bit', aiffBytes(tone, { bits: 8 }), 0.01],
    ['AIFF 16 bit', aiffBytes(tone, { bits: 16 }), 1e-3],
    ['AIFF 24 bit', aiffBytes(tone, { bits: 24 }), 1e-3],
    ['AIFC float', aiffBytes(tone, { bits: 32, kind: 'float' }), 1e-3],
  ])('%s keeps the wave', async (name, bytes, tolerance) => {
    const audio = await decodeFile(put(`${name}.bin`, bytes))
    expect(audio).toMatchObject({ channels: 2, sourceSampleRate: 44100, durationSeconds: 1, warnings: [] })
    const want = sine(1000, 22050, 1)
    expect(rms(audio.mono.samples.map((sample, n) => sample - want[n]!))).toBeLessThan(tolerance)
  })

  test.each([8000, 48000, 192000])('%i Hz comes out at 22,050 Hz', async (sampleRate) => {
    const path = put(`${sampleRate}.wav`, wavBytes([sine(440, sampleRate, 1)], { bits: 16, sampleRate }))
    const { mono, sourceSampleRate } = await decodeFile(path)
    expect(sourceSampleRate).toBe(sampleRate)
    expect(mono.samples.length).toBe(22050)
    expect(rms(mono.samples)).toBeCloseTo(0.5 / Math.SQRT2, 2)
  })

  test('eight channels are mixed', async () => {
    const planes = Array.from({ length: 8 }, (_, channel) =>
      sine(440, 44100, 1).map((sample) => (channel < 4 ? sample : 0)),
    )
    const { mono, channels } = await decodeFile(put('eight.wav', wavBytes(planes)))
    expect(channels).toBe(8)
    expect(rms(mono.samples)).toBeCloseTo(0.25 / Math.SQRT2, 2)
  })

  test('one sample and DC decode as they are', async () => {
    expect((await decodeFile(put('one.wav', wavBytes([Float32Array.of(0.5)])))).mono.samples.length).toBe(1)
    const direct = await decodeFile(put('dc.wav', wavBytes([new Float32Array(44100).fill(0.25)])))
    expect(direct.mono.samples[11025]).toBeCloseTo(0.25, 3)
  })

  test('silence has no loudness', async () => {
    const { loudness } = await decodeFile(put('silence.wav', wavBytes([new Float32Array(88200)])))
    expect(loudness).toEqual({ integratedLufs: null, truePeakDb: -120 })
  })

  test('a truncated file gives what is there, and says so', async () => {
    const whole = wavBytes([sine(440, 44100, 4)])
    const audio = await decodeFile(put('cut.wav', whole.subarray(0, whole.length / 2)))
    expect(audio.durationSeconds).toBeCloseTo(2, 2)
    expect(audio.warnings[0]).toMatch(/Truncated/)
  })
})

const decoders = findFfmpeg() === null ? (['builtin'] as const) : (['builtin', 'ffmpeg'] as const)
describe.each(decoders)('compressed, %s', (decoder) => {
  test.each(['mp3', 'flac', 'ogg', 'opus'])('%s puts the clicks where they are, to 1 ms', async (extension) => {
    const { mono, channels, durationSeconds } = await decodeFile(fixture(extension), { decoder })
    expect(channels).toBe(1)
    expect(Math.abs(durationSeconds - 2)).toBeLessThan(0.03)
    // The burst peaks 0.17 ms (a quarter period of 1.5 kHz) after its start.
    for (const seconds of [0.5, 1.5])
      expect(Math.abs(peakNear(mono.samples, seconds) / 22050 - seconds - 0.00017)).toBeLessThan(0.001)
  })
})

test('AAC decodes through ffmpeg', async ({ skip }) => {
  skip(findFfmpeg() === null, 'no ffmpeg on the PATH')
  const { decoder, durationSeconds } = await decodeFile(fixture('m4a'))
  expect(decoder).toBe('ffmpeg')
  expect(Math.abs(durationSeconds - 2)).toBeLessThan(0.05)
})

test('a WAV with compressed samples goes to ffmpeg', async ({ skip }) => {
  skip(findFfmpeg() === null, 'no ffmpeg on the PATH')
  const path = join(folder, 'adpcm.wav')
  execFileSync(findFfmpeg()!, ['-loglevel', 'error', '-i', fixture('flac'), '-c:a', 'adpcm_ms', path])
  expect((await decodeFile(path)).decoder).toBe('ffmpeg')
  await expect(decodeFile(path, { decoder: 'builtin' })).rejects.toMatchObject({ code: 'DECODER_MISSING' })
})
