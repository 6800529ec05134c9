import type { TaskName } from './tasks.ts'

/** A model reads a track in a second. A model of a stranger that takes longer than this is stopped, and its thread with it. */
const MODEL_LIMIT_MS = 60_000
/** Time that tasks may run once a thread has them. */
export const LIMITS_MS: Readonly<Partial<Record<TaskName, number>>> = {
  readSections: MODEL_LIMIT_MS,
  explainSection: MODEL_LIMIT_MS,
  openBundle: MODEL_LIMIT_MS,
  // Sixteen tracks at once, and every version.
  answerLabels: 5 * MODEL_LIMIT_MS,
}
