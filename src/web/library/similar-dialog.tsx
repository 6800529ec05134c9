import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { energyText, keyText, scoreText, tempoText } from '../kit/words/likeness-words.ts'
import { timeText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { MIX_PERCENT } from './list-mixable.ts'
import styles from './similar-dialog.module.css'

const SHOWN = 15
const SHOWN_TAGS = 3

type Similar = Awaited<ReturnType<typeof client.similarTracks>>[number]

type SimilarDialogProps = {
  readonly track: TrackRow
  readonly onClose: () => void
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

/** Why two tracks are near: what both have, and which of their seconds are most alike. */
const Reasons = ({
  similar: { shared_tags: tags, moments, distance },
}: {
  readonly similar: Similar
}): ReactElement => (
  <td className="quiet" title={`Distance ${distance.toFixed(2)}: 0 is the same sound, about 1.4 is usual`}>
    {tags.slice(0, SHOWN_TAGS).join(', ')}
    {moments?.[0] && (
      <>
        {tags.length > 0 && '; '}
        {timeText(moments[0].other_start_seconds)} sounds like {timeText(moments[0].start_seconds)} here
      </>
    )}
  </td>
)

/** The tracks that sound most like one, nearest first, each with the reasons. */
export const SimilarDialog = ({ track, onClose, onOpen, onPlay }: SimilarDialogProps): ReactElement => {
  const [onlyMixing, setOnlyMixing] = useState(false)
  const filter = onlyMixing ? { tempo_within: MIX_PERCENT, compatible_keys: 'true' as const } : {}
  const { data, error } = useQuery(
    queryOf('similarTracks', { params: { id: track.id }, query: { limit: SHOWN, moments: 'true', ...filter } }),
  )
  return (
    <DialogFrame title={`Sounds like ${track.title}`} size="wide" isOpen onClose={onClose}>
      <label>
        <input type="checkbox" checked={onlyMixing} onChange={({ target }) => setOnlyMixing(target.checked)} /> only
        what mixes: tempo within {MIX_PERCENT} %, a neighbouring key on the wheel
      </label>
      {error && <ProblemNote error={error} />}
      {data?.length === 0 && (
        <p className="quiet">{onlyMixing ? 'Nothing mixes with it.' : 'No other track is analysed yet.'}</p>
      )}
      {data && data.length > 0 && (
        <table className={styles.similar}>
          <thead>
            <tr>
              <th>Track</th>
              <th>Sound</th>
              <th>Tempo</th>
              <th>Key</th>
              <th>Energy</th>
              <th>Both have</th>
              <th>
                <span className="sr-only">Open</span>
              </th>
            </tr>
          </thead>
          <tbody className="figures">
            {data.map((similar) => (
              <tr key={similar.track.id}>
                <td>
                  <Button look="bare" aria-label={`Play ${similar.track.title}`} onClick={() => onPlay(similar.track)}>
                    <Play size={13} aria-hidden="true" />
                  </Button>
                  {similar.track.title} <span className="quiet">{similar.track.artist}</span>
                </td>
                <td>{scoreText(similar.score)}</td>
                <td>{tempoText(similar.tempo_difference_percent)}</td>
                <td>
                  <KeyBadge camelot={similar.track.camelot} name={similar.track.key} />{' '}
                  <span className="quiet">{keyText(similar.key_relation)}</span>
                </td>
                <td>{energyText(similar.energy_difference)}</td>
                <Reasons similar={similar} />
                <td>
                  <Button aria-label={`Open ${similar.track.title}`} onClick={() => onOpen(similar.track)}>
                    Open
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </DialogFrame>
  )
}
