import { useQuery } from '@tanstack/react-query'
import { Play, Plus, Scale } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './chosen-panel.module.css'
import { type GraphModel, type GraphTrack, nameOf, scoreBetween, type Way } from './graph-model.ts'
import { useGraph, walkOn } from './graph-state.ts'
import { addToPath, goTo, mark } from './graph-walk.ts'
import { hearTrack } from './hear-track.ts'

type PairProps = { readonly from: GraphTrack; readonly to: GraphTrack; readonly model: GraphModel }

/** How the marked track leads into the current one, or why not. */
const PairNote = ({ from, to, model }: PairProps): ReactElement => {
  const { data, error } = useQuery(queryOf('graphPair', { query: { from: String(from.id), to: String(to.id) } }))
  return (
    <section className={styles.pair} aria-label={`From ${from.title} into ${to.title}`}>
      <h3>
        {from.title} → {to.title}
      </h3>
      {error && <ProblemNote error={error} />}
      {data && (
        <>
          <p role="status">
            {data.is_good ? 'They mix well.' : 'They do not mix well:'}{' '}
            {data.reasons.map(({ sentence }) => sentence).join(' ')}
            {data.is_good && model.isConnected && scoreBetween(model, from.id, to.id) === null && (
              <>
                There is no line, since{' '}
                {model.exitsOf(from.id).length < model.answer.exits
                  ? 'not every pair of so many tracks was tried.'
                  : `each track has at most ${countText(model.answer.exits, 'line')} leading out of it.`}
              </>
            )}
          </p>
          <ul className={styles.proposals}>
            {data.proposals.map(({ style, score, sentence }) => (
              <li key={style}>
                {score !== null && (
                  <meter min={0} max={1} value={score} aria-label="How well they fit">
                    {score.toFixed(2)}
                  </meter>
                )}
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

type WaysProps = {
  readonly title: string
  readonly none: string
  readonly ways: readonly Way[]
  readonly model: GraphModel
}

const Ways = ({ title, none, ways, model }: WaysProps): ReactElement => (
  <>
    <h3>{title}</h3>
    {ways.length === 0 ? (
      <p className="quiet">{none}</p>
    ) : (
      <ul className={styles.ways}>
        {ways.map(({ id, score }) => (
          <li key={id}>
            <span className="figures quiet">{score.toFixed(2)}</span>
            <Button look="bare" onClick={() => walkOn((walk) => goTo(walk, id))}>
              {nameOf(model.trackOf.get(id)!)}
            </Button>
          </li>
        ))}
      </ul>
    )}
  </>
)

/** The track one is at: what it is, where it leads, and how it goes with the marked one. */
export const ChosenPanel = ({ model }: { readonly model: GraphModel }): ReactElement => {
  const { current, marked, path } = useGraph((state) => state.walk)
  const track = current === null ? undefined : model.trackOf.get(current)
  const other = marked === null ? undefined : model.trackOf.get(marked)
  if (track === undefined)
    return (
      <Panel title="No track selected">
        <p className="quiet">
          Click a track, or walk with the arrow keys. Click another with Shift held to see how the two mix, or why they
          do not. A double click adds a track to your path.
        </p>
      </Panel>
    )
  return (
    <Panel title={track.title} aside={track.artist}>
      <p className={styles.facts}>
        <KeyBadge camelot={track.camelot} name={track.camelot} />
        <span className="figures">{track.tempoBpm !== null && <Tempo bpm={track.tempoBpm} />}</span>
        {track.energy !== null && <span>energy {track.energy}</span>}
        <Link to={deskPath(track.id)}>Open on the desk</Link>
      </p>
      <p className={styles.actions}>
        <Button onClick={() => hearTrack(track)}>
          <Play size={14} aria-hidden="true" /> Hear it
        </Button>
        <Button disabled={path.includes(track.id)} onClick={() => walkOn((walk) => addToPath(walk, track.id))}>
          <Plus size={14} aria-hidden="true" /> Add to the path
        </Button>
        <Button aria-pressed={marked === track.id} onClick={() => walkOn((walk) => mark(walk, track.id))}>
          <Scale size={14} aria-hidden="true" /> Compare with another
        </Button>
      </p>
      {marked === track.id && <p role="status">Now go to the other track: how the two mix is shown here.</p>}
      {other !== undefined && other.id !== track.id && <PairNote from={other} to={track} model={model} />}
      {model.isConnected && (
        <>
          <Ways
            title="Leads into"
            none={
              model.answer.unsure?.includes(track.id)
                ? 'No good transition was found, but not every track was tried.'
                : 'No other track: it leads nowhere.'
            }
            ways={model.exitsOf(track.id)}
            model={model}
          />
          <Ways
            title="Comes after"
            none="No other track leads into it by its best ways."
            ways={model.entriesOf(track.id).slice(0, 8)}
            model={model}
          />
        </>
      )}
    </Panel>
  )
}
