import { type ReactElement, useMemo } from 'react'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { describeGridEdit } from '../../core/beats/grid-edit.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { inMetre, isSameBeat, takeableGrid } from '../../core/beats/take-grid.ts'
import { likelyAlternatives } from '../../core/quality/doubtful-estimates.ts'
import { camelCase } from '../../core/support/camel-case.ts'
import { Button } from '../kit/elements/button.tsx'
import type { TrackDocument } from '../queries/use-track.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import { alternativeText, offeredText } from './grid-edit-words.ts'
import styles from './suggestion-bar.module.css'

/** Somebody has listened to it. */
const isConfirmed = ({ tempoConfidence, phaseConfidence, downbeatConfidence }: BeatGrid): boolean =>
  tempoConfidence === 1 && phaseConfidence === 1 && downbeatConfidence === 1

/** Grids of other programs that differ from the one in force; none where that is confirmed. */
const otherGrids = (grid: BeatGrid, { offered_grids, duration_seconds }: TrackDocument) =>
  isConfirmed(grid)
    ? []
    : offered_grids.flatMap((offered) => {
        const edit = inMetre(camelCase(offered), grid.beatsPerBar)
        const theirs = takeableGrid(grid, edit, duration_seconds!)
        return theirs === null || isSameBeat(theirs, grid) ? [] : [{ edit, grid: theirs }]
      })

/** What a doubtful grid may be instead, or is in another program, each as one press. */
export const GridDoubts = ({ track }: { readonly track: TrackDocument }): ReactElement | null => {
  const tools = useDeskTools()
  const grid = useDesk(gridOf)
  const alternatives = likelyAlternatives(grid)
  const others = useMemo(() => otherGrids(grid, track), [grid, track])
  if (alternatives.length === 0 && others.length === 0) return null
  return (
    <section className={styles.bar} aria-label="Doubts about the beat grid">
      <span>The beat grid may be another:</span>
      {alternatives.map((alternative, at) => (
        <Button
          key={describeGridEdit(alternative.edit)}
          {...(at === 0 && { title: 'A' })}
          onClick={() => editGrid(tools, alternative.edit)}
        >
          {alternativeText(alternative, mainTempo(grid))}
        </Button>
      ))}
      {others.map(({ edit, grid: theirs }) => (
        <Button key={edit.program} onClick={() => editGrid(tools, edit)}>
          {offeredText(edit, theirs)}
        </Button>
      ))}
      <Button onClick={() => editGrid(tools, { kind: 'confirm' })}>It is right as it is</Button>
    </section>
  )
}
