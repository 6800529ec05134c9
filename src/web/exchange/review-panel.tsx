import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './bring-in.module.css'

const MOST_TRACKS = 100

const takeBack = async (acceptance: number): Promise<void> => {
  const { labels_removed: removed, labels_kept: kept } = await client.takeBackAcceptance({ params: { id: acceptance } })
  notify({
    tone: 'plain',
    title: `${countText(removed, 'label')} taken back`,
    ...(kept > 0 ? { detail: `${countText(kept, 'label')} that you have changed since stay.` } : {}),
  })
}

const accept = async (id: number, body: { kind?: SectionKind; track_id?: number } = {}): Promise<void> => {
  const { acceptance, labels, track_ids: tracks } = await client.acceptImport({ params: { id }, body })
  notify({
    tone: 'plain',
    title: `${countText(labels, 'section')} accepted on ${countText(tracks.length)}`,
    ...(labels > 0 ? { action: { name: 'Undo', run: () => void takeBack(acceptance).catch(notifyProblem) } } : {}),
  })
}

/** What an import suggests: accepted all at once, by kind, by track, or one by one on the desk. */
export const ReviewPanel = ({ importId }: { readonly importId: number }): ReactElement | null => {
  const { data: details } = useQuery(queryOf('importDetails', { params: { id: importId } }))
  const { data: tracks = [] } = useQuery(queryOf('importTracks', { params: { id: importId } }))
  if (!details || details.undone_at !== null) return null
  const run = (body: Parameters<typeof accept>[1]): void => void accept(importId, body).catch(notifyProblem)
  const { waiting } = details
  const open = tracks.reduce((sum, { suggestions }) => sum + suggestions, 0)
  return (
    <Panel title={`Review: ${details.program}`} aside={`${open.toLocaleString('en-GB')} to decide`}>
      {waiting > 0 && (
        <p>{countText(waiting)} not analysed yet: what it suggests for them appears here as soon as they are.</p>
      )}
      {open === 0 ? (
        (details.accepted > 0 || waiting === 0) && (
          <p>
            {details.accepted > 0
              ? `${countText(details.accepted, 'section')} accepted, and nothing left to decide.`
              : 'It suggests nothing that is not decided already.'}{' '}
            {details.accepted > 0 && <Link to="/training">Train your model with them</Link>}
          </p>
        )
      ) : (
        <>
          <p className={styles.line}>
            <Button look="main" onClick={() => run({})}>
              Accept all {open.toLocaleString('en-GB')}
            </Button>
            <span className="quiet">Only accepted sections count and train your model.</span>
          </p>
          <ul className={styles.kinds} aria-label="By kind">
            {details.kinds.map(({ kind, suggestions, tracks: on }) => (
              <li key={kind}>
                <KindChip kind={kind} />
                <span className="quiet figures">
                  {suggestions} on {countText(on)}
                </span>
                <Button aria-label={`Accept every ${kind}`} onClick={() => run({ kind })}>
                  Accept
                </Button>
              </li>
            ))}
          </ul>
          <details>
            <summary>By track</summary>
            <ul className={styles.tracks} aria-label="By track">
              {tracks.slice(0, MOST_TRACKS).map(({ track_id: trackId, title, artist, suggestions }) => (
                <li key={trackId}>
                  <Link to={deskPath(trackId)}>{title}</Link>
                  <span className="quiet">{artist}</span>
                  <Button
                    aria-label={`Accept ${countText(suggestions, 'section')} of ${title}`}
                    onClick={() => run({ track_id: trackId })}
                  >
                    Accept {suggestions}
                  </Button>
                </li>
              ))}
            </ul>
            {tracks.length > MOST_TRACKS && (
              <p className="quiet">and {countText(tracks.length - MOST_TRACKS, 'more track')}</p>
            )}
          </details>
        </>
      )}
    </Panel>
  )
}
