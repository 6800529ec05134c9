import { type ReactElement, useRef } from 'react'
import type { z } from 'zod'
import type { activationPreview } from '../../api/operations/models.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import styles from './models-panel.module.css'

export type ActivationPreview = z.output<typeof activationPreview>

type ActivationDialogProps = {
  readonly preview: ActivationPreview
  readonly onClose: () => void
  readonly onActivate: (version: number) => void
}

/** Says before an activation what does better and what will go, and leaves the choice. */
export const ActivationDialog = ({ preview, onClose, onActivate }: ActivationDialogProps): ReactElement => {
  const keep = useRef<HTMLButtonElement>(null)
  const { version, warnings, reads_now: now, better } = preview
  const best = better.find((rival) => rival.version !== null && rival.version !== now)?.version ?? null
  return (
    <DialogFrame title={`Activate v${version}?`} isOpen onClose={onClose} focused={keep}>
      <ul className={styles.warnings}>
        {warnings.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button ref={keep} look="main" onClick={onClose}>
          {now === null ? 'Keep things as they are' : `Stay with v${now}`}
        </Button>
        {best !== null && <Button onClick={() => onActivate(best)}>Activate v{best} instead</Button>}
        <Button onClick={() => onActivate(version)}>Activate v{version} anyway</Button>
      </div>
    </DialogFrame>
  )
}
