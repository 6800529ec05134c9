import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { JobProgress } from '../kit/jobs/job-progress.tsx'
import type { JobDocument } from '../kit/jobs/job-words.ts'
import { jobTitle } from '../kit/jobs/job-words.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { scanAgain } from '../queries/job-requests.ts'
import type { RootDocument } from '../queries/use-roots.ts'
import { openFolders } from './folders-state.ts'
import styles from './library-screen.module.css'
import { changeFilters } from './library-state.ts'
import { NO_FILTERS } from './list-filters.ts'

type EmptyLibraryProps = {
  readonly roots: readonly RootDocument[]
  /** Those under way. */
  readonly jobs: readonly JobDocument[]
  /** Tracks that are kept without a file. */
  readonly missing: number
}

/** Makes what is missing of it; what was made already stays. */
const goOnWithDemo = (): void => {
  client.makeDemo({ body: { labelled: true } }).catch(notifyProblem)
}

/** There are folders but no tracks: why, and what to do next. */
export const EmptyLibrary = ({ roots, jobs, missing }: EmptyLibraryProps): ReactElement => {
  const offline = roots.filter(({ offline_since }) => offline_since !== null)
  const [running] = jobs
  if (running)
    return (
      <div className={styles.nothing}>
        <h2>{jobTitle(running)}</h2>
        <div className={styles.running}>
          <JobProgress job={running} />
        </div>
        <p className="quiet">Tracks appear here as soon as they are found.</p>
      </div>
    )
  if (roots.length === 0)
    return (
      <div className={styles.nothing}>
        <p>
          Your folders are no longer in the library. {countText(missing)} with your work {missing === 1 ? 'is' : 'are'}{' '}
          kept under Missing and {missing === 1 ? 'comes' : 'come'} back with{' '}
          {missing === 1 ? 'its folder' : 'their folders'}.
        </p>
        <span className={styles.selection}>
          <Button look="main" onClick={() => openFolders()}>
            Add a folder
          </Button>
          <Button onClick={() => changeFilters({ ...NO_FILTERS, status: 'missing' })}>Show missing tracks</Button>
        </span>
      </div>
    )
  if (roots.every(({ is_demo }) => is_demo))
    return (
      <div className={styles.nothing}>
        <p>The demo library is not finished. You can continue it, or remove it under Folders.</p>
        <span className={styles.selection}>
          <Button look="main" onClick={goOnWithDemo}>
            Continue the demo
          </Button>
          <Button onClick={() => openFolders()}>Add your music</Button>
        </span>
      </div>
    )
  if (offline.length === roots.length)
    return (
      <div className={styles.nothing}>
        <p>{offline.map(({ path }) => path).join(', ')} cannot be reached. Connect the drive, then scan again.</p>
        <Button look="main" onClick={() => void scanAgain()}>
          Scan again
        </Button>
      </div>
    )
  return (
    <div className={styles.nothing}>
      <p>
        No audio files were found in {roots.map(({ path }) => path).join(', ')}. Add the folder that your tracks are in,
        or scan again after copying some there.
      </p>
      <span className={styles.selection}>
        <Button look="main" onClick={() => openFolders()}>
          Add a folder
        </Button>
        <Button onClick={() => void scanAgain()}>Scan again</Button>
      </span>
    </div>
  )
}
