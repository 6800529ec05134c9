import type { ReactElement } from 'react'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import type { Span } from '../../core/labels/span.ts'
import { Button } from '../kit/elements/button.tsx'
import { playStretch } from '../player/player.ts'
import { useDesk } from './desk-context.ts'
import { gridOf } from './desk-store.ts'

/** Lets a bar be heard. @param what is heard in it */
export const PlayBar = ({ span, what }: { readonly span: Span | null; readonly what: string }): ReactElement | null => {
  const grid = useDesk(gridOf)
  if (span === null) return null
  const bar = barOf(grid, span.startBeat)
  const play = (): void =>
    void playStretch({ from: beatsToSeconds(grid, span.startBeat), to: beatsToSeconds(grid, span.endBeat) })
  return (
    <Button look="bare" aria-label={`Play bar ${bar}: ${what}`} title={`Bar ${bar}: ${what}`} onClick={play}>
      ▶ {bar}
    </Button>
  )
}
