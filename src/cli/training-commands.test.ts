import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliRun, runAlgiers, startAlgiers } from './run-algiers.fixture.ts'
import { TEST_TRACK_BEATS, TEST_TRACK_DROP_BEAT, TEST_TRACK_OUTRO_BEAT, writeTestTrack } from './test-track.fixture.ts'

const TRACKS = 12
let folder = ''
let dataDir = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, args)
const spawned = (...args: readonly string[]): Promise<CliRun> => startAlgiers(dataDir, args).finished
const inFolder = (name: string): string => join(folder, name)
const tempo = (index: number): number => 118 + 2 * index

/** The track and, in the format of the corpus, its truth beside it. */
const writeLabelled = (index: number): void => {
  const bpm = tempo(index)
  const seconds = (beat: number): number => (beat * 60) / bpm
  writeTestTrack(inFolder(`music/${index}.wav`), { bpm, seed: index, rootHz: 41 * 2 ** (index / 12) })
  const edges = [0, TEST_TRACK_DROP_BEAT, TEST_TRACK_OUTRO_BEAT, TEST_TRACK_BEATS]
  const segments = ['intro', 'drop', 'outro'].map((label, part) => ({
    start: seconds(edges[part]!),
    end: seconds(edges[part + 1]!),
    label,
    confidence: 'high',
  }))
  writeFileSync(inFolder(`music/${index}.json`), JSON.stringify({ file: `${index}.wav`, segments }))
}

