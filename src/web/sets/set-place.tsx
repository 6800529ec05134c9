import { ArrowDown, ArrowUp, Lock, LockOpen, Plus, Replace, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { MixStyle } from '../../core/setlist/mix-styles.ts'
import { chooseStyle, movePlace, removePlace, setTrim, toggleLock } from '../../core/setlist/set-edits.ts'
import { AuditionButton } from '../audition/audition-button.tsx'
import { TrimField } from '../audition/trim-field.tsx'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { timeText } from '../kit/words/time-text.ts'
import { TrackStrip } from '../waveform/track-strip.tsx'
import { Alternatives } from './alternatives.tsx'
import styles from './planned-set.module.css'
import { changePlaces } from './set-changes.ts'
import type { ShownSet } from './set-state.ts'

type SetPlaceProps = { readonly set: ShownSet; readonly at: number }

const BEST = 'best'

/** How a place leads into the next one, and the choice of another way. */
const Transition = ({ set, at }: SetPlaceProps): ReactElement | null => {
  const [isAdding, setIsAdding] = useState(false)
  const [place, next] = [set.places[at]!, set.places[at + 1]]
  const transition = set.transitions[at]
  if (next === undefined) return null
  return (
    <>
      <div className={styles.transition}>
        {typeof transition?.score === 'number' && (
          <meter min={0} max={1} value={transition.score} aria-label="How well they fit">
            {transition.score.toFixed(2)}
          </meter>
        )}
        <p>{transition ? transition.sentence : 'How they mix is not known.'}</p>
        <span className={styles.ways}>
          {transition && transition.ways.length > 1 && (
            <select
              aria-label={`How ${place.title} goes into ${next.title}`}
              value={place.style ?? BEST}
              onChange={({ target: { value } }) =>
                void changePlaces(set, at, (places, now) =>
                  chooseStyle(places, now, value === BEST ? null : (value as MixStyle)),
                )
              }
            >
              <option value={BEST}>best way</option>
              {transition.ways.map(({ style, score }) => (
                <option key={style} value={style}>
                  {style}
                  {score === null ? '' : `, ${score.toFixed(2)}`}
                </option>
              ))}
            </select>
          )}
          {transition && (
            <AuditionButton
              from={{ id: place.track_id, title: place.title }}
              to={{ id: next.track_id, title: next.title }}
              trims={{
                trimsDb: [place.trim_db, next.trim_db],
                onTrim: (deck, trimDb) =>
                  void changePlaces(set, at + deck, (places, now) => setTrim(places, now, trimDb)),
              }}
            />
          )}
          <Button
            look="bare"
            aria-expanded={isAdding}
            aria-label={`What fits between ${place.title} and ${next.title}`}
            title="Add a track between these two"
            onClick={() => setIsAdding(!isAdding)}
          >
            <Plus size={15} aria-hidden="true" />
          </Button>
        </span>
      </div>
      {isAdding && <Alternatives set={set} place={at + 1} between onDone={() => setIsAdding(false)} />}
    </>
  )
}

/** One track of a set, and how it leads into the next. */
export const SetPlace = ({ set, at }: SetPlaceProps): ReactElement => {
  const [isReplacing, setIsReplacing] = useState(false)
  const {
    title,
    artist,
    is_locked: isLocked,
    standing,
    starts_at,
    track,
    track_id,
    trim_db,
    auto_trim_db,
  } = set.places[at]!
  const edit = (change: Parameters<typeof changePlaces>[2]) => (): void => void changePlaces(set, at, change)
  const notes = set.notes.filter(({ place }) => place === at)
  return (
    <li>
      <div className={styles.place}>
        <span className="quiet figures">{timeText(starts_at)}</span>
        <span className={styles.title}>
          {standing === 'gone' ? <span>{title}</span> : <Link to={deskPath(track_id)}>{title}</Link>}
          <span className="quiet">{artist}</span>
        </span>
        <span className="figures">{track?.tempo_bpm ? <Tempo bpm={track.tempo_bpm} /> : null}</span>
        <span>{track && <KeyBadge camelot={track.camelot} name={track.key} />}</span>
        <span className={styles.strip}>{track && <TrackStrip strip={track.strip} />}</span>
        <span className={styles.trim}>
          <span className="quiet">Trim</span>
          <TrimField
            title={title}
            trimDb={trim_db}
            autoTrimDb={auto_trim_db}
            onChange={(trimDb) => void changePlaces(set, at, (places, now) => setTrim(places, now, trimDb))}
          />
        </span>
        <span className={styles.buttons}>
          <Button
            look="bare"
            aria-pressed={isLocked}
            aria-label={`Keep ${title} at place ${at + 1}`}
            title="Keep it here when the set is planned again"
            onClick={edit(toggleLock)}
          >
            {isLocked ? <Lock size={15} aria-hidden="true" /> : <LockOpen size={15} aria-hidden="true" />}
          </Button>
          <Button
            look="bare"
            disabled={at === 0}
            aria-label={`Move ${title} up`}
            title="Play it one place earlier"
            onClick={edit((places, now) => movePlace(places, now, now - 1))}
          >
            <ArrowUp size={15} aria-hidden="true" />
          </Button>
          <Button
            look="bare"
            disabled={at === set.places.length - 1}
            aria-label={`Move ${title} down`}
            title="Play it one place later"
            onClick={edit((places, now) => movePlace(places, now, now + 1))}
          >
            <ArrowDown size={15} aria-hidden="true" />
          </Button>
          <Button
            look="bare"
            aria-expanded={isReplacing}
            aria-label={`What else fits instead of ${title}`}
            title="What else fits here"
            onClick={() => setIsReplacing(!isReplacing)}
          >
            <Replace size={15} aria-hidden="true" />
          </Button>
          <Button look="bare" aria-label={`Remove ${title}`} title="Remove it from the set" onClick={edit(removePlace)}>
            <X size={15} aria-hidden="true" />
          </Button>
        </span>
      </div>
      {notes.map(({ text }) => (
        <p key={text} className={styles.note}>
          {text}
        </p>
      ))}
      {isReplacing && <Alternatives set={set} place={at} between={false} onDone={() => setIsReplacing(false)} />}
      <Transition set={set} at={at} />
    </li>
  )
}
