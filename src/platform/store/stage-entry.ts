/** @file Thread that lays a copy of the library ready: to copy, check and migrate it takes seconds, in which nobody else would be answered. */
import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../../core/support/user-error.ts'
import { stageRestore } from './restore-backup.ts'
import type { StageAnswer, StageQuestion } from './stage-apart.ts'

const stage = ({ directory, name }: StageQuestion): StageAnswer => {
  try {
    stageRestore(directory, name)
    return { failed: null }
  } catch (error) {
    if (error instanceof UserError) return { failed: error.message, code: error.code, details: error.details }
    return { failed: (error as Error).message, code: null, details: {} }
  }
}

parentPort!.postMessage(stage(workerData as StageQuestion))
