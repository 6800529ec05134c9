/** What a task gets besides its input: where to report measured progress, and when to stop. */
export type TaskContext<Progress> = {
  readonly report: (progress: Progress) => void
  readonly signal: AbortSignal
  /** Says that from now on the task mostly waits for another process: the pool gives its place to a further thread. */
  readonly stepAside: () => void
}
