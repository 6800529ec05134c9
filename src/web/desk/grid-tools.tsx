import { Menu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { phraseFrom } from '../../core/beats/begin-phrases.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import type { Seconds } from '../../core/units/units.ts'
import buttonStyles from '../kit/elements/button.module.css'
import { position } from '../player/player.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import { NUMBERS } from './grid-edit-words.ts'
import styles from './grid-tools.module.css'

const NUDGE_SECONDS = 0.01

const edits = (grid: BeatGrid, seconds: Seconds): readonly { readonly name: string; readonly edit: GridEdit }[] => [
  { name: 'The grid is right', edit: { kind: 'confirm' } },
  { name: 'A bar begins at the playhead', edit: { kind: 're-anchor', seconds, as: 'downbeat' } },
  { name: 'A beat is at the playhead', edit: { kind: 're-anchor', seconds, as: 'beat' } },
  { name: 'A beat is at the playhead too: follow the drift', edit: { kind: 'pin', seconds } },
  { name: 'First beat of the bar one beat later', edit: { kind: 'shift', beats: 1 } },
  { name: 'First beat of the bar one beat earlier', edit: { kind: 'shift', beats: -1 } },
  { name: 'A phrase begins at the playhead', edit: phraseFrom(grid, seconds) },
  { name: 'Phrase one bar later', edit: { kind: 'shift-phrase', bars: 1 } },
  ...Object.entries(NUMBERS).map(([beats, number]) => ({
    name: `${number} to the bar from the playhead`,
    edit: { kind: 'metre' as const, beats: Number(beats), seconds },
  })),
  { name: 'Half the tempo', edit: { kind: 'halve' } },
  { name: 'Twice the tempo', edit: { kind: 'double' } },
  { name: 'All beats half a beat later', edit: { kind: 'half-beat', direction: 'later' } },
  { name: 'All beats half a beat earlier', edit: { kind: 'half-beat', direction: 'earlier' } },
  { name: 'All beats 10 ms later', edit: { kind: 'nudge', seconds: NUDGE_SECONDS } },
  { name: 'All beats 10 ms earlier', edit: { kind: 'nudge', seconds: -NUDGE_SECONDS } },
]

/** Repairs of the beat grid; labels follow by time. */
export const GridTools = (): ReactElement => {
  const tools = useDeskTools()
  const grid = useDesk(gridOf)
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.button} title="Or drag the bar numbers above the waveform">
        Beat grid ▾
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} className={styles.positioner}>
          <Menu.Popup className={styles.menu}>
            {edits(grid, 0).map(({ name }, at) => (
              <Menu.Item
                key={name}
                className={styles.item}
                onClick={() => editGrid(tools, edits(grid, position())[at]!.edit)}
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
