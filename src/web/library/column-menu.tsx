import { Menu } from '@base-ui/react/menu'
import { Check, Columns3 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from '../kit/elements/button.tsx'
import menu from '../kit/elements/menu.module.css'
import { useIsCatalogue } from '../queries/use-health.ts'
import styles from './column-menu.module.css'
import { changeView, restoreColumns, useLibrary } from './library-state.ts'
import { OWN_COLUMNS } from './own-library.ts'
import { COLUMNS, HEADINGS, toggleColumn } from './table-columns.ts'

type ChoiceProps = {
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
  readonly children: ReactNode
}

const Choice = ({ isChosen, onChoose, children }: ChoiceProps): ReactElement => (
  <Menu.CheckboxItem className={menu.item} checked={isChosen} onCheckedChange={onChoose}>
    <span className={menu.tick}>
      <Menu.CheckboxItemIndicator>
        <Check size={14} aria-hidden="true" />
      </Menu.CheckboxItemIndicator>
    </span>
    {children}
  </Menu.CheckboxItem>
)

/** Which columns the table has, and how close its rows stand. */
export const ColumnMenu = (): ReactElement => {
  const columns = useLibrary((state) => state.columns)
  const isShared = useIsCatalogue() === true
  const density = useLibrary((state) => state.density)
  return (
    <Menu.Root>
      <Menu.Trigger render={<Button look="bare" />}>
        <Columns3 size={15} aria-hidden="true" /> Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className={`${menu.popup} ${styles.popup}`}>
            {COLUMNS.filter((column) => column !== 'title' && !(isShared && OWN_COLUMNS.has(column))).map((column) => (
              <Choice
                key={column}
                isChosen={columns.includes(column)}
                onChoose={() => changeView({ columns: toggleColumn(columns, column) })}
              >
                {HEADINGS[column].name}
              </Choice>
            ))}
            <Menu.Separator className={`${menu.line} ${styles.wide}`} />
            <Choice
              isChosen={density === 'compact'}
              onChoose={(isCompact) => changeView({ density: isCompact ? 'compact' : 'roomy' })}
            >
              Compact rows
            </Choice>
            <Menu.Item className={menu.item} onClick={restoreColumns}>
              <span className={menu.tick} />
              Usual columns and widths
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
