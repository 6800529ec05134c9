import { z } from 'zod'
import { done, id, idParams, timestamp } from './fields.ts'
import { started } from './jobs.ts'
import { operationsOf } from './operation.ts'

export const root = z.object({
  id: z.number(),
  path: z.string(),
  added_at: timestamp,
  scanned_at: timestamp.nullable(),
  offline_since: timestamp.nullable(),
  /** How changes are noticed: the system tells of them, the folder is checked from time to time, or not at all. */
  following: z.enum(['told', 'interval', 'off']),
  /** The demo library, which can be taken away whole. */
  is_demo: z.boolean(),
})
const rootRemoval = z.object({
  /** Tracks that go with it, since nobody has worked on them. */
  going: z.number(),
  /** Tracks that the person has worked on: they are kept as missing ones. */
  kept: z.number(),
  kept_labels: z.number(),
  /** Tracks that another folder holds as well: they stay. */
  elsewhere: z.number(),
})
const folder = z.object({ name: z.string(), path: z.string() })
/** What a folder picker shows of the machine that the server runs on. */
const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(folder),
  audio_files: z.number(),
  audio_names: z.array(z.string()),
  places: z.array(folder),
})
const folderPath = z.string().min(1).max(4096)

const library = operationsOf('library')
const jobs = operationsOf('jobs')

export const libraryOperations = {
  listRoots: library.get('/api/roots', {
    summary: 'Lists the folders of the library.',
    response: { 200: z.array(root) },
    staleAfter: ['scan', 'roots'],
  }),
  addRoot: library.post('/api/roots', {
    summary: 'Adds a folder to the library.',
    body: z.strictObject({ path: folderPath }),
    response: { 201: root },
  }),
  rootRemoval: library.get('/api/roots/:id/removal', {
    summary: 'Says what would happen to the tracks of a folder if it were removed from the library.',
    params: idParams,
    response: { 200: rootRemoval },
    staleAfter: ['scan', 'roots', 'labels', 'grid', 'suggestions'],
  }),
  removeRoot: library.remove('/api/roots/:id', {
    summary:
      'Removes a folder from the library; tracks with labels of yours are kept as missing, and no file is touched.',
    params: idParams,
    response: { 200: done.extend(rootRemoval.shape) },
  }),
  listFolders: library.get('/api/folders', {
    summary: 'Lists the folders inside a folder on the machine of the server.',
    query: z.strictObject({ path: folderPath.optional() }),
    response: { 200: folderListing },
  }),
  makeDemo: library.post('/api/demo', {
    summary: 'Starts a job that makes the demo library.',
    body: z
      .strictObject({
        /** Whether two thirds of the demo tracks come labelled, so that a training can start at once. */
        labelled: z.boolean().default(false),
      })
      .nullish(),
    response: { 202: started },
  }),
  removeDemo: library.remove('/api/demo', {
    summary: 'Removes the whole demo library.',
    response: { 200: done },
  }),
  scan: jobs.post('/api/scan', {
    summary: 'Starts a job that looks at all folders, and analyses what is new or out of date.',
    body: z.strictObject({ analyse: z.boolean().default(true), new_grids: z.boolean().default(false) }).nullish(),
    response: { 202: started },
  }),
  analyse: jobs.post('/api/analyze', {
    summary: 'Starts a job that analyses tracks.',
    body: z
      .strictObject({
        /** All that are out of date where left out. */
        track_ids: z.array(id).max(100_000).nullish(),
        new_grids: z.boolean().default(false),
      })
      .nullish(),
    response: { 202: started },
  }),
}
