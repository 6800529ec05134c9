import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { JobProgress } from '../kit/jobs/job-progress.tsx'
import { isLive } from '../kit/jobs/job-words.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { FolderPicker } from '../library/folder-picker.tsx'
import { queryOf } from '../queries/query-of.ts'
import { PathField } from './path-field.tsx'
import { exportBody, type ProgramChoices, targetOf } from './program-choices.ts'
import styles from './program-export.module.css'
import { ProgramExportReport, type ProgramExportResult } from './program-export-report.tsx'

type Asked = { readonly jobId: string; readonly choices: ProgramChoices; readonly isDryRun: boolean }

/** Walks to the folder that takes the copies. */
const CopiesFolder = ({ onChoose }: { readonly onChoose: (folder: string) => void }): ReactElement => {
  const [place, setPlace] = useState<string | null>(null)
  const { data: listing } = useQuery({
    ...queryOf('listFolders', { query: place === null ? {} : { path: place } }),
    staleTime: 0,
    placeholderData: (before) => before,
  })
  const go = (to: string): void => {
    setPlace(to)
    onChoose(`${to.replace(/[\\/]$/, '')}/Algiers for Serato`)
  }
  return (
    <details>
      <summary>Choose where</summary>
      <FolderPicker listing={listing} onGo={go} />
    </details>
  )
}

type WritingProps = {
  readonly choices: ProgramChoices
  readonly change: (part: Partial<ProgramChoices>) => void
}

/** Writes on the machine of Algiers: shown first, cue by cue, then done. */
export const ProgramWriting = ({ choices, change }: WritingProps): ReactElement => {
  const [asked, setAsked] = useState<Asked | null>(null)
  const { data } = useQuery({ ...queryOf('job', { params: { job_id: asked?.jobId ?? '' } }), enabled: asked !== null })
  const job = data?.job_id === asked?.jobId ? data : undefined
  const isBusy = asked !== null && (job === undefined || isLive(job))
  // What was shown for other choices says nothing of these.
  const isOfThese = asked?.choices === choices
  const report = job?.kind === 'export' && job.status === 'completed' ? (job.result as ProgramExportResult) : null
  const isComplete = targetOf(choices) !== '' && (!choices.isMerged || choices.into.trim() !== '')
  const ask = (isDryRun: boolean): void => {
    client.exportToProgram({ body: exportBody(choices, isDryRun) }).then(({ job_id: jobId }) => {
      setAsked({ jobId, choices, isDryRun })
    }, notifyProblem)
  }
  const canWrite = report !== null && isOfThese && asked.isDryRun
  return (
    <div className={styles.writing}>
      {choices.isMerged && (
        <PathField
          name="File that your program exported"
          value={choices.into}
          placeholder="Paste its path: /Users/me/rekordbox.xml"
          onChange={(into) => change({ into })}
        />
      )}
      <PathField
        name={choices.isMerged ? 'The new file' : 'Folder for the copies'}
        value={choices.output}
        placeholder={targetOf(choices) || '/Volumes/USB/Algiers for Serato'}
        onChange={(output) => change({ output })}
      />
      {!choices.isMerged && <CopiesFolder onChoose={(output) => change({ output })} />}
      <label className={styles.mode}>
        Cues that are there already
        <select
          value={choices.mode}
          onChange={({ target }) => change({ mode: target.value === 'replace' ? 'replace' : 'extend' })}
        >
          <option value="extend">stay; only free pads are used</option>
          <option value="replace">give way on the tracks that are written</option>
        </select>
      </label>
      <p className={styles.buttons}>
        <Button look={canWrite ? 'plain' : 'main'} disabled={!isComplete || isBusy} onClick={() => ask(true)}>
          Show what would change
        </Button>
        <Button look={canWrite ? 'main' : 'plain'} disabled={!canWrite || isBusy} onClick={() => ask(false)}>
          Write it
        </Button>
      </p>
      {isBusy && job !== undefined && <JobProgress job={job} />}
      {job?.status === 'failed' && job.error !== null && isOfThese && (
        <p role="alert" className={styles.problem}>
          <strong>{job.error.title}.</strong> {job.error.detail} {job.error.hint}
        </p>
      )}
      {report !== null && isOfThese && <ProgramExportReport report={report} />}
    </div>
  )
}
