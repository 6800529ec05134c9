import { UserError } from '../../core/support/user-error.ts'
import type { Request } from './protocol.ts'

/** What the end of a thread means for the task that it had. */
export const crashOf = (error: unknown, request: Request | undefined): Error => {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error as Error
  const isTraining = request?.kind === 'run' && request.name === 'trainSections'
  const code = isTraining ? 'TRAINING_OUT_OF_MEMORY' : 'DECODER_OUT_OF_MEMORY'
  return new UserError(code, 'The worker thread ran out of memory.', {}, error)
}
