import { Menu } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import menu from '../kit/elements/menu.module.css'
import { ignoreSelected, relocateSelected, removeSelected } from './track-files-state.ts'

const ITEMS = [
  ['Relocate…', relocateSelected],
  ['Ignore these files', ignoreSelected],
  ['Remove from library', removeSelected],
] as const

/** What can be done with the files of the selected tracks. */
export const FilesMenu = (): ReactElement => (
  <Menu.Root>
    <Menu.Trigger render={<Button />}>
      Files <ChevronDown size={14} aria-hidden="true" />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={menu.positioner} align="start" sideOffset={4}>
        <Menu.Popup className={menu.popup}>
          {ITEMS.map(([name, run]) => (
            <Menu.Item key={name} className={menu.item} onClick={run}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
)
