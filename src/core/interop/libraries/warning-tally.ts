import type { ForeignWarning } from './foreign-library.ts'

/** Counts what was passed over, so that a thousand times the same is one line. */
export type WarningTally = {
  readonly add: (text: string, place: string | null) => void
  readonly list: () => readonly ForeignWarning[]
}

export const createWarningTally = (): WarningTally => {
  const found = new Map<string, ForeignWarning>()
  return {
    add: (text, place) => {
      const before = found.get(text)
      found.set(text, before ? { ...before, count: before.count + 1 } : { text, place, count: 1 })
    },
    list: () => [...found.values()],
  }
}
