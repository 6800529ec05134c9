import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './app-shell.module.css'

/** Nothing tells that somebody deleted the library file, so the page asks. */
const ASK_EVERY_MS = 10_000

/** Says, above every screen, that the library can no longer be saved, or that a copy could not be opened. */
export const LibraryBanner = (): ReactElement | null => {
  const { data: warning } = useQuery({
    ...queryOf('health'),
    meta: TOLD_AS_NOTICE,
    // A refusal was told once already.
    refetchInterval: ({ state }) => (state.status === 'error' ? false : ASK_EVERY_MS),
    select: ({ library }) => library.warning,
  })
  return warning ? (
    <p role="alert" className={styles.banner}>
      {warning}
    </p>
  ) : null
}
