import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { requireJobId } from './require-job-id.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { waitForJob } from './wait-for-job.ts'

let server: TestServer
let client: Client
/** Its drop is called intro. */
let misnamed = 0
/** Its drop begins two bars late. */
let moved = 0

beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store, 10)
    misnamed = addFixtureTrack(store, { index: 20, kinds: ['intro', 'intro', 'outro'] })
    moved = addFixtureTrack(store, { index: 21, kinds: ['intro', 'drop', 'outro'] })
    putLabels(
      store,
      moved,
      store.labels.list({ trackId: moved }).map((label) => ({
        ...label,
        startBeat: label.startBeat === 32 ? 40 : label.startBeat,
        endBeat: label.endBeat === 32 ? 40 : label.endBeat,
      })),
    )
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

const check = async (): Promise<unknown> => waitForJob(server.app, requireJobId((await client.checkLabels()).job_id))

const kindsOf = async (track: number): Promise<readonly unknown[]> =>
  (await client.listLabels({ query: { track_id: track } })).map((one) => [
    one.label_value,
    one.start_beat,
    one.end_beat,
  ])

test('before anything was compared only what the labels themselves tell is there', async () => {
  expect(await client.labelFindings()).toEqual({ findings: [], checkup: null, dismissed: 0 })
  expect(await client.labelSteps()).toEqual([])
})

test('a wrong kind and a moved edge come first, are mended at one press, and each press is taken back', async () => {
  expect(await check()).toMatchObject({ status: 'completed', result: { labels: 36, tracks: 12 } })
  const { findings, checkup } = await client.labelFindings()
  expect(checkup).toMatchObject({ labels: 36, tracks: 12, is_outdated: false })
  const [first, second] = findings
  expect([first, second].map((one) => [one!.track_id, one!.code, one!.kind, one!.mend_text])).toEqual(
    expect.arrayContaining([
      [misnamed, 'WRONG_KIND', 'intro', 'Call it drop'],
      [moved, 'EDGE_MOVED', 'drop', 'Move the edge to bar 9.1'],
    ]),
  )
  const wrong = findings.find(({ code }) => code === 'WRONG_KIND')!
  expect(wrong.beside.map(({ kind }) => kind)).toEqual(['intro', 'intro', 'drop', 'drop'])
  expect(wrong.beside.every(({ track_id }) => track_id !== misnamed)).toBe(true)

  const mended = await client.mendFinding({ params: { finding: wrong.id } })
  expect(await kindsOf(misnamed)).toEqual([
    ['intro', 0, 32],
    ['drop', 32, 64],
    ['outro', 64, 96],
  ])
  expect((await client.labelFindings()).checkup!.is_outdated).toBe(true)
  await expect(client.mendFinding({ params: { finding: wrong.id } })).rejects.toMatchObject({
    problem: { code: 'FINDING_NOT_FOUND', status: 404 },
  })

  const edge = findings.find(({ code }) => code === 'EDGE_MOVED')!
  const before = await kindsOf(moved)
  const straightened = await client.mendFinding({ params: { finding: edge.id } })
  expect(await kindsOf(moved)).toEqual([
    ['intro', 0, 32],
    ['drop', 32, 64],
    ['outro', 64, 96],
  ])
  expect((await client.labelSteps()).map(({ id, undone_at }) => [id, undone_at])).toEqual([
    [straightened.step_id, null],
    [mended.step_id, null],
  ])
  await client.undoLabelStep({ params: { id: straightened.step_id } })
  expect(await kindsOf(moved)).toEqual(before)
  await client.undoLabelStep({ params: { id: mended.step_id } })
  expect((await client.labelFindings()).findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id))
  await expect(client.undoLabelStep({ params: { id: mended.step_id } })).rejects.toMatchObject({
    problem: { code: 'STEP_NOT_FOUND' },
  })
})

test('what is dismissed is not found again by a later check, until that is taken back', async () => {
  const { findings } = await client.labelFindings()
  const wrong = findings.find(({ code }) => code === 'WRONG_KIND')!
  const { step_id } = await client.dismissFinding({ params: { finding: wrong.id } })
  await check()
  const after = await client.labelFindings()
  expect(after.dismissed).toBe(1)
  expect(after.findings.map(({ id }) => id)).not.toContain(wrong.id)
  await client.undoLabelStep({ params: { id: step_id } })
  expect((await client.labelFindings()).findings.map(({ id }) => id)).toContain(wrong.id)
})

test('a step is not taken back over what was done since', async () => {
  const { findings } = await client.labelFindings()
  const wrong = findings.find(({ code }) => code === 'WRONG_KIND')!
  const { step_id } = await client.mendFinding({ params: { finding: wrong.id } })
  await client.changeLabel({ params: { id: wrong.label_id! }, query: {}, body: { label_value: 'chorus' } })
  await expect(client.undoLabelStep({ params: { id: step_id } })).rejects.toMatchObject({
    problem: { code: 'STEP_CHANGED', status: 409 },
  })
  expect((await kindsOf(misnamed))[1]).toEqual(['chorus', 32, 64])
})
