import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { decodePeaks } from '../../core/audio/waveform-peaks.ts'
import { parseLabelDocument } from '../../core/interop/label-document.ts'
import { UNKNOWN_TRACK } from '../../core/interop/labelled-track.ts'
import { exportedTrack } from '../../core/interop/libraries/exported-library.fixture.ts'
import { packTracks } from '../../core/interop/packed-labels.ts'
import { planMix } from '../../core/mixing/plan-mix.ts'
import { encodeBundle } from '../../core/models/model-bundle.ts'
import { plainTrack } from '../../core/setlist/mix-track.fixture.ts'
import { packPool } from '../../core/setlist/packed-pool.ts'
import { soundDistance } from '../../core/similarity/sound-table.ts'
import { packList } from '../../core/support/packed-list.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import { analyseFile } from '../../engine/analysis/analyse-file.ts'
import { writeTinyEars } from '../inference/tiny-ears.fixture.ts'
import { digestOf } from '../store/digest.ts'
import { type TaskName, tasks } from './tasks.ts'
import { WorkerPool } from './worker-pool.ts'

let folder = ''
let pool: WorkerPool
beforeAll(() => {
  pool = new WorkerPool({ size: 2 })
  folder = mkdtempSync(join(tmpdir(), 'algiers-pool-'))
  writeTestTrack(join(folder, 'a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
})
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const path = (name: string): string => join(folder, name)

test('every task runs in a thread, and what it gives is whole', async () => {
  const ran = new Set<TaskName>()
  const run = pool.run.bind(pool)
  pool.run = (name, input, options) => {
    ran.add(name)
    return run(name, input, options)
  }
  const { audioDigest } = await pool.run('identifyTrack', { path: path('a.wav') })
  expect(audioDigest).toMatch(/^[0-9a-f]{64}$/)
  expect(await pool.run('readTags', { path: path('a.wav') })).toMatchObject({ format: 'WAV', title: null })
  writeTinyEars(path('ears'))
  const ears = { folder: path('ears') }
  expect(await pool.run('proveEars', ears)).toMatchObject({ card: { name: 'tiny' } })
  const input = { path: path('a.wav'), grid: null, peaks: true, ears }
  const { features, grid, peaks, hearing } = await analyseFile(pool, input)
  expect(Math.hypot(...hearing!.embedding)).toBeCloseTo(1, 4)
  expect(decodeHeardWindows(hearing!.windows).count).toBe(31)
  expect(decodePeaks(peaks!)!.durationSeconds).toBeCloseTo(30, 1)
  expect(features.values.length).toBe(features.beats * features.columns.length)
  expect(features.beats).toBe(grid.beatCount)
  const again = await analyseFile(pool, { path: path('a.wav'), grid })
  expect(again.hearing).toBeNull()
  expect(again.features.values).toEqual(features.values)
  const tracks = Array.from({ length: 10 }, (_, index) => ({
    audioDigest: String(index),
    artist: null,
    matrix: features,
    grid,
    labels: (['intro', 'drop'] as const).map((kind, half) => ({
      id: `${index}-${half}`,
      kind,
      source: 'user' as const,
      startBeat: half * 8,
      endBeat: half * 8 + 8,
    })),
  }))
  const { onnx } = await pool.run('trainSections', { tracks, options: { featureSpec: 'spec', seed: 1, epochs: 3 } })
  const { decodeOnnx } = await import('../../core/models/onnx-decode.ts')
  const model = decodeOnnx(onnx)
  const bundle = encodeBundle(onnx, '{}', digestOf)
  expect(await pool.run('openBundle', { bytes: bundle, modelSpec: 'spec' })).toMatchObject({
    card: {},
    kinds: model.kinds,
  })
  // Two tracks cannot judge each other's labels.
  expect(await pool.run('findSuspects', { tracks: tracks.slice(0, 2), seed: 1 })).toBeNull()
  const known = { version: 1, model, learnt: new Set<string>(), tainted: new Set<string>(), heldOut: new Map() }
  expect(await pool.run('blendModels', { ours: known, theirs: known, tracks: tracks.slice(0, 2), seed: 1 })).toBeNull()
  const blend = await pool.run('blendModels', { ours: known, theirs: known, tracks, seed: 1 })
  expect(decodeOnnx(blend!.onnx).kinds).toEqual(model.kinds)
  const span = { startBeat: 0, endBeat: 16 }
  expect((await pool.run('explainSection', { model, features, grid, span })).bars).toHaveLength(4)
  const answers = await pool.run('answerLabels', {
    models: [model],
    tracks: [{ features, grid, spans: [[span, span]] }],
  })
  expect(answers[0]![0]).toHaveLength(2 * model.kinds.length)
  expect(await pool.run('findRepeats', { features, grid, span })).toBeInstanceOf(Array)
  const short = [{ id: 7, kind: 'drop' as const, source: 'user' as const, startBeat: 16, endBeat: 20 }]
  expect(await pool.run('checkLabels', { grid, labels: short, features })).toMatchObject([
    { labelId: 7, code: 'TOO_SHORT' },
  ])
  expect(await pool.run('proveForm', null)).toMatch(/^(?:cpu|wasm)$/)
  const form = await pool.run('findForm', { features, grid })
  expect(form.edges).toHaveLength(features.beats)
  const sections = await pool.run('readSections', { model, features, grid, form })
  expect(sections[0]!.startBeat).toBe(0)
  expect(sections.at(-1)!.endBeat).toBe(grid.beatCount)
  const windows = hearing!.windows
  const [moments] = await pool.run('matchMoments', { own: windows, others: [windows], count: 1 })
  expect(moments).toMatchObject([{ likeness: expect.closeTo(1, 4) }])
  const one = new WorkerPool({ size: 1 })
  const from = { features: new Float32Array([1]), embedding: null }
  const other = { features: new Float32Array([3]), embedding: null }
  const table = 'tracks'
  for (const name of ['keepSounds', 'measureSounds', 'soundScale'] as const) ran.add(name)
  expect(await one.run('measureSounds', { table, from })).toBeNull()
  await one.run('keepSounds', { table, first: 0, isLast: true, sounds: [from, other] })
  expect((await one.run('measureSounds', { table, from }))![1]).toBeCloseTo(2, 5)
  expect(soundDistance((await one.run('soundScale', { table }))!, from, other)).toBeCloseTo(2, 5)
  await one.close()
  const wish = { minutes: 8, arc: [0.5], artistGap: 0, mustPlay: [], fixed: [], seed: 1 }
  const limits = { mostRisePercent: null, mostFallPercent: null, mostVoices: null, leastBars: 1 }
  const packed = packPool(2, [2, 0], null)
  for (const at of [0, 1]) packed.put(at, plainTrack)
  const planning = { pool: packed.pool, tracks: packList([plainTrack, plainTrack]), wish, limits, byHand: [] }
  expect((await pool.run('planPool', planning)).order).toHaveLength(2)
  const connected = await pool.run('connectTracks', { pool: packed.pool, wish: { exits: 1, least: 0.9 }, byHand: [] })
  expect([...connected.transitions.to]).toEqual([1, 0])
  const places = Float64Array.of(0, 0, 5, 5)
  expect(await pool.run('settleTracks', { places, transitions: connected.transitions })).toHaveLength(4)
  const between = { pool: packed.pool, limits, byHand: [], earlier: null, before: 0, after: 1, later: null }
  expect((await pool.run('fitBetween', between)).into).toHaveLength(2)
  const listed = path('list.m3u8')
  writeFileSync(listed, '#EXTM3U\n#EXTINF:60,A - B\n/music/b.mp3\n')
  const looked = { path: listed, format: null, own: packList([]), moves: [], answers: [], profiles: {} }
  expect(await pool.run('lookThrough', looked)).toMatchObject([{ format: 'm3u', counts: { tracks: 1 } }])
  const exported = { ...exportedTrack(), title: 'Written' }
  const writing = { version: '1', fileName: 'a.xml', folder: null, into: null, playlists: [] }
  const written = await pool.run('writeLibrary', { format: 'rekordbox-xml', tracks: packList([exported]), ...writing })
  expect(written.files.map(({ name, bytes }) => [name, strFromU8(bytes).includes('Name="Written"')])).toEqual([
    ['a.xml', true],
  ])
  const files = [{ name: 'one.txt', folder: null, text: '0.0\t16.0\tdrop\n' }]
  const { labels } = await pool.run('readLabelFiles', { files })
  const ground = { grid, labels: [], features: null, overlap: 'refuse' as const }
  expect((await pool.run('planLabels', { ground, files: [[labels]] })).labels).toMatchObject([{ kind: 'drop' }])
  const track = { ...UNKNOWN_TRACK, path: 'one.wav', labels: parseLabelDocument('0.0\t16.0\tdrop\n').tracks[0]!.labels }
  const pieces = [packTracks([track]), packTracks([track])]
  expect(strFromU8(await pool.run('formatLabels', { format: 'csv', pieces, names: null })).split('\n')[1]).toContain(
    'drop',
  )
  const archive = await pool.run('formatLabels', { format: 'audacity', pieces, names: ['a.txt', 'b.txt'] })
  expect(Object.keys(unzipSync(archive))).toEqual(['a.txt', 'b.txt'])
  const mixed = { title: 'A', grid, durationSeconds: 30, loudnessLufs: null, truePeakDb: null }
  const move = { fromBeat: 40, toBeat: 0, beats: 8, curve: 'blend' as const, bassSwapBeat: null, nudgeMs: 0 }
  const mix = planMix([mixed, mixed], [move])
  const rendering = { mix, sources: [{ path: path('a.wav') }, { path: path('a.wav') }], folder: path('mixing') }
  const range = { startSeconds: mix.overlaps[0]!.startSeconds, endSeconds: mix.overlaps[0]!.endSeconds }
  const seconds = range.endSeconds - range.startSeconds
  expect(await pool.run('renderMix', { ...rendering, range, path: path('mix.wav') })).toBeCloseTo(seconds, 3)
  const deck = await pool.run('renderDeck', { ...rendering, range, deck: 1 })
  expect((deck.length - 44) / 4 / 44_100).toBeCloseTo(seconds, 3)
  expect([...ran].sort()).toEqual(Object.keys(tasks).sort())
})
