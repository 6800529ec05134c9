import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import { isMergedLibrary, WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { ProgramChoiceFields } from './program-choice-fields.tsx'
import { downloadQuery, FIRST_CHOICES, type ProgramChoices } from './program-choices.ts'
import styles from './program-export.module.css'
import { ProgramWriting } from './program-writing.tsx'
import { TagsRestoring } from './tags-restoring.tsx'

const Steps = ({ format }: Pick<ProgramChoices, 'format'>): ReactElement => {
  const { steps, traps } = WRITTEN_LIBRARIES[format]
  return (
    <>
      <h3>Then</h3>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {traps.map((trap) => (
        <p key={trap} className="quiet">
          {trap}
        </p>
      ))}
    </>
  )
}

/** Sections as cues for another DJ program, and what to click there. */
export const ProgramExport = (): ReactElement => {
  const [isOpen, setIsOpen] = useState(false)
  const [choices, setChoices] = useState(FIRST_CHOICES)
  const change = (part: Partial<ProgramChoices>): void => setChoices((before) => ({ ...before, ...part }))
  const { format, isMerged } = choices
  const query = downloadQuery(choices)
  return (
    <>
      <Button look="bare" onClick={() => setIsOpen(true)}>
        For your DJ program…
      </Button>
      <DialogFrame title="Sections for your DJ program" size="wide" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <p>
          Your labels become cues; a track without labels gets the sections that your model finds. All analysed tracks
          are written.
        </p>
        <ProgramChoiceFields choices={choices} change={change} />
        {isMergedLibrary(format) && (
          <label className={styles.mode}>
            Write
            <select
              value={isMerged ? 'merged' : 'new'}
              onChange={({ target }) => change({ isMerged: target.value === 'merged' })}
            >
              <option value="new">a new file</option>
              <option value="merged">a copy of a file that your program exported, with these cues in it</option>
            </select>
          </label>
        )}
        {query === null ? (
          <ProgramWriting choices={choices} change={change} />
        ) : (
          <a href={addressOf('downloadForProgram', { query })} download>
            Save the file
          </a>
        )}
        <Steps format={format} />
        {format === 'serato' && <TagsRestoring />}
      </DialogFrame>
    </>
  )
}
