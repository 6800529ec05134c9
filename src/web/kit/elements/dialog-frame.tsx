import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode, RefObject } from 'react'
import { Button } from './button.tsx'
import styles from './dialog.module.css'

type DialogFrameProps = {
  readonly title: string
  /** @default 'usual' */
  readonly size?: 'usual' | 'wide'
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Has the focus at first. @default the close button */
  readonly focused?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** A dialog over the screen: keeps the focus, closes with Escape, and gives the focus back. */
export const DialogFrame = ({
  title,
  size = 'usual',
  isOpen,
  onClose,
  focused,
  children,
}: DialogFrameProps): ReactElement => (
  <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className={styles.backdrop} />
      <Dialog.Popup className={styles.popup} data-size={size} {...(focused ? { initialFocus: focused } : {})}>
        <div className={styles.header}>
          <Dialog.Title>{title}</Dialog.Title>
          <Dialog.Close render={<Button look="bare" aria-label="Close" />}>
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </div>
        <div className={styles.content}>{children}</div>
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)
