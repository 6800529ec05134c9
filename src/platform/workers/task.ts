import type { TaskContext } from './task-context.ts'

/** What a thread can do with an input. */
export type Task<Input, Output, Progress = never> = {
  readonly run: (input: Input, context: TaskContext<Progress>) => Promise<Output>
  /** Buffers of the output that move to the caller instead of being copied. */
  readonly transfer: (output: Output) => readonly ArrayBuffer[]
}

/** For outputs without buffers, or with small ones. */
export const nothing = (): readonly ArrayBuffer[] => []

/** A task as the thread sees it: the caller's types have been checked already. */
export type AnyTask = {
  readonly run: (input: unknown, context: TaskContext<unknown>) => Promise<unknown>
  readonly transfer: (output: unknown) => readonly ArrayBuffer[]
}
