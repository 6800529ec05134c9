import { countText } from '../units/count-text.ts'
import type { ImportOutcome, Refusals } from './plan-label-import.ts'

const SHOWN = 3

const isAre = (number: number): string => (number === 1 ? 'is' : 'are')

const listed = (items: readonly string[]): string => {
  const shown = items.slice(0, SHOWN)
  const more = items.length - shown.length
  return new Intl.ListFormat('en').format(more > 0 ? [...shown, `${more} more`] : shown)
}

const firstOfEach = (refused: ImportOutcome['refused']): ImportOutcome['refused'] => [
  ...new Map(refused.toReversed().map((one) => [one.error.code, one])).values(),
]

/** How many were refused for each reason, as "Section too short: 59,990. Labels overlap: 7." */
const summaryOf = (refusals: readonly Refusals[]): string =>
  [...Map.groupBy(refusals, ({ title }) => title)]
    .map(([title, same]) => `${title}: ${same.reduce((sum, { count }) => sum + count, 0).toLocaleString('en-GB')}.`)
    .join(' ')

/** Why labels of a file were not taken, one sentence a reason; none where all were. @param outcomes of the tracks in it */
export const importReasons = (outcomes: readonly ImportOutcome[]): readonly string[] => {
  const sum = (of: (outcome: ImportOutcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0)
  const unchanged = sum(({ tally }) => tally.unchanged)
  const doubtful = sum((outcome) => outcome.doubtful)
  const unnamed = sum(({ tally }) => tally.skipped) - doubtful
  const names = [...new Set(outcomes.flatMap(({ unknownNames }) => unknownNames))]
  const refused = outcomes.flatMap((outcome) => outcome.refused)
  const shown = [...firstOfEach(refused), ...refused].filter((one, at, all) => all.indexOf(one) === at).slice(0, SHOWN)
  const refusals = outcomes.flatMap((outcome) => outcome.refusals)
  const refusedCount = refusals.reduce((total, { count }) => total + count, 0)
  const nothing = sum(({ tally }) => tally.imported) + unchanged + doubtful + unnamed + refusedCount === 0
  return [
    ...(nothing ? ['The file has no labels in it.'] : []),
    ...(unchanged > 0 ? [`${countText(unchanged, 'label')} ${isAre(unchanged)} already there.`] : []),
    ...(unnamed > 0
      ? [`${countText(unnamed, 'label')} ${isAre(unnamed)} not named after a section: ${listed(names)}.`]
      : []),
    ...(doubtful > 0 ? [`${countText(doubtful, 'label')} ${isAre(doubtful)} marked as doubtful in the file.`] : []),
    ...shown.map(({ label, error }) => `${label}: ${error.detail}`),
    ...(refusedCount > shown.length
      ? [`${countText(refusedCount - shown.length, 'more label')} could not be imported. ${summaryOf(refusals)}`]
      : []),
  ]
}
