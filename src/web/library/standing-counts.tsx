import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { Answer } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import styles from './library-screen.module.css'
import { changeFilters } from './library-state.ts'
import { type Filters, NO_FILTERS } from './list-filters.ts'

type StandingCountsProps = {
  readonly health: Answer<'health'>
  /** Whether a job is under way: it counts by itself what is not analysed yet. */
  readonly isBusy: boolean
}

/** Tracks that stand otherwise than analysed and at hand, each number with a way to them. */
export const StandingCounts = ({ health, isBusy }: StandingCountsProps): ReactElement => {
  const navigate = useNavigate()
  const counts: readonly (readonly [status: Filters['status'], count: number, words: string])[] = [
    ['not_analysed', isBusy ? 0 : health.not_analysed, 'not analysed yet'],
    ['unreadable', health.unreadable, 'cannot be read'],
    ['failed', health.failed, 'cannot be analysed'],
    ['missing', health.missing, 'missing'],
  ]
  return (
    <span className={styles.standing}>
      {counts
        .filter(([, count]) => count > 0)
        .map(([status, count, words]) => (
          <Button key={status} look="bare" onClick={() => changeFilters({ ...NO_FILTERS, status })}>
            {count.toLocaleString('en-GB')} {words}
          </Button>
        ))}
      {health.ignored_files > 0 && (
        <Button look="bare" onClick={() => void navigate('/settings')}>
          {countText(health.ignored_files, 'file')} ignored
        </Button>
      )}
    </span>
  )
}
