/** What a task gets beside its input: where to report measured progress, and when to stop. */
export type TaskContext<Progress> = {
  readonly report: (progress: Progress) => void
  readonly signal: AbortSignal
  /** From here on the task waits for another process more than it computes: the pool gives its place to a further thread. */
  readonly stepAside: () => void
}
