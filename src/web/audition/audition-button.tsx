import { Headphones } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { type KeptTrims, TransitionPanel } from './transition-panel.tsx'

type NamedTrack = { readonly id: number; readonly title: string }

type AuditionButtonProps = {
  readonly from: NamedTrack
  readonly to: NamedTrack
  readonly trims?: KeptTrims
}

/** Opens the audition of two tracks. */
export const AuditionButton = ({ from, to, trims }: AuditionButtonProps): ReactElement => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        look="bare"
        aria-label={`Listen to ${from.title} going into ${to.title}`}
        title="Listen, and move the bars"
        onClick={() => setIsOpen(true)}
      >
        <Headphones size={15} aria-hidden="true" />
      </Button>
      {isOpen && (
        <DialogFrame title={`${from.title} into ${to.title}`} size="wide" isOpen onClose={() => setIsOpen(false)}>
          <TransitionPanel from={from.id} to={to.id} {...(trims ? { trims } : {})} />
        </DialogFrame>
      )}
    </>
  )
}
