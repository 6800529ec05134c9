import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Answer } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './bring-in.module.css'

type Imported = Answer<'listImports'>[number]

const undo = async (id: number): Promise<void> => {
  const undone = await client.undoImport({ params: { id } })
  const parts = [
    undone.labels_removed > 0 && `${countText(undone.labels_removed, 'accepted label')} removed`,
    undone.labels_kept > 0 && `${countText(undone.labels_kept, 'label')} that you have changed kept`,
    undone.notes_restored > 0 && `notes of ${countText(undone.notes_restored)} as before`,
    undone.grids_restored.length > 0 && `beat grids of ${countText(undone.grids_restored.length)} as before`,
    undone.playlists_removed > 0 && `${countText(undone.playlists_removed, 'playlist')} removed`,
    undone.playlists_restored > 0 && `${countText(undone.playlists_restored, 'playlist')} as before`,
    undone.playlists_kept > 0 && `${countText(undone.playlists_kept, 'playlist')} that you have changed kept`,
  ].filter((part) => part !== false)
  notify({ tone: 'plain', title: 'Import taken back', detail: parts.length > 0 ? `${parts.join(', ')}.` : '' })
}

const outcomeOf = ({ suggestions, open, accepted, rejected, playlists, waiting }: Imported): string =>
  [
    countText(suggestions, 'section suggested', 'sections suggested'),
    accepted > 0 && `${accepted} accepted`,
    rejected > 0 && `${rejected} rejected`,
    open > 0 && `${open} open`,
    playlists > 0 && countText(playlists, 'playlist'),
    waiting > 0 && `${countText(waiting)} waiting to be analysed`,
  ]
    .filter(Boolean)
    .join(', ')

/** What was brought in so far; each can be taken back as one, also after a restart. */
export const ImportsPanel = (): ReactElement | null => {
  const { data: imports = [] } = useQuery(queryOf('listImports'))
  const standing = imports.filter(({ undone_at }) => undone_at === null)
  if (standing.length === 0) return null
  return (
    <Panel title="What changed">
      <ul className={styles.tracks}>
        {standing.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.program}</strong>{' '}
              <span className="quiet">{new Date(one.imported_at).toLocaleString('en-GB')}</span>
            </span>
            <span>{outcomeOf(one)}</span>
            <ConfirmedButton
              answer="Take it back"
              question={`Take back everything that came from ${one.program}? Labels that you have changed since stay.`}
              onConfirm={() => void undo(one.id).catch(notifyProblem)}
            >
              Take it back
            </ConfirmedButton>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
