import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../src/core/support/random.ts'
import type { TrackOutcome } from './accuracy/measures.ts'

/** Each test starts the whole program, which analyses six tracks: seconds on an idle machine, more on a busy one. */
const TIMEOUT = { timeout: 300_000 }
const RATE_HZ = 22050
const SECTIONS = [
  { label: 'intro', bars: 4, kick: 1, bass: 0, pad: 0 },
  { label: 'drop', bars: 8, kick: 1, bass: 1, pad: 1 },
  { label: 'break', bars: 4, kick: 0, bass: 0, pad: 1 },
  { label: 'drop', bars: 8, kick: 1, bass: 1, pad: 1 },
  { label: 'outro', bars: 4, kick: 1, bass: 0, pad: 0 },
] as const

/** A track of kick, hat, bass and pad whose truth is its recipe. */
const composeTrack = (id: string, bpm: number, seed: number): { samples: Float32Array; truth: object } => {
  const random = createRandom(seed)
  const beat = 60 / bpm
  const bars = SECTIONS.reduce((sum, section) => sum + section.bars, 0)
  const duration = bars * 4 * beat
  const samples = new Float32Array(Math.round(duration * RATE_HZ))
  const add = (start: number, seconds: number, wave: (time: number) => number): void => {
    const first = Math.round(start * RATE_HZ)
    const end = Math.min(samples.length, first + Math.round(seconds * RATE_HZ))
    for (let n = first; n < end; n++) samples[n]! += wave((n - first) / RATE_HZ)
  }
  const segments: object[] = []
  let bar = 0
  for (const { label, bars: length, kick, bass, pad } of SECTIONS) {
    segments.push({ start: bar * 4 * beat, end: (bar + length) * 4 * beat, label, confidence: 'high' })
    for (let n = bar * 4; n < (bar + length) * 4; n++) {
      const time = n * beat
      if (kick)
        add(time, 0.15, (t) => 0.6 * Math.sin(2 * Math.PI * (50 * t + 4 * (1 - Math.exp(-30 * t)))) * Math.exp(-18 * t))
      if (kick && n % 2 === 1) add(time, 0.1, (t) => 0.3 * (random() * 2 - 1) * Math.exp(-30 * t))
      if (bass)
        add(time + beat / 2, beat / 2, (t) => 0.25 * Math.sign(Math.sin(2 * Math.PI * 55 * t)) * Math.exp(-4 * t))
      const root = [220, 174.6, 261.6, 196][Math.floor(n / 4) % 4]!
      if (pad)
        add(time, beat, (t) => 0.08 * (Math.sin(2 * Math.PI * root * t) + Math.sin(2 * Math.PI * root * 1.5 * t)))
    }
    bar += length
  }
  const beats = Array.from({ length: bars * 4 }, (_, n) => n * beat)
  const truth = {
    id,
    file: `${id}.wav`,
    source: 'generated',
    tempo_bpm: bpm,
    beat_times: beats,
    downbeat_times: beats.filter((_, n) => n % 4 === 0),
    segments,
  }
  return { samples, truth }
}

const encodeWav = (samples: Float32Array): Buffer => {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + samples.length * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE_HZ, 24)
  bytes.writeUInt32LE(RATE_HZ * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples.length * 2, 40)
  for (const [n, sample] of samples.entries())
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), 44 + n * 2)
  return bytes
}

type Span = { readonly start: number; readonly end: number; readonly label: string; readonly confidence: number }
type Predictions = {
  readonly tracks: readonly {
    readonly id: string
    readonly tempo_bpm: number
    readonly beat_times: readonly number[]
    readonly downbeat_times: readonly number[]
    readonly spans: readonly Span[]
    readonly sections: readonly Span[]
  }[]
}

let root: string
const folder = (name: string): string => join(root, name)

const evaluate = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'evaluate.ts'), ...args, '--no-base'], {
    encoding: 'utf8',
    env: { ...process.env, EVALUATE_CACHE_DIR: folder('cache') },
  })

