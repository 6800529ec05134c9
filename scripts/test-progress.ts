import type { FileOutcome, TestOutcome } from './test-outcome.ts'

/** What `.ci/closing-line.ts` tells of a run while it goes on. Files are named from the root of the repository. */
export type TestMessage =
  | { readonly kind: 'planned'; readonly files: readonly string[] }
  | { readonly kind: 'begun'; readonly file: string }
  | { readonly kind: 'trying'; readonly file: string; readonly test: string }
  | { readonly kind: 'ended'; readonly outcome: FileOutcome }
  /** With it the run is over. */
  | { readonly kind: 'over'; readonly outcome: TestOutcome }

type TestProgress = {
  readonly hear: (message: TestMessage) => void
  /** @returns null where the run has not told its end */
  readonly outcome: () => TestOutcome | null
  /** What came of a run that was cut off: each file that had not ended has failed, as has a run that had begun none. */
  readonly cutOff: () => TestOutcome
}

const failed = (file: string, note: string): FileOutcome => ({ file, passed: 0, failed: 1, notes: [note] })

export const createTestProgress = (): TestProgress => {
  /** The test that each file was at; null before the first. */
  const begun = new Map<string, string | null>()
  const ended = new Map<string, FileOutcome>()
  let planned: readonly string[] = []
  let outcome: TestOutcome | null = null
  const cut = (file: string): FileOutcome => {
    const at = begun.get(file)
    if (at === undefined) return failed(file, `Not begun: ${file}`)
    return failed(file, `Not ended: ${file}${at === null ? '' : `, ${at}`}`)
  }
  /** What was stopped amid its tests comes first: there lies the fault. */
  const unended = (files: readonly string[]): readonly string[] => {
    const left = files.filter((file) => !ended.has(file))
    return [...left.filter((file) => begun.has(file)), ...left.filter((file) => !begun.has(file))]
  }
  return {
    hear: (message) => {
      if (message.kind === 'planned') planned = message.files
      else if (message.kind === 'begun') begun.set(message.file, null)
      else if (message.kind === 'trying') begun.set(message.file, message.test)
      else if (message.kind === 'ended') ended.set(message.outcome.file, message.outcome)
      else outcome = message.outcome
    },
    outcome: () => outcome,
    cutOff: () => ({
      files: [...ended.values(), ...unended(planned).map(cut)],
      strayErrors: unended(planned).length === 0 ? 1 : 0,
    }),
  }
}
