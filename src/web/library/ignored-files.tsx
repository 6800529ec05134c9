import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './root-list.module.css'
import { readFilesAgain } from './track-files-state.ts'

/** More are read again all at once. */
const MOST_SHOWN = 100

/** Files that scans pass over, and the way back into the library; nothing while there are none. */
export const IgnoredFiles = (): ReactElement | null => {
  const { data: files, error } = useQuery(queryOf('listIgnoredFiles'))
  if (error) return <ProblemNote error={error} />
  if (!files || files.length === 0) return null
  return (
    <details className={styles.ignored}>
      <summary>{countText(files.length, 'ignored file')}</summary>
      <ul className={styles.roots} aria-label="Ignored files">
        {files.slice(0, MOST_SHOWN).map(({ id, title, path }) => (
          <li key={id} className={styles.root}>
            <span className={styles.path}>
              {title} <span className="quiet">{path}</span>
            </span>
            <Button aria-label={`Read again: ${title}`} onClick={() => readFilesAgain([id])}>
              Read again
            </Button>
          </li>
        ))}
      </ul>
      {files.length > 1 && (
        <Button onClick={() => readFilesAgain(files.map(({ id }) => id))}>Read all {files.length} again</Button>
      )}
    </details>
  )
}
