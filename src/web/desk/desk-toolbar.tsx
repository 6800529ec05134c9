import type { ReactElement, ReactNode } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { usePlayer } from '../player/player.ts'
import { perform } from './desk-actions.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import type { DeskAction } from './desk-keys.ts'
import { useDeskPreferences } from './desk-preferences.ts'
import styles from './desk-toolbar.module.css'
import { GridTools } from './grid-tools.tsx'
import { TempoTools } from './tempo-tools.tsx'

type ToolProps = {
  readonly action: DeskAction
  readonly children: string
  readonly pressed?: boolean
  readonly title?: string
}

const Tool = ({ action, children, pressed, title }: ToolProps): ReactElement => {
  const tools = useDeskTools()
  return (
    <Button aria-pressed={pressed} title={title} onClick={() => perform(tools, action)}>
      {children}
    </Button>
  )
}

const Group = ({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement => (
  <div role="group" aria-label={name} className={styles.group}>
    {children}
  </div>
)

/** What the keys do, for the hand at the mouse. */
export const DeskToolbar = (): ReactElement => {
  const { isPlaying, loop } = usePlayer()
  const snap = useDesk((state) => state.snap)
  const isAskingWhy = useDesk((state) => state.isAskingWhy)
  const lastDone = useDesk((state) => state.history.past.at(-1)?.name)
  const lastUndone = useDesk((state) => state.history.future[0]?.name)
  const isTapping = useDesk((state) => state.tap !== null)
  const { isEnergyShown } = useDeskPreferences()
  const tools = useDeskTools()
  return (
    <div className={styles.tools}>
      <Group name="Playing">
        <Button look="main" title="Space" onClick={() => perform(tools, 'play')}>
          {isPlaying ? 'Pause' : 'Play'}
        </Button>
        <Tool action="loop" pressed={loop !== null} title="L">
          Loop
        </Tool>
      </Group>
      <Group name="Editing">
        <Button
          disabled={lastDone === undefined && !isTapping}
          title={['Ctrl or Cmd + Z', lastDone && !isTapping && `undo: ${lastDone}`].filter(Boolean).join(' — ')}
          onClick={() => perform(tools, 'undo')}
        >
          Undo
        </Button>
        <Button
          disabled={lastUndone === undefined}
          title={['Shift + Ctrl or Cmd + Z', lastUndone && `redo: ${lastUndone}`].filter(Boolean).join(' — ')}
          onClick={() => perform(tools, 'redo')}
        >
          Redo
        </Button>
        <Tool action="split" title="S">
          Split
        </Tool>
        <Tool action="merge" title="M">
          Merge
        </Tool>
        <Tool action="repeat" title="D — copy the label to where the section repeats">
          Copy to repeats
        </Tool>
      </Group>
      <Group name="Looking">
        <Tool action="why" pressed={isAskingWhy} title="W">
          Why?
        </Tool>
        <Tool action="snap" title=". — hold Alt while dragging for single beats">
          {snap === 'bar' ? 'Snaps to bars' : 'Snaps to beats'}
        </Tool>
        <Tool action="zoom out" title="-">
          −
        </Tool>
        <Tool action="zoom in" title="+">
          +
        </Tool>
        <Tool action="whole track" title="0">
          Whole track
        </Tool>
        <Tool action="energy" pressed={isEnergyShown} title="E">
          Energy
        </Tool>
      </Group>
      <Group name="Grid">
        <GridTools />
        <TempoTools />
      </Group>
      <Group name="Tracks">
        <Tool action="previous track" title="K — back to the previous track">
          ‹ Previous track
        </Tool>
        <Tool action="next track" title="J — the track where a label teaches most">
          Next track ›
        </Tool>
      </Group>
    </div>
  )
}