const figureOf = (stdout: string, measure: string): { value: number | null; count: string } =>
  JSON.parse(stdout).figures.find((figure: { measure: string }) => figure.measure === measure)

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'algiers-evaluate-'))
  for (const name of ['all', 'bare', 'wrong']) spawnSync('mkdir', ['-p', folder(name)])
  for (const [n, bpm] of [120, 124, 126, 128, 132, 138].entries()) {
    const id = `track-${n}`
    const { samples, truth } = composeTrack(id, bpm, n)
    writeFileSync(join(folder('all'), `${id}.wav`), encodeWav(samples))
    writeFileSync(join(folder('all'), `${id}.json`), JSON.stringify(truth))
    if (n > 1) continue
    const segments = (truth as { segments: { start: number; end: number }[] }).segments
    const edges = segments.map(({ start, end }) => ({ start, end }))
    for (const name of ['bare', 'wrong']) writeFileSync(join(folder(name), `${id}.wav`), encodeWav(samples))
    writeFileSync(join(folder('bare'), `${id}.json`), JSON.stringify({ id, segments: edges }))
    const wrong = edges.map((edge) => ({ ...edge, label: 'chorus', confidence: 'high' }))
    const lies = { id, segments: wrong, tempo_bpm: 77, beat_times: [6, 7, 8], downbeat_times: [6] }
    writeFileSync(join(folder('wrong'), `${id}.json`), JSON.stringify(lies))
  }
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

test('cross-validation inside a folder: exact tempi, beats in place, labels learnt', TIMEOUT, () => {
  const { status, stdout, stderr } = evaluate(folder('all'), '--no-curve', '--json')
  expect(stderr).toContain('fold 5 of 5')
  expect(status).toBe(0)
  expect(figureOf(stdout, 'constant tempo within 0.05 BPM')).toMatchObject({ value: 1, count: '6 tracks' })
  // Which half of the beat is the beat is not this test's matter (a kick without other drums leaves it open): most tracks must be on it.
  const onBeat = (JSON.parse(stdout).tracks as TrackOutcome[]).filter(({ beats }) => beats!.octaveForgiven > 0.95)
  expect(onBeat.length).toBeGreaterThanOrEqual(12)
  expect(figureOf(stdout, 'dance, spans given: accuracy')).toMatchObject({ count: '90 spans' })
  expect(figureOf(stdout, 'dance, spans given: accuracy').value).toBeGreaterThan(0.8)
})

test('labels that are right are hardly asked about, and a handful of tracks promises nothing', TIMEOUT, () => {
  const { status, stdout } = evaluate(folder('all'), '--advice')
  expect(status).toBe(0)
  const [, asked, all] = /asked about: (\d+) of (\d+)/.exec(stdout)!
  expect(Number(all)).toBe(30)
  expect(Number(asked)).toBeLessThanOrEqual(6)
  expect(stdout).toContain('Too few tracks for a learning curve.')
})

test('what is heard is compared with what is not, at every number of labelled tracks there is', TIMEOUT, () => {
  const { status, stdout, stderr } = evaluate(folder('all'), '--ablation', '--shuffles', '1')
  expect(status, stderr).toBe(0)
  const rows = stdout.split('\n').filter((line) => line.startsWith('| all'))
  expect(rows.map((line) => line.split('|')[2]!.trim())).toEqual(['features', '+ tags', '+ embedding', '+ both'])
  for (const row of rows) expect(Number(row.split('|')[3])).toBeGreaterThan(0.8)
})

test('predictions come from audio and span edges alone, whatever else a test track claims', TIMEOUT, () => {
  const predict = (name: string): { stdout: string; predictions: Predictions } => {
    const out = folder(`${name}.json`)
    const { status, stdout, stderr } = evaluate(
      '--train',
      folder('all'),
      '--test',
      folder(name),
      '--predictions',
      out,
      '--json',
    )
    expect(status, stderr).toBe(0)
    return { stdout, predictions: JSON.parse(readFileSync(out, 'utf8')) }
  }
  const bare = predict('bare')
  expect(predict('wrong').predictions).toEqual(bare.predictions)
  expect(figureOf(bare.stdout, 'beat F, 70 ms')).toMatchObject({ value: null, count: 'not scored' })
  expect(bare.predictions.tracks.map(({ id }) => id)).toEqual(['track-0', 'track-1'])
  for (const track of bare.predictions.tracks) {
    expect(Object.keys(track)).toEqual(['id', 'tempo_bpm', 'beat_times', 'downbeat_times', 'spans', 'sections'])
    expect(track.spans.map(({ label }) => label)).toEqual(['intro', 'drop', 'break', 'drop', 'outro'])
    expect(track.sections[0]!.start).toBe(0)
    for (const [n, { start }] of track.sections.slice(1).entries()) expect(start).toBe(track.sections[n]!.end)
    for (const { confidence } of [...track.spans, ...track.sections]) {
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }
  }
})

test('a folder that is not there, and no folder at all, are said so', TIMEOUT, () => {
  const missing = evaluate(folder('nowhere'))
  expect(missing.status).toBe(1)
  expect(missing.stderr).toContain('Folder not found')
  expect(evaluate().status).toBe(2)
})
