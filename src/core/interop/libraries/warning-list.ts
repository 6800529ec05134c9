import type { ForeignWarning } from './foreign-library.ts'

/** Gathers what a reader passes over: the same text once, with its first place and how often it was found. */
export type WarningList = {
  readonly add: (text: string, place?: string | null) => void
  readonly all: () => readonly ForeignWarning[]
}

export const createWarningList = (): WarningList => {
  const found = new Map<string, ForeignWarning>()
  return {
    add: (text, place = null) => {
      const { place: first, count } = found.get(text) ?? { place, count: 0 }
      found.set(text, { text, place: first, count: count + 1 })
    },
    all: () => [...found.values()],
  }
}
