import type { ReactElement } from 'react'
import { type ModelDetails, type Rivalry, useJudgement } from '../queries/use-training.ts'
import styles from './verdicts.module.css'

const isWorse = ({ duel }: Rivalry): boolean => duel?.verdict === 'worse'

/** What can be said of a version beside all others: as it is now, and of what needs no model as it was when it was trained. */
const useRivals = ({ version, card, origin }: ModelDetails): readonly Rivalry[] => {
  const now = useJudgement(version)?.rivals ?? []
  const then = card !== null && (origin === 'trained' || origin === 'blend') ? card.scoreboard.rivals : []
  const measured = new Set(now.filter(({ duel }) => duel !== null).map(({ name }) => name))
  const simple = then.filter((rival) => rival.version === null && isWorse(rival))
  const versions = now.length > 0 ? now : then.filter((rival) => rival.version !== null)
  return [...versions, ...simple.filter(({ name }) => !measured.has(name))].filter(({ duel }) => duel !== null)
}

/** The first lines of a report: what does better on the person's own labels, and then what does not. */
export const Verdicts = ({ model }: { readonly model: ModelDetails }): ReactElement | null => {
  const rivals = useRivals(model)
  if (rivals.length === 0) return null
  return (
    <ul className={styles.verdicts} aria-label="Beside the others">
      {rivals
        .toSorted((a, b) => Number(isWorse(b)) - Number(isWorse(a)))
        .map((rival) => (
          <li key={rival.name} data-worse={isWorse(rival) || undefined}>
            {rival.text}
          </li>
        ))}
    </ul>
  )
}
