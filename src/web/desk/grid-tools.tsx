import { Menu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from '../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import buttonStyles from '../kit/elements/button.module.css'
import { position } from '../player/player.ts'
import { useDeskTools } from './desk-context.ts'
import { editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import styles from './grid-tools.module.css'

const NUDGE_SECONDS = 0.01

/** As it lasts where the playhead is. */
const halfBeat = (grid: BeatGrid): number => {
  const beat = Math.floor(secondsToBeats(grid, position()))
  return (beatsToSeconds(grid, beat + 1) - beatsToSeconds(grid, beat)) / 2
}

const EDITS: readonly { readonly name: string; readonly edit: (grid: BeatGrid) => GridEdit }[] = [
  { name: 'First beat of the bar one beat later', edit: () => ({ kind: 'shift', beats: 1 }) },
  { name: 'First beat of the bar one beat earlier', edit: () => ({ kind: 'shift', beats: -1 }) },
  { name: 'Phrase one bar later', edit: () => ({ kind: 'shift-phrase', bars: 1 }) },
  { name: 'Half the tempo', edit: () => ({ kind: 'halve' }) },
  { name: 'Twice the tempo', edit: () => ({ kind: 'double' }) },
  { name: 'All beats half a beat later', edit: (grid) => ({ kind: 'nudge', seconds: halfBeat(grid) }) },
  { name: 'All beats half a beat earlier', edit: (grid) => ({ kind: 'nudge', seconds: -halfBeat(grid) }) },
  { name: 'All beats 10 ms later', edit: () => ({ kind: 'nudge', seconds: NUDGE_SECONDS }) },
  { name: 'All beats 10 ms earlier', edit: () => ({ kind: 'nudge', seconds: -NUDGE_SECONDS }) },
  { name: 'A beat is at the playhead', edit: () => ({ kind: 're-anchor', seconds: position(), as: 'beat' }) },
  { name: 'A bar begins at the playhead', edit: () => ({ kind: 're-anchor', seconds: position(), as: 'downbeat' }) },
]

/** Repairs of the beat grid; labels follow by time. */
export const GridTools = (): ReactElement => {
  const tools = useDeskTools()
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.button} title="Or drag the bar numbers above the waveform">
        Beat grid ▾
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} className={styles.positioner}>
          <Menu.Popup className={styles.menu}>
            {EDITS.map(({ name, edit }) => (
              <Menu.Item
                key={name}
                className={styles.item}
                onClick={() => editGrid(tools, edit(gridOf(tools.desk.getState())))}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
