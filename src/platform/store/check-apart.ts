import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

const ENTRY = new URL(`./check-entry${extname(import.meta.url)}`, import.meta.url)

export type CheckQuestion = {
  readonly path: string
  /** Whether a log beside the file is folded into it first; otherwise nothing is written. */
  readonly makesWhole: boolean
  /** Whether every index is compared with its table, too. */
  readonly thorough: boolean
}

export type CheckAnswer =
  | { readonly found: string | null }
  | {
      readonly failed: {
        readonly message: string
        readonly code: string | undefined
        readonly errcode: number | undefined
      }
    }

/** Reads a whole database in a thread of its own. @returns null where it is sound, else what SQLite found @throws as SQLite does */
export const checkApart = async (question: CheckQuestion): Promise<string | null> => {
  const { promise, resolve, reject } = Promise.withResolvers<CheckAnswer>()
  const worker = new Worker(ENTRY, { workerData: question })
  worker.on('message', resolve).on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The thread that checks a database ended with ${code}.`)))
  const answer = await promise
  if ('found' in answer) return answer.found
  const { message, ...codes } = answer.failed
  throw Object.assign(new Error(message), codes)
}
