import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ErrorCode } from '../../core/support/error-catalogue.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { DataDirectory } from './data-directory.ts'

const ENTRY = new URL(`./stage-entry${extname(import.meta.url)}`, import.meta.url)

export type StageQuestion = { readonly directory: DataDirectory; readonly name: string }

export type StageAnswer =
  | { readonly failed: null }
  | {
      readonly failed: string
      /** Null for a bug. */
      readonly code: ErrorCode | null
      readonly details: Readonly<Record<string, unknown>>
    }

/** Lays a copy of the library ready in a thread of its own. @throws as `stageRestore` */
export const stageApart = async (question: StageQuestion): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<StageAnswer>()
  const worker = new Worker(ENTRY, { workerData: question })
  worker.on('message', resolve).on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The thread that opens a copy ended with ${code}.`)))
  const answer = await promise
  if (answer.failed === null) return
  throw answer.code === null ? new Error(answer.failed) : new UserError(answer.code, answer.failed, answer.details)
}
