/** What a library and a catalogue that hold the same tracks say alike: what is searched for in other letters, and what is not there. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { App } from './app.ts'
import { type BothFacades, openBoth } from './both-facades.fixture.ts'
import { addFixtureTrack } from './engine/kit/library.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'

const postgres = sharedPostgres()
let both: BothFacades

beforeAll(async () => {
  if (postgres === null) return
  both = await openBoth(postgres.database(), (store) => {
    for (const [index, title] of ['ΟΔΟΣ', 'Κωστόπουλος', 'Air', 'Airborne'].entries())
      addFixtureTrack(store, { index, cached: false, tags: { title, comment: index === 0 ? 'ΣΑΣ' : null } })
  })
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await both?.close()
})

/** What both answer, or with which words they refuse. */
const said = (ask: (app: App) => Promise<unknown>): Promise<readonly unknown[]> => {
  const refusal = ({ code, message }: { readonly code?: string; readonly message: string }) => [code, message]
  return Promise.all([ask(both.library).catch(refusal), both.as('mia', ask).catch(refusal)])
}

test.each([
  ['οδος', ['ΟΔΟΣ']],
  ['οδοσ', ['ΟΔΟΣ']],
  ['ΟΔΌΣ', ['ΟΔΟΣ']],
  ['κως', ['Κωστόπουλος']],
  ['σας', ['ΟΔΟΣ']],
  ['ος', ['Κωστόπουλος', 'ΟΔΟΣ']],
])('“%s” finds the same tracks in both, however a sigma is written', async (text, titles) => {
  const found = await said(async (app) => {
    const { tracks } = await app.collection.searchTracks({ text, sort: 'title' })
    return tracks.map(({ title }) => title)
  })
  expect(found).toEqual([titles, titles])
})

test.each<[string, (app: App) => Promise<unknown>, string]>([
  ['a track', (app) => app.collection.track('99'), 'TRACK_NOT_FOUND'],
  ['one of several tracks', (app) => app.collection.track('ai'), 'TRACK_NOT_FOUND'],
  ['labels', (app) => app.labelling.list({ track: '99' }), 'TRACK_NOT_FOUND'],
  ['suggestions', (app) => app.labelling.suggestions.list({ trackId: 99 }), 'TRACK_NOT_FOUND'],
  ['a label', (app) => app.labelling.get(99), 'LABEL_NOT_FOUND'],
  ['a version', (app) => app.versions.show(9), 'MODEL_NOT_FOUND'],
  ['a training', (app) => app.versions.training(9), 'JOB_NOT_FOUND'],
  ['a job', (app) => app.jobs.get(9), 'JOB_NOT_FOUND'],
])('of %s that is not there both say the same', async (_, ask, code) => {
  const [one, other] = await said(ask)
  expect(one).toEqual([code, expect.any(String)])
  expect(other).toEqual(one)
})

test('a whole title is meant before titles that it is a part of, in both', async () => {
  const [one, other] = (await said((app) => app.collection.track('air'))) as readonly { readonly title: string }[]
  expect([one!.title, other!.title]).toEqual(['Air', 'Air'])
})

test('an edit of a grid that changes nothing is answered with the same grid', async () => {
  const edit = (app: App) => app.analysis.editGrid('3', { kind: 'shift', beats: 0 })
  const [one, other] = (await said(edit)) as readonly { readonly createdAt: string }[]
  expect({ ...other, createdAt: '' }).toEqual({ ...one, createdAt: '' })
})
