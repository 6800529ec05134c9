import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { EVENT_TYPES } from '../../api/operations/event-types.ts'
import { keysStaleAfter, refreshAfter, refreshTrack } from './make-stale.ts'
import { queryOf } from './query-of.ts'

/** Everything that the page shows of the library, as far as it may change without the page. */
const SHOWN = [
  queryOf('listTracks', { query: { q: 'one', limit: 100, offset: 0 } }),
  queryOf('libraryTags'),
  queryOf('similarTracks', { params: { id: 1 }, query: { limit: 10 } }),
  queryOf('transition', { params: { id: 1 }, query: { to: '2' } }),
  queryOf('transitions', { params: { id: 1 }, query: { to: '2' } }),
  queryOf('graph', { query: {} }),
  queryOf('graphPair', { query: { from: '1', to: '2' } }),
  queryOf('section', { params: { id: '1-40' } }),
  queryOf('similarSections', { params: { id: '1-40' }, query: {} }),
  queryOf('listSets'),
  queryOf('showSet', { params: { id: 1 }, query: {} }),
  queryOf('setVersions', { params: { id: 1 } }),
  queryOf('myTags'),
  queryOf('listPlaylists'),
  queryOf('libraryOverview', { query: {} }),
  queryOf('listScopes'),
  queryOf('listPlaylistFolders'),
  queryOf('listLabels'),
  queryOf('listLenses'),
  queryOf('labelStats'),
  queryOf('labelQuality'),
  queryOf('listSuggestions', { query: { order: 'teaching' } }),
  queryOf('compareLibrary', { query: { one: 1, other: 2 } }),
  queryOf('listJobs', { query: { limit: 20 } }),
  queryOf('listTrainings', { query: { limit: 1 } }),
  queryOf('training', { params: { job_id: 'job_1' } }),
  queryOf('listModels'),
  queryOf('model', { params: { version: 1 } }),
  queryOf('compareModels', { query: { one: 1, other: 2 } }),
  queryOf('evidence', { params: { id: 1 }, query: { start_beat: 0, end_beat: 16 } }),
  queryOf('listRoots'),
  queryOf('health'),
  queryOf('settings'),
  queryOf('doctor'),
  queryOf('storage'),
  queryOf('listBackups'),
  queryOf('track', { params: { id: 1 } }),
  queryOf('track', { params: { id: 12 } }),
  queryOf('trackTags', { params: { id: 1 } }),
  queryOf('listRejections', { params: { id: 1 } }),
].map(({ queryKey }): readonly unknown[] => queryKey)

/** @returns what is stale after `make`, by name and what the address names */
const staleAfter = async (make: (queries: QueryClient) => Promise<unknown>): Promise<readonly string[]> => {
  const queries = new QueryClient()
  for (const queryKey of SHOWN) queries.setQueryData(queryKey, {})
  await make(queries)
  return SHOWN.filter((queryKey) => queries.getQueryState(queryKey)?.isInvalidated).map((key) =>
    key.filter((part) => typeof part !== 'object').join(' '),
  )
}

const HEARD = [
  'listTracks',
  'libraryTags',
  'similarTracks 1',
  'transition 1',
  'transitions 1',
  'graph',
  'graphPair',
  'section 1-40',
  'similarSections 1-40',
]
// A smart playlist finds its tracks by what is known of them.
const TRACKS = [...HEARD, 'showSet 1', 'listPlaylists', 'libraryOverview', 'listScopes']
const LABELS = ['listLabels', 'labelStats', 'labelQuality']

test('each event makes stale what it changes, and nothing else', async () => {
  const found = await Promise.all(EVENT_TYPES.map((type) => staleAfter((queries) => refreshAfter(queries, type))))
  expect(Object.fromEntries(EVENT_TYPES.map((type, at) => [type, found[at]]))).toEqual({
    job: ['listJobs', 'listTrainings', 'training job_1'],
    scan: [...TRACKS, 'listRoots', 'health'],
    analysis: [...TRACKS, 'labelQuality', 'health'],
    sections: [...TRACKS, 'listSuggestions', 'compareLibrary'],
    grid: [...TRACKS, ...LABELS, 'compareLibrary'],
    tags: TRACKS,
    labels: [...TRACKS, 'listLabels', 'listLenses', 'labelStats', 'labelQuality', 'listSuggestions'],
    lenses: ['listLenses'],
    notes: ['listTracks', 'graph', 'myTags', 'listPlaylists', 'libraryOverview', 'listScopes'],
    playlists: ['listTracks', 'graph', 'listPlaylists', 'libraryOverview', 'listScopes', 'listPlaylistFolders'],
    suggestions: ['listSuggestions'],
    imports: ['listTracks', 'graph', 'listPlaylists', 'libraryOverview', 'listPlaylistFolders', 'listSuggestions'],
    sets: ['listSets', 'showSet 1', 'setVersions 1'],
    transitions: ['transitions 1', 'graph', 'graphPair', 'showSet 1'],
    graph: [],
    scopes: [...TRACKS, 'listSuggestions', 'listModels', 'model 1', 'evidence 1'],
    models: [
      'listScopes',
      'labelQuality',
      'listSuggestions',
      'listModels',
      'model 1',
      'compareModels',
      'evidence 1',
      'health',
    ],
    front: [],
    quit: [],
    roots: [...HEARD, 'showSet 1', 'myTags', 'listPlaylists', 'libraryOverview', 'listScopes', 'listRoots', 'health'],
  })
})

test('an event that names a track makes stale all that is shown of it, and of no other', async () => {
  const ofTrack = ['track 1', 'trackTags 1', 'listRejections 1']
  expect(await staleAfter((queries) => refreshTrack(queries, 1))).toEqual(ofTrack)
  const named = await staleAfter((queries) =>
    Promise.all(keysStaleAfter('suggestions', [1]).map((queryKey) => queries.invalidateQueries({ queryKey }))),
  )
  expect(named).toEqual(['listSuggestions', ...ofTrack])
})

test('an answer under way is waited for and then asked for once more, however many events come meanwhile', async () => {
  const queries = new QueryClient()
  const answers: PromiseWithResolvers<string>[] = []
  const { queryKey } = queryOf('graph', { query: {} })
  const observer = new QueryObserver<unknown>(queries, {
    queryKey,
    queryFn: () => {
      answers.push(Promise.withResolvers())
      return answers.at(-1)!.promise
    },
  })
  const stop = observer.subscribe(() => {})
  const refreshed = Promise.all(
    ['analysis', 'sections', 'transitions'].map((type) => refreshAfter(queries, type as 'analysis')),
  )
  expect(answers).toHaveLength(1)
  answers[0]!.resolve('as it was before')
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]!.resolve('as it is')
  await refreshed
  expect([answers.length, observer.getCurrentResult().data]).toEqual([2, 'as it is'])
  stop()
})
