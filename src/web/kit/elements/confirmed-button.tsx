import { type ComponentProps, type MouseEvent, type ReactElement, useState } from 'react'
import { Button } from './button.tsx'

type ConfirmedButtonProps = Omit<ComponentProps<typeof Button>, 'onClick' | 'ref'> & {
  /** What is asked before it is done, where the answer alone does not say enough. */
  readonly question?: string
  /** The words that do it. */
  readonly answer: string
  readonly onConfirm: () => void
}

const focus = (button: HTMLButtonElement | null): void => button?.focus()

/** For what cannot be taken back: asked once more, and the answer that changes nothing has the focus. No double click and no held key does it. */
export const ConfirmedButton = ({ question, answer, onConfirm, ...first }: ConfirmedButtonProps): ReactElement => {
  const [state, setState] = useState<'quiet' | 'asking' | 'kept'>('quiet')
  if (state !== 'asking' || first.disabled)
    return <Button ref={state === 'kept' ? focus : null} onClick={() => setState('asking')} {...first} />
  const confirm = ({ detail: clicks }: MouseEvent): void => {
    if (clicks > 1) return
    setState('quiet')
    onConfirm()
  }
  return (
    <>
      {question && <span>{question}</span>}
      <Button ref={focus} onClick={() => setState('kept')}>
        Keep it
      </Button>
      <Button look="danger" onClick={confirm}>
        {answer}
      </Button>
    </>
  )
}
