import type { ReactElement } from 'react'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { PlannedSetPanel } from './planned-set.tsx'
import styles from './set-screen.module.css'
import { useSet } from './set-state.ts'
import { SetWish } from './set-wish.tsx'

/** Plans what to play: which tracks, in which order, and how each leads into the next. */
export const SetScreen = (): ReactElement => {
  const plan = useSet((state) => state.plan)
  const problem = useSet((state) => state.problem)
  return (
    <div className={styles.screen}>
      <h1 className="sr-only">Set Builder</h1>
      <SetWish />
      <div className={styles.result}>
        {problem !== null && <ProblemNote error={problem} />}
        {plan ? (
          <PlannedSetPanel plan={plan} />
        ) : (
          <p className="quiet">
            Say how long the set is and how its energy goes, and plan it: Algiers chooses tracks whose ends and
            beginnings fit by sound, key, tempo, energy, voice and bass, and says over which bars to mix them.
          </p>
        )}
      </div>
    </div>
  )
}
