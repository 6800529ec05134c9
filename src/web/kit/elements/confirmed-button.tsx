import { type ComponentProps, type MouseEvent, type ReactElement, useState } from 'react'
import { takeFocus } from '../take-focus.ts'
import { Button } from './button.tsx'

type ConfirmedButtonProps = Omit<ComponentProps<typeof Button>, 'onClick' | 'ref'> & {
  /** The question that is asked first, where the answer alone does not say enough. */
  readonly question?: string
  /** The words on the button that does it. */
  readonly answer: string
  readonly onConfirm: () => void
}

/** A button for what cannot be taken back asks once more and gives the focus to the answer that changes nothing: neither a double click nor a held key does it. */
export const ConfirmedButton = ({ question, answer, onConfirm, ...first }: ConfirmedButtonProps): ReactElement => {
  const [state, setState] = useState<'quiet' | 'asking' | 'kept'>('quiet')
  if (state !== 'asking' || first.disabled)
    return <Button ref={state === 'kept' ? takeFocus : null} onClick={() => setState('asking')} {...first} />
  const confirm = ({ detail: clicks }: MouseEvent): void => {
    if (clicks > 1) return
    setState('quiet')
    onConfirm()
  }
  return (
    <>
      {question && <span>{question}</span>}
      <Button ref={takeFocus} onClick={() => setState('kept')}>
        Keep it
      </Button>
      <Button look="danger" onClick={confirm}>
        {answer}
      </Button>
    </>
  )
}
