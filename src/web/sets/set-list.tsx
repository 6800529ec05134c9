import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { dayText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import { addressOfSet } from './set-changes.ts'
import styles from './set-list.module.css'
import { openNone } from './set-state.ts'

/** Every set that is kept; one that a newer Algiers wrote cannot be opened. */
export const SetList = ({ openId }: { readonly openId: number | null }): ReactElement | null => {
  const { data: sets = [] } = useQuery(queryOf('listSets'))
  const navigate = useNavigate()
  const startNew = (): void => {
    openNone()
    void navigate(addressOfSet(null))
  }
  if (sets.length === 0 && openId === null) return null
  return (
    <Panel
      title="Your sets"
      aside={
        <Button disabled={openId === null} onClick={startNew}>
          <Plus size={14} aria-hidden="true" /> New set
        </Button>
      }
    >
      <ul className={styles.list}>
        {sets.map(({ id, name, tracks, changed_at, is_newer }) => (
          <li key={id}>
            {is_newer ? (
              <span>{name}</span>
            ) : (
              <Link to={addressOfSet(id)} aria-current={id === openId ? 'page' : undefined}>
                {name}
              </Link>
            )}
            <span className="quiet">
              {is_newer ? 'from a newer Algiers: update to open it' : `${countText(tracks)}, ${dayText(changed_at)}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
