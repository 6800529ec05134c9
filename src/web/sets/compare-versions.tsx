import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { comparePlaces } from '../../core/setlist/compare-sets.ts'
import { countText } from '../../core/units/count-text.ts'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { dateText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './compare-versions.module.css'
import type { ShownSet } from './set-state.ts'

const WORDS = { same: '', moved: 'moved', came: 'new', went: 'not there any more' } as const

const summary = ({ places, minutes, score }: ShownSet): string => {
  const length = `${countText(places.length)}, ${countText(Math.round(minutes), 'minute')}`
  return score === null ? length : `${length}, fits ${score.toFixed(2)} of 1`
}

const Compared = ({ before, after }: { readonly before: ShownSet; readonly after: ShownSet }): ReactElement => {
  const titles = new Map([...before.places, ...after.places].map(({ track_id, title }) => [track_id, title]))
  const places = comparePlaces(
    before.places.map(({ track_id }) => track_id),
    after.places.map(({ track_id }) => track_id),
  )
  const numbered = (place: number | null): string => (place === null ? '–' : String(place + 1))
  return (
    <>
      <p>
        Version {before.version}: {summary(before)}. Now: {summary(after)}.
        {JSON.stringify(before.wish) === JSON.stringify(after.wish) ? '' : ' What was wished for differs, too.'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <div className={styles.rows} tabIndex={0} role="group" aria-label="Tracks of both versions">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Then</th>
              <th scope="col">Now</th>
              <th scope="col">Track</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ trackId, before: was, after: is, change }) => (
              <tr key={trackId} data-change={change}>
                <td>{numbered(was)}</td>
                <td>{numbered(is)}</td>
                <td>{titles.get(trackId)}</td>
                <td>{WORDS[change]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The set as it is beside an earlier version of it. */
export const CompareVersions = ({ set }: { readonly set: ShownSet }): ReactElement => {
  const { data: versions = [] } = useQuery(queryOf('setVersions', { params: { id: set.id } }))
  const others = versions.filter(({ version }) => version !== set.version)
  const [chosen, setChosen] = useState<number | null>(null)
  const version = others.some((one) => one.version === chosen) ? chosen : (others[0]?.version ?? null)
  const { data: before, error } = useQuery({
    ...queryOf('showSet', { params: { id: set.id }, query: { version: version ?? 1 } }),
    enabled: version !== null,
  })
  if (version === null) return <p className="quiet">There is only one version of this set yet.</p>
  return (
    <section className={styles.panel} aria-label="Compare versions">
      <label>
        Compare with{' '}
        <select value={version} onChange={({ target }) => setChosen(Number(target.value))}>
          {others.map((one) => (
            <option key={one.version} value={one.version}>
              version {one.version}, {dateText(one.created_at)}: {one.change}
            </option>
          ))}
        </select>
      </label>
      {error && <ProblemNote error={error} />}
      {before && <Compared before={before} after={set} />}
    </section>
  )
}
