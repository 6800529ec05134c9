/** What a task gets besides its input: where to report measured progress, and when to stop. */
export type TaskContext<Progress> = {
  readonly report: (progress: Progress) => void
  readonly signal: AbortSignal
}
