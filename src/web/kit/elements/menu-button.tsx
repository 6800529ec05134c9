import { Menu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import menu from './menu.module.css'

export const MenuItem = ({ name, run }: { readonly name: string; readonly run: () => void }): ReactElement => (
  <Menu.Item className={menu.item} onClick={run}>
    {name}
  </Menu.Item>
)

type MenuButtonProps = {
  readonly button: ReactElement
  /** What stands on the button. */
  readonly face: ReactNode
  /** The items. */
  readonly children: ReactNode
}

/** A button that opens a menu below it. */
export const MenuButton = ({ button, face, children }: MenuButtonProps): ReactElement => (
  <Menu.Root>
    <Menu.Trigger render={button}>{face}</Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner className={menu.positioner} align="start" sideOffset={4}>
        <Menu.Popup className={menu.popup}>{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
)