const cachedFeatures = (): number => {
  const cache = join(dataDir, 'cache', 'features')
  return existsSync(cache) ? readdirSync(cache).length : 0
}
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await sleep(20)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-training-'))
  dataDir = inFolder('data')
  mkdirSync(inFolder('music'))
  for (let index = 0; index < TRACKS; index++) writeLabelled(index)
  await algiers('library', 'add', inFolder('music'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('Ctrl-C during a scan ends with 130, keeps what was done, and the next scan goes on', async () => {
  const { child, finished } = startAlgiers(dataDir, ['library', 'scan', '--json'])
  await until(() => cachedFeatures() > 0)
  child.kill('SIGINT')
  const interrupted = await finished
  expect(interrupted.code).toBe(130)
  expect(interrupted.document()).toMatchObject({ error: { code: 'CANCELLED' } })
  const scan = await algiers('library', 'scan', '--json')
  expect(scan.code).toBe(0)
  const { analysed, up_to_date } = scan.document<{ analysed: number; up_to_date: number }>()
  expect(analysed + up_to_date).toBe(TRACKS)
  expect((await algiers('library', 'scan', '--json')).document()).toMatchObject({ analysed: 0, up_to_date: TRACKS })
})

test('training without labels, or with too few, ends with 4 and says what is missing', async () => {
  const none = await spawned('train', '--json')
  expect([none.code, none.document()]).toMatchObject([
    4,
    { error: { code: 'NEED_MORE_LABELS', title: 'Need more labels' } },
  ])
  await algiers('labels', 'import', inFolder('music/0.json'))
  const few = await algiers('train', '--json')
  expect([few.code, few.document()]).toMatchObject([4, { error: { code: 'NEED_MORE_LABELS' } }])
  expect(few.stderr).toContain('drop has 1 of 10')
  const one = await algiers('train', '--exclude', 'intro,outro', '--json')
  expect([one.code, one.document()]).toMatchObject([
    4,
    { error: { code: 'NEED_MORE_CLASSES', title: 'Need 2+ classes' } },
  ])
})

test('labels, training, activation and the sections of a file that was never seen', async () => {
  const files = Array.from({ length: TRACKS - 1 }, (_, index) => inFolder(`music/${index}.json`))
  const imported = await algiers('labels', 'import', ...files, '--json')
  expect(imported.document()).toMatchObject({ imported: 3 * (TRACKS - 2), unchanged: 3, refused: [], failures: [] })

  const trained = await spawned('train', '--seed', '3', '--json')
  expect(trained.code).toBe(0)
  const { model } = trained.document<{ model: { version: number; accuracy: number; is_active: boolean } }>()
  expect(model).toMatchObject({ version: 1, is_active: false })
  expect(model.accuracy).toBeGreaterThan(0.8)
  const blend = await algiers('models', 'blend', 'v0', '--json')
  expect(blend.document()).toMatchObject({ own: 1, other: 0, figures: { own: { accuracy: model.accuracy } } })
  expect((await algiers('models', 'blend', 'v1', '--with', 'v1')).stderr).toContain('Blend not possible')

  // No version is active yet: the shipped model reads.
  const early = await algiers('classify', inFolder('music/11.wav'), '--json')
  expect(early.document<{ model_version: number }>().model_version).toBe(0)
  expect((await algiers('models', 'activate', 'v1', '--json')).document()).toEqual({
    active_version: 1,
    previous_version: null,
  })
  // No server has read the library since: what proposes sections reads it first.
  const { groups, tracks } = (await algiers('labels', 'next', '--json')).document<Record<string, unknown[]>>()
  expect([groups!.length > 0, tracks]).toEqual([true, []])
  expect((await algiers('labels', 'accept', '--tracks', 'nothing-of-the-kind', '--dry-run')).stdout).toBe(
    'Nothing is that sure: ask for a lower share, or train on more labels.\n',
  )
  const unseen = inFolder(`music/${TRACKS - 1}.wav`)
  const classified = await spawned('classify', unseen, '--json')
  const { sections, model_version } = classified.document<{
    model_version: number
    sections: {
      start_beat: number
      end_beat: number
      label: string
      confidence: number
      probabilities: Record<string, number>
    }[]
  }>()
  expect(model_version).toBe(1)
  for (const [index, section] of sections.entries()) {
    expect(section.start_beat).toBe(index === 0 ? 0 : sections[index - 1]!.end_beat)
    const shares = Object.values(section.probabilities)
    expect(Math.max(...shares)).toBe(section.confidence)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(1 + 1e-4)
  }
  const asked = [String(sections[0]!.start_beat), String(sections[0]!.end_beat)]
  const why = (await algiers('why', unseen, ...asked, '--json')).document<Record<string, unknown>>()
  expect(why).toMatchObject({ version: 1, kinds: ['intro', 'drop', 'outro'], beats_per_bar: 4 })
  const told = (await algiers('why', unseen, ...asked)).stdout
  expect(told).toContain(`v1 reads bars 1–`)
  for (const { layer } of why.counterfactuals as { layer: string }[]) expect(told).toContain(layer)
  expect((await algiers('why', unseen, '0', '100000', '--json')).document()).toMatchObject({
    error: { code: 'LABEL_OUT_OF_TRACK' },
  })
  const analysed = await spawned('analyze', unseen, inFolder('absent.wav'), '--json', '--model', 'active')
  expect(analysed.code).toBe(3)
  const [found, failed] = analysed.document<Record<string, unknown>[]>()
  expect(found).toMatchObject({ file: unseen, sections })
  expect(failed).toEqual({
    file: inFolder('absent.wav'),
    error: { code: 'AUDIO_NOT_FOUND', title: 'File not found', detail: expect.any(String), hint: expect.any(String) },
  })
  expect(analysed.stderr).toContain('absent.wav')
})

test('analyze promises exactly these members, without a library', async () => {
  const nowhere = inFolder('no-library')
  const run = await runAlgiers(nowhere, ['analyze', inFolder('music/0.wav'), '--json'])
  expect(run.code).toBe(0)
  const documents = run.document<Record<string, unknown>[]>()
  expect(documents).toHaveLength(1)
  expect(Object.keys(documents[0]!)).toEqual(
    (
      'file duration_seconds tempo_bpm tempo_confidence phase_confidence downbeat_confidence constant_tempo beats_per_bar ' +
      'beat_times downbeat_times phrase_beats key camelot tuning_cents key_confidence energy energy_curve loudness_lufs true_peak_db sections'
    ).split(' '),
  )
  expect(documents[0]).toMatchObject({ constant_tempo: true, beats_per_bar: 4, sections: null })
  expect(Math.abs((documents[0]!.duration_seconds as number) - (TEST_TRACK_BEATS * 60) / tempo(0))).toBeLessThan(0.01)
  expect(readdirSync(folder)).not.toContain('no-library')
})

test('a model file that is missing, or is none, is told apart', async () => {
  writeFileSync(inFolder('none.onnx'), 'this is no model')
  const track = inFolder('music/0.wav')
  expect((await algiers('analyze', track, '--model', inFolder('absent.onnx'), '--json')).document()).toMatchObject({
    error: { code: 'MODEL_NOT_FOUND' },
  })
  const none = await algiers('analyze', track, '--model', inFolder('none.onnx'), '--json')
  expect(none.code).toBe(1)
  expect(none.document<{ error: { code: string } }>().error.code).toMatch(/^(MODEL_CORRUPT|INCOMPATIBLE_MODEL)$/)
})

test('versions are listed, shown, compared, activated and deleted, but never the active one', async () => {
  expect(
    (await algiers('train', '--seed', '4', '--epochs', '10', '--learning-curve', '--activate', '--json')).document(),
  ).toMatchObject({
    model: { version: 2, is_active: true, card: { learning_curve: { points: { length: 4 } } } },
  })
  const { models } = (await algiers('models', 'list', '--json')).document<{ models: Record<string, unknown>[] }>()
  expect(models.map(({ version, is_active }) => [version, is_active])).toEqual([
    [2, true],
    [1, false],
  ])
  expect((await algiers('models', 'list')).stdout).toMatch(/^v0 .*ships with Algiers/m)
  const dry = await algiers('models', 'activate', 'v1', '--dry-run', '--json')
  expect(dry.document()).toMatchObject({
    version: 1,
    reads_now: 2,
    unknown_kinds: ['build', 'break', 'verse', 'chorus'],
  })
  expect((await algiers('models', 'activate', 'v0', '--json')).document()).toEqual({
    active_version: 0,
    previous_version: 2,
  })
  expect((await algiers('models', 'show', 'v0')).stdout).toMatch(/^On your labels: .* labels of 11 tracks$/m)
  expect((await algiers('models', 'compare', 'v0', 'v2', '--json')).document()).toMatchObject({
    basis: 'your_labels',
    kinds: { only_first: ['build', 'break', 'verse', 'chorus'], only_second: [] },
    duel: { labels: 33, tracks: 11 },
  })
  await algiers('models', 'activate', 'v2')
  expect((await algiers('models', 'describe', 'v2', '--name', 'Short', '--json')).document()).toMatchObject({
    model: { name: 'Short', notes: null },
  })
  expect((await algiers('models', 'show', 'v2')).stdout).toContain('position only')
  expect((await algiers('models', 'compare', 'v1', 'v2', '--json')).document()).toMatchObject({ same_labels: true })
  expect((await algiers('models', 'delete', 'v2', '--json')).document()).toMatchObject({
    error: { code: 'MODEL_ACTIVE' },
  })
  expect((await algiers('models', 'delete', 'v1')).code).toBe(0)
  expect((await algiers('models', 'show', 'v1', '--json')).document()).toMatchObject({
    error: { code: 'MODEL_NOT_FOUND' },
  })
  expect((await algiers('doctor', '--json')).document()).toMatchObject({ healthy: true })
})

test('Ctrl-C during a training ends with 130 and leaves the models as they were', async () => {
  const before = readdirSync(join(dataDir, 'models'))
  const { child, finished } = startAlgiers(dataDir, ['train', '--epochs', '1000000'])
  // The database is open, so the command is past its start; the training takes far longer than what follows.
  await until(() => existsSync(join(dataDir, 'algiers.db-wal')))
  child.kill('SIGINT')
  expect((await finished).code).toBe(130)
  expect(readdirSync(join(dataDir, 'models'))).toEqual(before)
})

test('a damaged model is found by doctor and refused by classify, and training still works', async () => {
  const path = join(dataDir, 'models', 'dj_section_v2.onnx')
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
  const doctor = await algiers('doctor', '--json')
  expect([doctor.code, doctor.document()]).toMatchObject([1, { healthy: false }])
  expect((await algiers('classify', inFolder('music/0.wav'), '--json')).document()).toMatchObject({
    error: { code: 'MODEL_CORRUPT' },
  })
  const trained = await algiers('train', '--epochs', '10', '--activate')
  expect(trained.code).toBe(0)
  // What the other versions are worth comes before its own figures; the damaged one cannot be asked.
  expect(trained.stdout.split('\n')[1]).toMatch(/^(?:! )?v0, which ships with Algiers, does .* labels of 11 tracks/)
  expect(trained.stdout).not.toMatch(/^(?:! )?v2 does/m)
  expect((await algiers('classify', inFolder('music/0.wav'))).code).toBe(0)
})

test('the reader of a pipe may leave early', async () => {
  const { child, finished } = startAlgiers(dataDir, ['tracks', '--json'])
  child.stdout!.destroy()
  await once(child, 'exit')
  expect((await finished).stderr).not.toContain('EPIPE')
})

test('a version is handed on as a file, which is never written over, and taken in as somebody else’s', async () => {
  const listed = await algiers('models', 'list', '--json')
  const { models } = listed.document<{ models: { version: number; is_active: boolean }[] }>()
  const { version } = models.find(({ is_active }) => is_active)!
  const bundle = inFolder(`dj_section_v${version}.algiers-model`)
  expect((await algiers('models', 'export', `v${version}`, inFolder('.'), '--json')).document()).toMatchObject({
    version,
    file: bundle,
  })
  expect((await algiers('models', 'export', `v${version}`, bundle)).stderr).toContain('exists')
  expect((await algiers('models', 'import', bundle, '--json')).document()).toMatchObject({
    model: { origin: 'imported', is_active: false },
  })
  expect((await algiers('models', 'import', inFolder('music'), '--json')).document()).toMatchObject({
    error: { code: 'BUNDLE_UNREADABLE' },
  })
})
