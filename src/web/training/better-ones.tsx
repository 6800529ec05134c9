import type { ReactElement } from 'react'
import { useJudgement } from '../queries/use-training.ts'
import styles from './models-panel.module.css'

/** Says what does better than a version on the person's own labels. */
export const BetterOnes = ({ version }: { readonly version: number }): ReactElement | null => {
  const better = useJudgement(version)?.rivals.find(({ duel }) => duel?.verdict === 'worse')
  return better ? <p className={styles.better}>{better.text}</p> : null
}
