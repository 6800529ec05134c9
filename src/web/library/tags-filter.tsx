import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { changeFilters, useLibrary } from './library-state.ts'
import styles from './more-filters.module.css'

type CountedTag = {
  readonly tag: string
  readonly tracks: number
  readonly group?: string
  /** False for a tag that a network hears and that is seldom right. */
  readonly shown?: boolean
}

type TagsFilterProps = {
  /** Asks for all tags there are. */
  // biome-ignore lint/suspicious/noExplicitAny: a query is invariant in its key, which does not matter here
  readonly query: UseQueryOptions<any, Error, any, any>
  readonly values: 'heard' | 'myTags'
  readonly any: 'heardAny' | 'myTagsAny'
  readonly label: string
  readonly empty: string
}

const Options = ({ tags }: { readonly tags: readonly CountedTag[] }): ReactElement[] =>
  tags.map(({ tag, tracks }) => (
    <option key={tag} value={tag}>
      {tag} ({tracks})
    </option>
  ))

/** Chooses tags one after the other; of several, all or any. Nothing while there are none. */
export const TagsFilter = ({ query, values, any, label, empty }: TagsFilterProps): ReactElement | null => {
  const chosen = useLibrary((state) => state.filters[values])
  const isAny = useLibrary((state) => state.filters[any])
  const { data } = useQuery({ ...query, meta: TOLD_AS_NOTICE })
  const tags = ((data ?? []) as readonly CountedTag[]).filter(({ shown }) => shown !== false)
  if (tags.length === 0 && chosen.length === 0)
    return values === 'myTags' ? <span className="quiet">none yet</span> : null
  const left = tags.filter(({ tag }) => !chosen.includes(tag))
  const groups = [...new Set(left.flatMap(({ group }) => group ?? []))].sort()
  return (
    <span className={styles.tags}>
      <select
        aria-label={label}
        value=""
        onChange={({ target }) => target.value !== '' && changeFilters({ [values]: [...chosen, target.value] })}
      >
        <option value="">{chosen.length === 0 ? empty : 'Add another…'}</option>
        {groups.length === 0 ? (
          <Options tags={left} />
        ) : (
          groups.map((group) => (
            <optgroup key={group} label={group}>
              <Options tags={left.filter((one) => one.group === group)} />
            </optgroup>
          ))
        )}
      </select>
      {chosen.length > 1 && (
        <select
          aria-label={`${label}: all or any`}
          value={isAny ? 'any' : 'all'}
          onChange={({ target }) => changeFilters({ [any]: target.value === 'any' })}
        >
          <option value="all">all of</option>
          <option value="any">any of</option>
        </select>
      )}
      {chosen.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.chip}
          aria-label={`Remove ${tag}`}
          onClick={() => changeFilters({ [values]: chosen.filter((other) => other !== tag) })}
        >
          {tag} <X size={12} aria-hidden="true" />
        </button>
      ))}
    </span>
  )
}
