import { Layers, ListMusic, Undo2, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { type NavigateFunction, useNavigate } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { dayText } from '../kit/words/time-text.ts'
import { addressOfSet } from '../sets/set-changes.ts'
import { type GraphModel, nameOf, scoreBetween } from './graph-model.ts'
import { useGraph, walkOn } from './graph-state.ts'
import { goTo, mark, takeBack } from './graph-walk.ts'
import styles from './path-panel.module.css'

/** A name of its own making, which can be changed later. */
const nameOfPath = (path: readonly number[]): string =>
  `Path of ${dayText(new Date().toISOString())}, ${countText(path.length)}`

/** Makes a set and opens it; the path stays in the graph. */
const keepAsSet = async (path: readonly number[], navigate: NavigateFunction): Promise<void> => {
  const name = nameOfPath(path)
  try {
    const { id } = await client.addSet({ body: { name, track_ids: [...path] } })
    notify({ tone: 'plain', title: `Made the set “${name}”`, detail: 'Its tracks are in the order of your path.' })
    void navigate(addressOfSet(id))
  } catch (error) {
    notifyProblem(error)
  }
}

const keepAsPlaylist = async (path: readonly number[]): Promise<void> => {
  const name = nameOfPath(path)
  try {
    await client.keepPlaylist({ body: { name, track_ids: [...path] } })
    notify({
      tone: 'plain',
      title: `Kept as “${name}”`,
      detail: 'Playlists are written with what goes to your DJ program.',
    })
  } catch (error) {
    notifyProblem(error)
  }
}

/** Forgets the path; a notice brings it back. */
const clearPath = (path: readonly number[]): void => {
  walkOn((walk) => ({ ...walk, path: [] }))
  notify({
    tone: 'plain',
    title: 'The path is empty',
    action: { name: 'Bring it back', run: () => walkOn((walk) => ({ ...walk, path })) },
  })
}

const Step = ({
  model,
  from,
  to,
}: {
  readonly model: GraphModel
  readonly from: number
  readonly to: number
}): ReactElement => {
  const score = scoreBetween(model, from, to)
  if (score !== null) return <span className="figures quiet">{score.toFixed(2)}</span>
  return (
    <Button look="bare" onClick={() => walkOn((walk) => mark({ ...goTo(walk, to), marked: null }, from))}>
      How do they mix?
    </Button>
  )
}

/** The tracks that were chosen one after the other, on the way to a set. */
export const PathPanel = ({ model }: { readonly model: GraphModel }): ReactElement => {
  const path = useGraph((state) => state.walk.path)
  const navigate = useNavigate()
  return (
    <Panel title="Your path">
      {path.length === 0 ? (
        <p className="quiet">
          Add tracks one after the other: Enter or a double click on a track, or tick “Clicks draw a path”. A path
          becomes a set or a playlist.
        </p>
      ) : (
        <>
          <ol className={styles.path}>
            {path.map((id, place) => (
              <li key={id}>
                <Button look="bare" onClick={() => walkOn((walk) => goTo(walk, id))}>
                  {nameOf(model.trackOf.get(id)!)}
                </Button>{' '}
                {place > 0 && <Step model={model} from={path[place - 1]!} to={id} />}
              </li>
            ))}
          </ol>
          <p className={styles.actions}>
            <Button look="main" onClick={() => void keepAsSet(path, navigate)}>
              <Layers size={14} aria-hidden="true" /> Make a set
            </Button>
            <Button onClick={() => void keepAsPlaylist(path)}>
              <ListMusic size={14} aria-hidden="true" /> Keep as a playlist
            </Button>
            <Button onClick={() => walkOn(takeBack)}>
              <Undo2 size={14} aria-hidden="true" /> Take the last one back
            </Button>
            <Button onClick={() => clearPath(path)}>
              <X size={14} aria-hidden="true" /> Empty it
            </Button>
          </p>
        </>
      )}
    </Panel>
  )
}
