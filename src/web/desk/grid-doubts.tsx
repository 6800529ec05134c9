import type { ReactElement } from 'react'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { likelyAlternatives } from '../../core/quality/doubtful-estimates.ts'
import { Button } from '../kit/elements/button.tsx'
import { useDesk, useDeskTools } from './desk-context.ts'
import { editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import { alternativeText } from './grid-edit-words.ts'
import styles from './suggestion-bar.module.css'

/** What a doubtful grid may be instead, each as one press. */
export const GridDoubts = (): ReactElement | null => {
  const tools = useDeskTools()
  const grid = useDesk(gridOf)
  const alternatives = likelyAlternatives(grid)
  if (alternatives.length === 0) return null
  return (
    <section className={styles.bar} aria-label="Doubts about the beat grid">
      <span>The beat grid may be another:</span>
      {alternatives.map((alternative, at) => (
        <Button
          key={alternative.edit.kind}
          {...(at === 0 && { title: 'A' })}
          onClick={() => editGrid(tools, alternative.edit)}
        >
          {alternativeText(alternative, mainTempo(grid))}
        </Button>
      ))}
      <Button onClick={() => editGrid(tools, { kind: 'confirm' })}>It is right as it is</Button>
    </section>
  )
}
