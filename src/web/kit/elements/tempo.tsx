import type { ReactElement } from 'react'
import { useDisplay } from '../words/display.ts'
import { tempoWords } from '../words/tempo-words.ts'
import styles from './tempo.module.css'

type TempoProps = { readonly bpm: number; readonly decimals?: number; readonly whose?: string }

/** A tempo in the person's range; one that was brought into it is marked and says what it was. */
export const Tempo = ({ bpm, decimals = 1, whose = 'the grid' }: TempoProps): ReactElement => {
  const from = useDisplay((state) => state.bpmRangeFrom)
  const { text, note } = tempoWords(bpm, { from, decimals, whose })
  if (note === null) return <>{text}</>
  return (
    <span className={styles.folded} title={note}>
      {text}
      <span className="sr-only"> ({note})</span>
    </span>
  )
}
