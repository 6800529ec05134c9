import { type ReactElement, useRef } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { jobTitle } from '../kit/jobs/job-words.ts'
import { keepRunning, quit, useQuit } from '../queries/quit-state.ts'

/** Asks before a quit leaves off a job, and says which go on by themselves. */
export const QuitDialog = (): ReactElement | null => {
  const left = useQuit((state) => state.left)
  const stay = useRef<HTMLButtonElement>(null)
  if (left === null) return null
  return (
    <DialogFrame title="Quit Algiers?" isOpen onClose={keepRunning} focused={stay}>
      <p>Algiers is not done yet. What has been finished is kept.</p>
      <ul>
        {left.map(({ job, goes_on: goesOn }) => (
          <li key={job.id}>
            {jobTitle(job)}: {goesOn ? 'goes on the next time Algiers starts.' : 'stops, and has to be started again.'}
          </li>
        ))}
      </ul>
      <p>
        <Button ref={stay} onClick={keepRunning}>
          Keep running
        </Button>{' '}
        <Button look="danger" onClick={quit}>
          Quit
        </Button>
      </p>
    </DialogFrame>
  )
}
