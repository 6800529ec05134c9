/** @file Thread that looks at a database file: to read all of it takes seconds, in which nobody else would be answered. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import type { CheckAnswer, CheckQuestion } from './check-apart.ts'

const check = ({ path, makesWhole, thorough }: CheckQuestion): CheckAnswer => {
  const database = new DatabaseSync(path, { readOnly: !makesWhole, timeout: 2000 })
  try {
    if (makesWhole) database.exec('PRAGMA journal_mode = DELETE')
    const pragma = thorough ? 'integrity_check' : 'quick_check'
    const found = Object.values(database.prepare(`PRAGMA ${pragma}(1)`).get()!)[0] as string
    return { found: found === 'ok' ? null : found }
  } catch (error) {
    const { message, code, errcode } = error as { message: string; code?: string; errcode?: number }
    return { failed: { message, code, errcode } }
  } finally {
    database.close()
  }
}

parentPort!.postMessage(check(workerData as CheckQuestion))
