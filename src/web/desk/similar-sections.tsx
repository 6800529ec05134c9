import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { Span } from '../../core/labels/span.ts'
import { deskPath } from '../kit/desk-path.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { keyText, scoreText, tempoText } from '../kit/words/likeness-words.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { PlayPart } from '../player/play-part.tsx'
import { stopPreview } from '../player/preview.ts'
import { queryOf } from '../queries/query-of.ts'
import { useDesk } from './desk-context.ts'
import { selectedLabel } from './desk-store.ts'
import { PLAIN_GROUP } from './heard-tags.tsx'
import styles from './recording-notes.module.css'

const SHOWN = 12
const SHOWN_TAGS = 6

/** What a network hears in the section itself. */
const HeardHere = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data } = useQuery({
    ...queryOf('section', { params: { id } }),
    retry: false,
  })
  const tags = (data?.tags ?? []).filter(({ group, shown }) => shown && group !== PLAIN_GROUP).slice(0, SHOWN_TAGS)
  if (!data || tags.length === 0) return null
  return (
    <p className="quiet">
      Heard in it: {tags.map(({ tag, share }) => `${tag} ${percentText(share, 0)}`).join(', ')}
      {data.voice_share !== null && `; a voice in ${percentText(data.voice_share, 0)} of it`}
    </p>
  )
}

const Found = ({ trackId, span }: { readonly trackId: number; readonly span: Span }): ReactElement => {
  const id = `${trackId}-${Math.floor((span.startBeat + span.endBeat) / 2)}`
  useEffect(() => stopPreview, [])
  const { data, error } = useQuery({
    ...queryOf('similarSections', { params: { id }, query: { limit: SHOWN } }),
    retry: false,
  })
  if (error) return <ProblemNote error={error} />
  if (!data) return <p className="quiet">Listening…</p>
  if (data.length === 0) return <p className="quiet">No other track has sections yet.</p>
  return (
    <>
      <HeardHere id={id} />
      <ul>
        {data.map(({ section, score, tempo_difference_percent, key_relation }) => (
          <li key={section.id}>
            <PlayPart
              part={section.id}
              trackId={section.track.id}
              stretch={{ from: Math.max(0, section.start_seconds), to: section.end_seconds }}
              name={`${section.kind} of ${section.track.title}`}
            />{' '}
            <KindChip kind={section.kind} />{' '}
            <Link to={deskPath(section.track.id, section.start_beat)}>
              {section.track.title} at {timeText(Math.max(0, section.start_seconds))}
            </Link>{' '}
            <span className="quiet">
              {scoreText(score, 'sections')}, {tempoText(tempo_difference_percent)}
              {key_relation && `, ${keyText(key_relation)}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Sections of other tracks that sound like the one that is selected here, each a way there. */
export const SimilarSections = ({ trackId }: { readonly trackId: number }): ReactElement => {
  const [isOpen, setOpen] = useState(false)
  const ghost = useDesk(({ ghosts, selectedGhost }) => ghosts.find(({ id }) => id === selectedGhost))
  const label = useDesk(selectedLabel)
  const isSaved = useDesk(({ saving }) => saving === 'saved')
  const span = ghost ?? label
  return (
    <details className={styles.notes} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Similar sections of other tracks</summary>
      {isOpen && !span && <p className="quiet">Select a section to see what sounds like it.</p>}
      {isOpen && span && !isSaved && <p className="quiet">Not saved yet…</p>}
      {isOpen && span && isSaved && <Found trackId={trackId} span={span} />}
    </details>
  )
}
