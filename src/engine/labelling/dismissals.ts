import type { DismissedFinding } from '../../platform/store/finding-store.ts'

/** Edges of a dismissed place may lie so much apart. */
const SAME_PLACE_SECONDS = 0.5
/** Stretches that share so much of what both cover are the same one. */
const SAME_STRETCH_SHARE = 0.6

const isSameStretch = (one: DismissedFinding, other: DismissedFinding): boolean => {
  const whole = Math.max(one.endSeconds, other.endSeconds) - Math.min(one.startSeconds, other.startSeconds)
  const common = Math.min(one.endSeconds, other.endSeconds) - Math.max(one.startSeconds, other.startSeconds)
  return whole <= SAME_PLACE_SECONDS || common >= SAME_STRETCH_SHARE * whole
}

/** Two looks at one question, what a label is called: who has answered one of them is not asked the other. */
const QUESTIONS: Readonly<Record<string, string>> = { DOUBTED_NAME: 'WRONG_KIND' }
const questionOf = (code: string): string => QUESTIONS[code] ?? code

/** Whether the person has dismissed as good as the same before. */
export const isDismissed = (found: DismissedFinding, dismissed: readonly DismissedFinding[]): boolean =>
  dismissed.some(
    (one) =>
      one.trackId === found.trackId &&
      questionOf(one.code) === questionOf(found.code) &&
      one.kind === found.kind &&
      isSameStretch(one, found),
  )
