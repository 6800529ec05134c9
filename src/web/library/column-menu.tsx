import { Menu } from '@base-ui/react/menu'
import { Check, Columns3 } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import menu from '../kit/elements/menu.module.css'
import { COLUMNS, changeView, useLibrary } from './library-state.ts'
import { HEADINGS } from './table-columns.ts'

/** Which columns the table has. */
export const ColumnMenu = (): ReactElement => {
  const hidden = useLibrary((state) => state.hidden)
  return (
    <Menu.Root>
      <Menu.Trigger render={<Button look="bare" />}>
        <Columns3 size={15} aria-hidden="true" /> Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {COLUMNS.map((column) => (
              <Menu.CheckboxItem
                key={column}
                className={menu.item}
                checked={!hidden.includes(column)}
                onCheckedChange={(isShown) =>
                  changeView({ hidden: isShown ? hidden.filter((other) => other !== column) : [...hidden, column] })
                }
              >
                <span className={menu.tick}>
                  <Menu.CheckboxItemIndicator>
                    <Check size={14} aria-hidden="true" />
                  </Menu.CheckboxItemIndicator>
                </span>
                {HEADINGS[column].name}
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
