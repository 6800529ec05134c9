import { Menu } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { gridEdit } from '../../api/contract/tracks.ts'
import buttonStyles from '../kit/elements/button.module.css'
import { position } from '../player/player.ts'
import { useDeskTools } from './desk-context.ts'
import styles from './grid-tools.module.css'

type GridEdit = z.input<typeof gridEdit>

const NUDGE_SECONDS = 0.01
const EDITS: readonly { readonly name: string; readonly edit: () => GridEdit }[] = [
  { name: 'First beat of the bar one beat later', edit: () => ({ kind: 'shift', beats: 1 }) },
  { name: 'First beat of the bar one beat earlier', edit: () => ({ kind: 'shift', beats: -1 }) },
  { name: 'Phrase one bar later', edit: () => ({ kind: 'shift-phrase', bars: 1 }) },
  { name: 'Half the tempo', edit: () => ({ kind: 'halve' }) },
  { name: 'Twice the tempo', edit: () => ({ kind: 'double' }) },
  { name: 'All beats 10 ms later', edit: () => ({ kind: 'nudge', seconds: NUDGE_SECONDS }) },
  { name: 'All beats 10 ms earlier', edit: () => ({ kind: 'nudge', seconds: -NUDGE_SECONDS }) },
  { name: 'A beat is at the playhead', edit: () => ({ kind: 're-anchor', seconds: position(), as: 'beat' }) },
  { name: 'A bar begins at the playhead', edit: () => ({ kind: 're-anchor', seconds: position(), as: 'downbeat' }) },
]

/** Repairs of the beat grid; labels follow by time. */
export const GridTools = (): ReactElement => {
  const { editGrid } = useDeskTools()
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.button}>Beat grid ▾</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} className={styles.positioner}>
          <Menu.Popup className={styles.menu}>
            {EDITS.map(({ name, edit }) => (
              <Menu.Item key={name} className={styles.item} onClick={() => editGrid(edit())}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
