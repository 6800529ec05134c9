import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { createTruePeakMeter } from '../../core/audio/true-peak.ts'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { planMix } from '../../core/mixing/plan-mix.ts'
import { renderMix } from './render-mix.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-mix-'))
  for (const [index, bpm] of [124, 126, 122].entries())
    writeTestTrack(path(`${index}.wav`), { bpm, seed: index + 1, rootHz: 55 })
})
afterEach(() => rmSync(folder, { recursive: true }))

const path = (name: string): string => join(folder, name)
const track = (bpm: number) => ({
  title: `T${bpm}`,
  grid: constantGrid(bpm, 64),
  durationSeconds: (64 * 60) / bpm,
  loudnessLufs: -14,
  truePeakDb: -1,
})
const move = { fromBeat: 48, toBeat: 0, beats: 16, curve: 'bass swap' as const, bassSwapBeat: 8, nudgeMs: 0 }
const mix = planMix([track(124), track(126), track(122)], [move, move])
const sources = () => ({ mix, sources: [0, 1, 2].map((n) => ({ path: path(`${n}.wav`) })), folder: path('cache') })
const whole = { startSeconds: 0, endSeconds: mix.seconds }
const quiet = { signal: new AbortController().signal, onShare: () => {} }

const samplesOf = (name: string): Int16Array => {
  const bytes = readFileSync(path(name))
  return new Int16Array(Uint8Array.from(bytes.subarray(44)).buffer)
}
const loudness = (samples: Int16Array, from: number, to: number): number => {
  const part = samples.subarray(Math.round(from * 44_100) * 2, Math.round(to * 44_100) * 2)
  return Math.sqrt(part.reduce((sum, value) => sum + value ** 2, 0) / part.length) / 32_768
}

test('a set of three tracks is one file: as long as planned, nowhere silent, and nothing decoded is left behind', async () => {
  const shares: number[] = []
  const seconds = await renderMix(sources(), whole, path('set.wav'), {
    ...quiet,
    onShare: (share) => shares.push(share),
  })
  expect(seconds).toBeCloseTo(mix.seconds, 3)
  const samples = samplesOf('set.wav')
  expect(samples.length / 2 / 44_100).toBeCloseTo(mix.seconds, 3)
  for (let at = 0; at + 1 < mix.seconds; at++) expect(loudness(samples, at, at + 1)).toBeGreaterThan(0.02)
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(readdirSync(path('cache'))).toEqual([])
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
})

test('a track by itself sounds as in its file but for its level', async () => {
  await renderMix(sources(), { startSeconds: 0, endSeconds: 10 }, path('part.wav'), quiet)
  const [mixed, file] = [samplesOf('part.wav'), new Int16Array(readFileSync(path('0.wav')).buffer.slice(44))]
  // The file has half the rate and one channel.
  const levels = [mixed, file].map((samples) => {
    const part = samples.subarray(0, samples === mixed ? 2 * 441_000 : 220_500)
    return Math.sqrt(part.reduce((sum, value) => sum + value ** 2, 0) / part.length)
  })
  expect(levels[0]! / levels[1]!).toBeCloseTo(1, 1)
})

test('a trim by hand makes a track louder in the file, and even the greatest one clips nothing, nor does a player', async () => {
  const rendered = async (trimDb: number): Promise<Int16Array> => {
    const trimmed = planMix(
      [
        { ...track(124), trimDb },
        { ...track(126), trimDb },
      ],
      [move],
    )
    const name = `trim${trimDb}.wav`
    await renderMix({ ...sources(), mix: trimmed }, { startSeconds: 16, endSeconds: 30 }, path(name), quiet)
    return samplesOf(name)
  }
  const [plain, quieter, loudest] = [await rendered(0), await rendered(-6), await rendered(12)]
  expect(loudness(quieter, 0, 5) / loudness(plain, 0, 5)).toBeCloseTo(10 ** (-6 / 20), 2)
  expect(loudness(loudest, 0, 5)).toBeGreaterThan(1.5 * loudness(plain, 0, 5))
  const meter = createTruePeakMeter(2)
  meter.push(Float32Array.from(loudest, (value) => value / 32_768))
  expect(meter.peakDb()).toBeGreaterThan(-2)
  expect(meter.peakDb()).toBeLessThan(0)
})

test('a file that is there is never written over, and what a cancelled mix has written goes', async () => {
  writeFileSync(path('set.wav'), 'mine')
  await expect(renderMix(sources(), whole, path('set.wav'), quiet)).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(path('set.wav'), 'utf8')).toBe('mine')
  const cancelling = new AbortController()
  const onShare = (share: number): void => void (share > 0.3 && cancelling.abort(new Error('enough')))
  await expect(renderMix(sources(), whole, path('other.wav'), { signal: cancelling.signal, onShare })).rejects.toThrow(
    'enough',
  )
  expect([existsSync(path('other.wav')), existsSync(path('.other.wav.partial'))]).toEqual([false, false])
  expect(readdirSync(path('cache'))).toEqual([])
})

test('a file that has gone in the middle of the set is told by its code, and nothing is left', async () => {
  const onShare = (share: number): void => void (share > 0.3 && rmSync(path('2.wav'), { force: true }))
  await expect(renderMix(sources(), whole, path('set.wav'), { ...quiet, onShare })).rejects.toMatchObject({
    code: 'AUDIO_NOT_FOUND',
  })
  expect([existsSync(path('set.wav')), existsSync(path('.set.wav.partial'))]).toEqual([false, false])
})

test('what is longer than a WAV file holds is refused before anything is written, and so is a folder that is not there', async () => {
  const night = { startSeconds: 0, endSeconds: 7 * 3600 }
  await expect(renderMix(sources(), night, path('set.wav'), quiet)).rejects.toMatchObject({ code: 'MIX_TOO_LONG' })
  await expect(renderMix(sources(), whole, path('no/set.wav'), quiet)).rejects.toMatchObject({
    code: 'EXPORT_NOT_WRITTEN',
  })
})
