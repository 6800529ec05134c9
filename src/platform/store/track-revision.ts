import type { DatabaseSync } from 'node:sqlite'
import { labelsRevisionText } from '../../core/labels/labels-revision.ts'
import { decisionsRevisionText } from '../../core/suggestions/decisions-revision.ts'
import { prepared } from './database.ts'
import { readDecisions } from './decision-rows.ts'
import { digestOf } from './digest.ts'
import { readLabels } from './label-rows.ts'

/** Enough digits of a digest to tell the states of one track apart. */
const REVISION_DIGITS = 16

const gridDigestOf = (database: DatabaseSync, trackId: number): string | null => {
  const sql = 'SELECT digest FROM grids WHERE track_id = ? ORDER BY version DESC LIMIT 1'
  return (prepared(database, sql).get(trackId) as { digest: string } | undefined)?.digest ?? null
}

/** Changes with any label of the track, and with its grid. */
export const labelsRevision = (database: DatabaseSync, trackId: number): string =>
  digestOf(labelsRevisionText(gridDigestOf(database, trackId), readLabels(database, { trackId }))).slice(
    0,
    REVISION_DIGITS,
  )

/** Changes with any label or decision of the track, and with its grid. */
export const decisionsRevision = (database: DatabaseSync, trackId: number): string =>
  digestOf(decisionsRevisionText(labelsRevision(database, trackId), readDecisions(database, trackId))).slice(
    0,
    REVISION_DIGITS,
  )
