import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { programExportResult } from '../../api/operations/program-export-result.ts'
import { movedWords } from '../../core/interop/libraries/moved-words.ts'
import { OGG_ENDING, OGG_IS_NEW } from '../../core/interop/libraries/written-library-traits.ts'
import { countText } from '../../core/units/count-text.ts'
import styles from './program-export.module.css'

export type ProgramExportResult = z.output<typeof programExportResult>

type Change = NonNullable<ProgramExportResult['changes']>['changes'][number]

const MOST_TRACKS = 200
const padName = (pad: number | null): string => (pad === null ? '' : `${String.fromCharCode(65 + pad)} `)

const ChangeLine = ({ change }: { readonly change: Change }): ReactElement => {
  const { title, added, removed, left_out: leftOut, moved_seconds: movedSeconds } = change
  const moved = movedWords(movedSeconds)
  return (
    <li>
      {title}{' '}
      <span className="figures">
        {removed > 0 && `−${removed} `}+{added.length}
      </span>{' '}
      <span className="quiet">
        {added.map(({ name, pad }) => `${padName(pad)}${name}`).join(', ')}
        {leftOut > 0 && ` (${leftOut} there already, or without a free pad)`}
        {moved !== null && `; ${moved}`}
      </span>
    </li>
  )
}

const REASONS: Readonly<Record<ProgramExportResult['skipped'][number]['reason'], string>> = {
  missing: 'whose file is missing',
  'not analysed': 'not analysed yet',
  'no sections': 'without sections',
  'name not writable': 'whose file or folder has a name that this format cannot hold: rename it first',
  'tags not writable': 'whose tags cannot be changed',
  'file changed': 'whose file has another sound now: scan it first',
}

/** What would be written or has been, with the cues of each track. */
export const ProgramExportReport = ({ report }: { readonly report: ProgramExportResult }): ReactElement => {
  const { dry_run: isDryRun, tracks, cues, loops, playlists, left_out: leftOut, skipped, changes, files } = report
  const reasons = Map.groupBy(skipped, ({ reason, detail }) =>
    reason === 'tags not writable' && detail !== null
      ? `whose tags cannot be changed. ${detail}`
      : `${REASONS[reason]}.`,
  )
  return (
    <div className={styles.report} role="status">
      <p>
        <strong>
          {countText(cues, 'cue')}
          {loops > 0 && `, ${countText(loops, 'loop')}`} on {countText(tracks)}
        </strong>{' '}
        {isDryRun ? 'would be written' : 'written'}
        {playlists > 0 && `, with ${countText(playlists, 'playlist')}`}.
        {changes !== null && ` Cues there: ${changes.cues_before} before, ${changes.cues_after} after.`}
      </p>
      {leftOut > 0 && (
        <p className="quiet">
          {countText(leftOut, 'cue')} left out: {changes === null ? 'without' : 'there already, or without'} a free
          place.
        </p>
      )}
      {[...reasons].map(([reason, all]) => (
        <p key={reason} className="quiet">
          Left out: {countText(all.length)} {reason}
        </p>
      ))}
      {changes !== null && changes.changes.length > 0 && (
        <details>
          <summary>Track by track</summary>
          <ul className={styles.changes}>
            {changes.changes.slice(0, MOST_TRACKS).map((change, at) => (
              <ChangeLine key={at} change={change} />
            ))}
          </ul>
          {changes.changes.length > MOST_TRACKS && (
            <p className="quiet">and {countText(changes.changes.length - MOST_TRACKS, 'more track')}</p>
          )}
        </details>
      )}
      {files.some((path) => OGG_ENDING.test(path)) && <p className="quiet">{OGG_IS_NEW}</p>}
      {!isDryRun && files.length > 0 && (
        <p className={styles.place}>
          {files.length === 1 ? files[0] : `${files.length} files in ${folderOf(files[0]!)}`}
        </p>
      )}
    </div>
  )
}

const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '')
