import { Copy, ListMusic, Lock, LockOpen, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { AuditionButton } from '../audition/audition-button.tsx'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { SectionStrip } from '../kit/elements/section-strip.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { dayText } from '../kit/words/time-text.ts'
import { EnergyChart } from './energy-chart.tsx'
import styles from './planned-set.module.css'
import { changeWish, type PlannedSet, putTransition, type SetTrack, toggleKept, useSet } from './set-state.ts'

const nameOf = ({ artist, title }: SetTrack): string => (artist ? `${artist} – ${title}` : title)

/** As one pastes it into a message. */
const listText = ({ tracks }: PlannedSet): string =>
  tracks.map((track, place) => `${place + 1}. ${nameOf(track)}`).join('\n')

const copyList = async (plan: PlannedSet): Promise<void> => {
  try {
    await navigator.clipboard.writeText(listText(plan))
    notify({ tone: 'plain', title: 'Track list copied' })
  } catch {
    notify({ tone: 'problem', title: 'The browser does not let this page copy', detail: listText(plan) })
  }
}

/** Under a name of its own making, which the DJ program will show. */
const keepSet = async ({ tracks, minutes }: PlannedSet): Promise<void> => {
  const name = `Set of ${dayText(new Date().toISOString())}, ${countText(Math.round(minutes), 'minute')}`
  try {
    await client.keepPlaylist({ body: { name, track_ids: tracks.map(({ id }) => id) } })
    notify({
      tone: 'plain',
      title: `Kept as “${name}”`,
      detail: 'Playlists are written with what goes to your DJ program.',
    })
  } catch (error) {
    notifyProblem(error)
  }
}

const leaveOut = ({ id, title }: SetTrack): void => {
  const { wish } = useSet.getState()
  if (!wish.never.some((track) => track.id === id)) changeWish({ never: [...wish.never, { id, title }] })
  notify({ tone: 'plain', title: `${title} is left out of the next plan` })
}

const Place = ({ track, place }: { readonly track: SetTrack; readonly place: number }): ReactElement => {
  const isKept = useSet((state) => state.kept.get(place) === track.id)
  return (
    <div className={styles.place}>
      <span className={styles.title}>
        <Link to={deskPath(track.id)}>{track.title}</Link>
        <span className="quiet">{track.artist}</span>
      </span>
      <span className="figures">{track.tempo_bpm !== null && <Tempo bpm={track.tempo_bpm} />}</span>
      <span>
        <KeyBadge camelot={track.camelot} name={track.key} />
      </span>
      <span className={styles.strip}>
        <SectionStrip strip={track.strip} />
      </span>
      <span className={styles.buttons}>
        <Button
          look="bare"
          aria-pressed={isKept}
          aria-label={`Keep ${track.title} at place ${place + 1}`}
          title="Keep it here when the set is planned again"
          onClick={() => toggleKept(place, track.id)}
        >
          {isKept ? <Lock size={15} aria-hidden="true" /> : <LockOpen size={15} aria-hidden="true" />}
        </Button>
        <Button
          look="bare"
          aria-label={`Leave ${track.title} out`}
          title="Leave it out when the set is planned again"
          onClick={() => leaveOut(track)}
        >
          <X size={15} aria-hidden="true" />
        </Button>
      </span>
    </div>
  )
}

/** The set as planned: its energy, its tracks, and how each leads into the next. */
export const PlannedSetPanel = ({ plan }: { readonly plan: PlannedSet }): ReactElement => {
  const { tracks, transitions, refusals, minutes, score, greedy_score, is_exact } = plan
  return (
    <Panel
      title="The set"
      aside={
        <span className={styles.actions}>
          <Button onClick={() => void keepSet(plan)}>
            <ListMusic size={14} aria-hidden="true" /> Keep as a playlist
          </Button>
          <Button onClick={() => void copyList(plan)}>
            <Copy size={14} aria-hidden="true" /> Copy the track list
          </Button>
        </span>
      }
    >
      <p role="status" className={styles.facts}>
        {countText(tracks.length)}, about {countText(Math.round(minutes), 'minute')}. It fits {score.toFixed(2)} of 1
        {is_exact ? ', and no order of these tracks fits better.' : '.'} Always playing the best next track would reach{' '}
        {greedy_score.toFixed(2)}.
      </p>
      <EnergyChart plan={plan} />
      <ol className={styles.list}>
        {tracks.map((track, place) => {
          const next = transitions[place]
          return (
            <li key={track.id}>
              <Place track={track} place={place} />
              {next && (
                <p className={styles.transition}>
                  {next.score !== null && (
                    <meter min={0} max={1} value={next.score} aria-label="How well they fit">
                      {next.score.toFixed(2)}
                    </meter>
                  )}
                  <span>{next.sentence}</span>
                  <AuditionButton from={track} to={tracks[place + 1]!} onChanged={(one) => putTransition(place, one)} />
                </p>
              )}
            </li>
          )
        })}
      </ol>
      {refusals.length > 0 && (
        <details>
          <summary>{countText(refusals.length, 'note')} on what was not chosen from</summary>
          <ul>
            {refusals.map(({ track_id, title, reason }) => (
              <li key={track_id ?? reason}>{title === null ? reason : `${title}: ${reason}`}</li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}
