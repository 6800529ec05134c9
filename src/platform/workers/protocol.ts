import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { TaskName } from './tasks.ts'

/** Messages from the pool to a thread. */
export type Request =
  | { readonly kind: 'run'; readonly id: number; readonly name: TaskName; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }

/** Messages from a thread to the pool; `done` and `failed` end the task. */
export type Reply =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }

/** An error as a record, because class instances do not cross threads. */
export type Failure =
  | Pick<UserError, 'code' | 'message' | 'details'>
  | { readonly code: null; readonly message: string; readonly stack: string }

export const toFailure = (error: unknown): Failure => {
  // Its own code is lost on the way.
  const told = storageError(error)
  if (told instanceof UserError) return { code: told.code, message: told.message, details: told.details }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { code: null, message, stack: stack ?? '' }
}

export const fromFailure = (failure: Failure): Error => {
  if (failure.code !== null) return new UserError(failure.code, failure.message, failure.details)
  const error = new Error(failure.message)
  error.stack = failure.stack
  return error
}
