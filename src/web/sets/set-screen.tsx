import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { ApiProblem } from '../../api/operations/client.ts'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { holdFocus } from '../kit/hold-focus.ts'
import { queryOf } from '../queries/query-of.ts'
import { PlannedSetPanel } from './planned-set.tsx'
import { addressOfSet } from './set-changes.ts'
import { SetList } from './set-list.tsx'
import styles from './set-screen.module.css'
import { openNone, showWishOf, useSet } from './set-state.ts'
import { SetWishPanel } from './set-wish-panel.tsx'
import { useSetKeys } from './use-set-keys.ts'

/** As in the style sheet. */
const NARROW = '(max-width: 980px)'

/** Plans what to play: which tracks, in which order, and how each leads into the next. The address names the set that is open. */
export const SetScreen = (): ReactElement => {
  const [params] = useSearchParams()
  const asked = params.get('set')
  const id = asked !== null && /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : null
  const lastId = useSet((state) => state.openId)
  const isPlanning = useSet((state) => state.isPlanning)
  const problem = useSet((state) => state.problem)
  const told = useSet((state) => state.told)
  const result = useRef<HTMLDivElement>(null)
  const query = queryOf('showSet', { params: { id: id ?? 1 }, query: {} })
  const { data, error, isPending } = useQuery({ ...query, enabled: id !== null })
  const isGone = error instanceof ApiProblem && error.problem.code === 'SET_NOT_FOUND'
  const set = id === null || isGone ? undefined : data
  useSetKeys(set)
  const wished = set && JSON.stringify(set.wish)
  // What was wished for is put into the form when another set is opened, and when a step is taken back.
  // Whatever else changes of a set leaves alone what is being typed.
  useEffect(() => {
    if (set) showWishOf(set)
  }, [set?.id, wished])
  // On a narrow screen the set stands above the form that it was just planned from.
  useEffect(() => {
    if (told && matchMedia(NARROW).matches) result.current?.scrollIntoView()
  }, [told])
  // Another window may have deleted it: the next visit begins a new one.
  useEffect(() => {
    if (isGone) openNone()
  }, [isGone])
  // A set that is being made comes to have an address by itself; leading there would take the focus from the form.
  if (id === null && lastId !== null && !isPlanning) return <Navigate to={addressOfSet(lastId)} replace />
  return (
    <div ref={holdFocus} className={id === null ? styles.screen : `${styles.screen} ${styles.open}`}>
      <h1 className="sr-only">Set Builder</h1>
      <div className={styles.side}>
        <SetList openId={id} />
        <SetWishPanel set={set ?? null} />
      </div>
      <div ref={result} className={styles.result}>
        {problem !== null && <ProblemNote error={problem} />}
        {id !== null && error && <ProblemNote error={error} />}
        {/* On paper, too: a page that is printed while the set is on its way would be blank. */}
        {isPending && id !== null && (
          <p className="quiet" role="status">
            Loading the set…
          </p>
        )}
        {isPlanning && id === null && (
          <p className="quiet" role="status">
            Planning the set…
          </p>
        )}
        {set && <PlannedSetPanel set={set} />}
        {id === null && !isPlanning && (
          <p className="quiet">
            Say how long the set is and how its energy goes, and plan it: Algiers chooses tracks whose ends and
            beginnings fit by sound, key, tempo, energy, voice and bass, and says over which bars to mix them.
          </p>
        )}
      </div>
    </div>
  )
}
