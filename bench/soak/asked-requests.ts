import { operations } from '../../src/api/operations/operations.ts'
import { BULK_STEP } from './many-tracks.ts'

/** What a client sends; a body may depend on what the library answered before. */
export type AskedRequest = {
  readonly what: string
  readonly path: string
  readonly method?: string
  readonly body?: unknown
}

const SEGMENTS = 60_000
const REMOVED = 2000
const IMPORT = '/api/training/labels/import'

const jams = (): string =>
  JSON.stringify({
    file_metadata: { title: 'x', duration: 150 },
    annotations: [
      {
        namespace: 'segment_open',
        data: Array.from({ length: SEGMENTS }, (_, at) => ({
          time: at / 400,
          duration: 1 / 400,
          value: 'drop',
          confidence: 1,
        })),
      },
    ],
  })

/** What an address needs besides the ids of the first track, set, version …, all of which are 1. */
const QUERIES: Readonly<Record<string, string>> = {
  audio: 'path=/nowhere.wav',
  listTracks: 'limit=500&sort=artist',
  exportLabels: 'format=csv',
  judgeModels: 'versions=0',
  graphPair: 'from=1&to=2',
  evidence: 'start_beat=0&end_beat=32',
  transition: 'to=2',
  trackVoice: 'start_beat=0&end_beat=32',
  downloadForProgram: 'format=rekordbox',
}

/** Whatever can be read, each once, but for what does not end and what needs a file of the first track. */
const readings = (): readonly AskedRequest[] =>
  Object.entries(operations)
    .filter(([, { method, ...rest }]) => method === 'GET' && !('isEndless' in rest))
    .map(([name, { path, summary }]) => ({
      what: summary,
      path: `${path.replaceAll(/:\w+/g, '1')}${name in QUERIES ? `?${QUERIES[name]}` : ''}`,
    }))

const writings = (trackIds: readonly number[]): readonly AskedRequest[] => {
  const imported = (name: string, text: string): object => ({ files: [{ name, text }], overlap: 'trim' })
  const rows = Array.from({ length: 100_000 }, (_, at) => `no ${at}.wav,drop,0,32`).join('\n')
  const noted = { rating: 3, colour: null, comment: 'played at the opening', my_tags: ['opening', 'warm'] }
  const plain = { rating: 3, colour: null, comment: null, my_tags: [] }
  return [
    {
      what: `${SEGMENTS} segments imported`,
      path: IMPORT,
      method: 'POST',
      body: { ...imported('a.jams', jams()), track_id: 1 },
    },
    {
      what: '100,000 labels of unknown tracks',
      path: IMPORT,
      method: 'POST',
      body: imported('a.csv', `track_path,label,start_beat,end_beat\n${rows}`),
    },
    {
      what: 'a file of 6 MB of bytes',
      path: IMPORT,
      method: 'POST',
      body: { files: [{ name: 'a.zip', base64: Buffer.alloc(5_900_000, 7).toString('base64') }] },
    },
    { what: 'notes of all tracks', path: '/api/notes', method: 'PATCH', body: { track_ids: trackIds, rating: 3 } },
    {
      what: 'notes of each track by themselves',
      path: '/api/notes',
      method: 'PUT',
      body: { notes: trackIds.map((track_id) => ({ track_id, notes: noted, seen: plain })) },
    },
    {
      what: 'a playlist of all tracks',
      path: '/api/playlists',
      method: 'POST',
      body: { name: 'all', folders: [], track_ids: trackIds },
    },
    {
      what: 'all of them put into it again',
      path: '/api/playlists/1/tracks',
      method: 'POST',
      body: { track_ids: trackIds, before: null },
    },
    {
      what: 'half of them moved in it',
      path: '/api/playlists/1/tracks/move',
      method: 'POST',
      body: { track_ids: trackIds.slice(trackIds.length / 2), before: 1 },
    },
    { what: 'that playlist', path: '/api/playlists/1' },
    { what: 'its tracks', path: '/api/playlists/1/tracks' },
    { what: 'its copy', path: '/api/playlists/1/duplicate', method: 'POST' },
    {
      what: 'all taken out of it',
      path: '/api/playlists/1/tracks/remove',
      method: 'POST',
      body: { track_ids: trackIds },
    },
    { what: 'that undone', path: '/api/playlists/undo', method: 'POST' },
    {
      what: 'a set of 1,000 tracks',
      path: '/api/sets',
      method: 'POST',
      body: { name: 'long', track_ids: trackIds.slice(0, 1000) },
    },
    { what: 'that set', path: '/api/sets/1' },
    {
      what: 'its tracks the other way round',
      path: '/api/sets/1',
      method: 'PATCH',
      body: {
        places: trackIds
          .slice(0, 1000)
          .toReversed()
          .map((track_id) => ({ track_id })),
      },
    },
    { what: 'a copy of it', path: '/api/sets/1/copy', method: 'POST' },
    { what: 'its export', path: '/api/sets/1/export?format=m3u8' },
    { what: 'a planned set', path: '/api/sets/plan', method: 'POST', body: { minutes: 60 } },
    {
      what: 'a plan from all tracks',
      path: '/api/sets/plan',
      method: 'POST',
      body: { minutes: 60, pool_track_ids: trackIds },
    },
    { what: 'what is sure', path: '/api/suggestions/sure', method: 'POST', body: { least: 0.5 } },
    {
      what: 'what is sure accepted',
      path: '/api/suggestions/sure/accept',
      method: 'POST',
      body: { least: 0.5, except: [] },
    },
    { what: 'the labels checked', path: '/api/training/labels/check', method: 'POST' },
    { what: 'all tracks analysed', path: '/api/analyze', method: 'POST', body: { track_ids: trackIds } },
    { what: 'all tracks read', path: '/api/classify', method: 'POST', body: { track_ids: trackIds } },
    { what: 'all jobs cancelled', path: '/api/jobs/cancel', method: 'POST' },
    {
      what: 'a set of all tracks exported',
      path: '/api/exchange/export',
      method: 'POST',
      body: { format: 'rekordbox', track_ids: trackIds, output: '/nowhere/a.xml' },
    },
    { what: 'a copy of the library', path: '/api/backups', method: 'POST' },
    { what: 'the list of copies', path: '/api/backups' },
    { what: 'what taking the folder out would do', path: '/api/roots/1/removal' },
    {
      what: `${REMOVED} tracks removed with the work on them`,
      path: '/api/tracks/remove',
      method: 'POST',
      body: { track_ids: trackIds.slice(0, REMOVED), with_work: true },
    },
    {
      what: `${REMOVED} more ignored`,
      path: '/api/tracks/ignore',
      method: 'POST',
      body: { track_ids: trackIds.slice(REMOVED, 2 * REMOVED) },
    },
    { what: 'labels accepted in bulk taken back', path: `/api/training/steps/${BULK_STEP}/undo`, method: 'POST' },
    { what: 'the folder taken out with all others', path: '/api/roots/1', method: 'DELETE' },
  ]
}

/** All that reads, and all that can name a whole library at once; the first loads what all need. */
export const askedRequests = (tracks: number): readonly AskedRequest[] => {
  const trackIds = Array.from({ length: tracks }, (_, index) => index + 1)
  return [{ what: 'a first request', path: '/api/tracks?limit=1' }, ...readings(), ...writings(trackIds)]
}
