import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { addReadTrack } from '../engine/labelling/read-track.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let unsure = 0
let own: readonly number[] = []

beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 6; index++)
      addReadTrack(store, { index }, [
        ['intro', 0, 32, 0.95],
        ['drop', 32, 64, 0.95],
      ])
    unsure = addReadTrack(store, { index: 7 }, [
      ['intro', 0, 32, 0.96],
      ['build', 64, 96, 0.55],
    ])
    own = [20, 21, 22, 23, 24].map((index) => addFixtureTrack(store, { index, kinds: ['intro', 'drop', 'outro'] }))
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

test('what the model is least sure of, of a kind that is hardly labelled, comes first', async () => {
  const { groups, tracks, gains } = await client.nextLabels({ query: { limit: 3 } })
  expect(groups[0]!.map(({ track_id, kind }) => [track_id, kind])).toEqual([[unsure, 'build']])
  expect([groups.length, tracks, gains]).toEqual([3, [], []])
})

test('one label in twenty is asked for again without its kind, and the answers are kept and taken back', async () => {
  const before = await client.selfAgreement()
  expect(before).toMatchObject({ asked: 0, share: null, due: 1 })
  expect(own).toContain(before.question!.track_id)
  expect(before.question).not.toHaveProperty('kind')

  const answer = async (how: 'same' | 'other'): Promise<number> => {
    const { question } = await client.selfAgreement()
    const labels = await client.listLabels({ query: { track_id: question!.track_id } })
    const { label_value } = labels.find(({ id }) => id === question!.label_id)!
    const said = how === 'same' ? label_value : 'verse'
    const answered = await client.answerAgain({ body: { label_id: question!.label_id, said } })
    expect(answered).toMatchObject({ labelled: label_value, said })
    // As of a second page that still shows the question.
    expect(
      await server.json('POST', '/api/training/self-agreement', { label_id: question!.label_id, said }),
    ).toMatchObject({ status: 409, body: { code: 'ASKED_ALREADY' } })
    return answered.step_id
  }
  for (let at = 0; at < 3; at++) await answer('same')
  const wrong = await answer('other')
  const after = await client.selfAgreement()
  expect(after).toMatchObject({ asked: 4, agreed: 3, share: 0.75, due: 0 })
  expect(after.band!.low).toBeLessThan(0.75)
  expect(after.band!.high).toBeGreaterThan(0.75)
  await client.undoLabelStep({ params: { id: wrong } })
  expect(await client.selfAgreement()).toMatchObject({ asked: 3, share: 1 })
})

test('no label is asked for twice, and none that came in bulk', async () => {
  const asked = new Set<number>()
  for (;;) {
    const { question } = await client.selfAgreement()
    if (question === null) break
    expect(asked.has(question.label_id)).toBe(false)
    asked.add(question.label_id)
    await client.answerAgain({ body: { label_id: question.label_id, said: 'drop' } })
  }
  // Three of the fifteen have been asked for before.
  expect(asked.size).toBe(12)
  await client.acceptSure({ body: { least: 0.9 } })
  expect((await client.selfAgreement()).question).toBeNull()
})

test('what a training brought is told on the same labels, and what came since', async () => {
  expect(await client.labelProgress()).toMatchObject({ version: null, duel: null, words: [] })
  // The kinds of five tracks are enough here.
  await client.changeSettings({ body: { min_samples_per_class: 5 } })
  await server.app.versions.train({ epochs: 20 })
  const first = await client.labelProgress()
  expect([first.version, first.before, first.labels_since]).toEqual([1, null, 0])
  expect(first.words[0]).toBe('v1 is the first that learnt from your labels: what you train next is compared with it.')
  await server.app.versions.train({ epochs: 20, seed: 2 })
  const [track] = own as [number]
  await client.replaceLabels({ params: { id: track }, body: { labels: [] } })
  await client.addLabel({ query: {}, body: { track_id: track, label_value: 'break', start_beat: 0, end_beat: 16 } })
  const second = await client.labelProgress()
  expect([second.version, second.before, second.labels_since]).toEqual([2, 1, 1])
  expect(second.duel!.band.low).toBeLessThanOrEqual(second.duel!.difference)
  expect(second.words[0]).toMatch(
    /^v2 learnt from no more labels than v1\. On the same \d+ labels of \d+ tracks, it gets /,
  )
  expect(second.words.at(-1)).toBe('You have made 1 label since v2: train again to see what they bring.')
})
