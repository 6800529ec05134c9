import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../elements/button.tsx'
import { DialogFrame } from '../elements/dialog-frame.tsx'
import { KeyBadge } from '../elements/key-badge.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import styles from './similar-dialog.module.css'

const SHOWN = 15

const tempoText = (percent: number | null): string => {
  if (percent === null) return '–'
  const rounded = percent.toFixed(1)
  return rounded === '0.0' || rounded === '-0.0'
    ? 'same tempo'
    : `${percent > 0 ? '+' : '−'}${rounded.replace('-', '')} %`
}
const keyText = (isCompatible: boolean | null): string =>
  isCompatible === null ? '' : isCompatible ? 'mixes' : 'clashes'

type SimilarDialogProps = {
  readonly track: TrackRow
  readonly onClose: () => void
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

/** The tracks that sound most like one, the nearest first. */
export const SimilarDialog = ({ track, onClose, onOpen, onPlay }: SimilarDialogProps): ReactElement => {
  const { data, error } = useQuery({
    queryKey: [...keys.tracks, 'similar', track.id],
    queryFn: () => client.similarTracks({ params: { id: track.id }, query: { limit: SHOWN } }),
  })
  return (
    <DialogFrame title={`Sounds like ${track.title}`} size="wide" isOpen onClose={onClose}>
      {error && <ProblemNote error={error} />}
      {data?.length === 0 && <p className="quiet">No other track is analysed yet.</p>}
      {data && data.length > 0 && (
        <table className={styles.similar}>
          <thead>
            <tr>
              <th>Track</th>
              <th>Distance</th>
              <th>Tempo</th>
              <th>Key</th>
              <th>
                <span className="sr-only">Open</span>
              </th>
            </tr>
          </thead>
          <tbody className="figures">
            {data.map(({ track: other, distance, tempo_difference_percent, key_compatible }) => (
              <tr key={other.id}>
                <td>
                  <Button look="bare" aria-label={`Play ${other.title}`} onClick={() => onPlay(other)}>
                    <Play size={13} aria-hidden="true" />
                  </Button>
                  {other.title} <span className="quiet">{other.artist}</span>
                </td>
                <td title="0 is the same sound, about 1.4 is usual">{distance.toFixed(2)}</td>
                <td>{tempoText(tempo_difference_percent)}</td>
                <td>
                  <KeyBadge camelot={other.camelot} name={other.key} />{' '}
                  <span className="quiet">{keyText(key_compatible)}</span>
                </td>
                <td>
                  <Button onClick={() => onOpen(other)}>Open</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </DialogFrame>
  )
}
