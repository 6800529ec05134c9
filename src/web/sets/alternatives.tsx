import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { addPlace, replacePlace } from '../../core/setlist/set-edits.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { notify } from '../kit/notices.tsx'
import { useArrival } from '../kit/use-arrival.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './alternatives.module.css'
import { changePlaces } from './set-changes.ts'
import type { ShownSet } from './set-state.ts'
import { TrackField } from './track-field.tsx'

const SHOWN = 6

type AlternativesProps = {
  readonly set: ShownSet
  /** From 0; one after the last is a new place at the end. */
  readonly place: number
  /** Whether the track comes before the place instead of taking it. */
  readonly between: boolean
  readonly onDone: () => void
}

/** What else fits at a place, or between it and the one before, and any other track by its title. */
export const Alternatives = ({ set, place, between, onDone }: AlternativesProps): ReactElement => {
  const { data, error } = useQuery(
    queryOf('setAlternatives', {
      params: { id: set.id, place: place + 1 },
      query: { between: between ? 'true' : 'false', limit: SHOWN },
    }),
  )
  const arrival = useArrival<HTMLElement>()
  const choose = async (trackId: number): Promise<void> => {
    if (set.places.some(({ track_id }) => track_id === trackId))
      notify({ tone: 'plain', title: 'Nothing added: it is in this set already' })
    await changePlaces(set, place, (places, at) => (between ? addPlace : replacePlace)(places, at, trackId))
    onDone()
  }
  const here = set.places[place]
  const name = between
    ? here === undefined
      ? 'What fits at the end'
      : `What fits between ${set.places[place - 1]?.title ?? 'the beginning'} and ${here.title}`
    : `What fits instead of ${here!.title}`
  return (
    <section ref={arrival} className={styles.panel} aria-label={name} tabIndex={-1}>
      <header>
        <strong>{name}</strong>
        <Button look="bare" onClick={onDone}>
          Close
        </Button>
      </header>
      {error && <ProblemNote error={error} />}
      {data === undefined && !error && <p className="quiet">Looking…</p>}
      {data?.length === 0 && <p className="quiet">No other track fits here within the limits of this set.</p>}
      <ul>
        {data?.map(({ track, score, energy }) => (
          <li key={track.id}>
            <span className={styles.title}>
              {track.title} <span className="quiet">{track.artist}</span>
            </span>
            <span className="figures">{track.tempo_bpm !== null && <Tempo bpm={track.tempo_bpm} />}</span>
            <KeyBadge camelot={track.camelot} name={track.key} />
            <span className="quiet figures" title="Energy, from the calmest to the most energetic to choose from">
              {percentText(energy, 0)}
            </span>
            <span className="figures" title="How well it fits, of 1">
              {score.toFixed(2)}
            </span>
            <Button onClick={() => void choose(track.id)} aria-label={`${between ? 'Add' : 'Take'} ${track.title}`}>
              <Plus size={14} aria-hidden="true" /> {between ? 'Add' : 'Take'}
            </Button>
          </li>
        ))}
      </ul>
      <TrackField
        name="Another track"
        placeholder="a part of its title"
        track={null}
        onChoose={(track) => track && void choose(track.id)}
      />
    </section>
  )
}
