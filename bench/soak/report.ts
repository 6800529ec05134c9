import type { Outcome } from './outcome.ts'

/** Lines of a run, and what of it did not hold. */
export type Report = {
  readonly tell: (line: string) => void
  readonly expectThat: (holds: boolean, what: string) => void
  readonly expectAll: (outcomes: readonly Outcome[]) => void
  readonly failures: readonly string[]
}

export const createReport = (tell: (line: string) => void): Report => {
  const failures: string[] = []
  const expectThat = (holds: boolean, what: string): void => {
    if (!holds) failures.push(what)
    tell(`${holds ? 'ok  ' : 'FAIL'} ${what}`)
  }
  return {
    tell,
    expectThat,
    expectAll: (outcomes) => {
      for (const { holds, what } of outcomes) expectThat(holds, what)
    },
    failures,
  }
}
