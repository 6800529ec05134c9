import { z } from 'zod'
import { done } from './fields.ts'
import { operationsOf } from './operation.ts'

/** Bytes in the data directory, and the newest of the daily copies of the database. */
export const storage = z.object({
  data_dir: z.string(),
  database: z.number(),
  models: z.number(),
  cache: z.number(),
  backups: z.number(),
  other: z.number(),
  newest_backup: z.string().nullable(),
})

const libraryCounts = z.object({ tracks: z.number(), labels: z.number() })
/** A copy of the library file: of a day, made by you, before an update, before a restore. */
export const backups = z.object({
  /** What is in the library now. */
  current: libraryCounts,
  /** The newest first. */
  backups: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['day', 'hand', 'update', 'restore']),
      made_at: z.string(),
      bytes: z.number(),
      /** Null when it cannot be read. */
      holds: libraryCounts.nullable(),
    }),
  ),
})
const backupParams = z.object({ name: z.string().max(120) })

const { get, post, remove } = operationsOf('system')

export const backupOperations = {
  storage: get('/api/storage', {
    summary: 'Says how many bytes each part of the data directory takes.',
    response: { 200: storage },
  }),
  clearCache: remove('/api/storage/cache', {
    summary: 'Deletes what can be computed again.',
    response: { 200: storage },
  }),
  listBackups: get('/api/backups', {
    summary: 'Lists the copies of the library, the newest first.',
    response: { 200: backups },
  }),
  makeBackup: post('/api/backups', {
    summary: 'Makes a copy of the library.',
    response: { 201: z.object({ name: z.string() }) },
  }),
  restoreBackup: post('/api/backups/:name/restore', {
    summary: 'Reopens the library from a copy, and keeps its former state as a copy.',
    params: backupParams,
    response: { 202: z.object({ message: z.string(), name: z.string() }) },
  }),
  deleteBackup: remove('/api/backups/:name', {
    summary: 'Deletes a copy of the library.',
    params: backupParams,
    response: { 200: done },
  }),
}
