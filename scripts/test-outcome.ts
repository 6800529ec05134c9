/** What came of the tests of one file. */
export type FileOutcome = {
  /** From the root of the repository. */
  readonly file: string
  readonly passed: number
  readonly failed: number
  /** Lines to close with: what was skipped and why, and what passed only at another try. */
  readonly notes: readonly string[]
}

/** What came of a run: its files, and the errors that belong to none of them. */
export type TestOutcome = { readonly files: readonly FileOutcome[]; readonly strayErrors: number }

/** More files than this do not fail by chance. */
const MOST_BY_CHANCE = 4

/**
 * The files to run once more, alone: those in which some test failed, where these are few and nothing else went wrong. Tests of
 * one file share a server and a page, so a second try within the same run begins with what the first has left.
 */
export const filesToRepeat = ({ files, strayErrors }: TestOutcome): readonly string[] => {
  const failed = files.filter((file) => file.failed > 0).map(({ file }) => file)
  return strayErrors === 0 && failed.length <= MOST_BY_CHANCE ? failed : []
}

/** A run with the files that ran once more, of which the second time counts and which are named. */
export const withRepeated = (first: TestOutcome, second: TestOutcome): TestOutcome => {
  const again = new Map(second.files.map((outcome) => [outcome.file, outcome]))
  return {
    files: first.files.map((before) => {
      const after = again.get(before.file)
      if (after === undefined) return before
      const note = `Run once more alone, since ${before.failed} failed: ${before.file}`
      return { ...after, notes: [...after.notes, note] }
    }),
    strayErrors: first.strayErrors + second.strayErrors,
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** The lines that close a run; the last is `N passed, N failed`. */
export const closingLines = ({ files, strayErrors }: TestOutcome): readonly string[] => [
  ...files.flatMap(({ notes }) => notes),
  `${sum(files.map(({ passed }) => passed))} passed, ${sum(files.map(({ failed }) => failed)) + strayErrors} failed`,
]
