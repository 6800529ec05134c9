import { useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { type ReactElement, useEffect, useRef } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionOf } from '../kit/keys/key-tables.ts'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './library-filters.module.css'
import { changeFilters, type Filters, isNumberOrEmpty, NO_FILTERS, useLibrary } from './library-state.ts'
import { StatusFilter } from './status-filter.tsx'
import { LIBRARY_KEYS } from './table-keys.ts'

const CAMELOT_KEYS = ['A', 'B'].flatMap((letter) => Array.from({ length: 12 }, (_, hour) => `${hour + 1}${letter}`))
const REACHES_PERCENT = [0, 2, 4, 6, 8, 12, 16] as const

const SearchField = (): ReactElement => {
  const text = useLibrary((state) => state.filters.text)
  const areSingleKeysOn = useKeyPreferences((state) => state.areSingleKeysOn)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (actionOf(LIBRARY_KEYS, event) !== 'search' || !areSingleKeysOn) return
      if (event.defaultPrevented || isTyping(event.target as Element)) return
      event.preventDefault()
      field.current?.select()
      field.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [areSingleKeysOn])
  return (
    <label className={styles.search}>
      <Search size={15} aria-hidden="true" />
      <span className="sr-only">Search tracks</span>
      <input
        ref={field}
        type="search"
        placeholder="Search title, artist, album, file"
        value={text}
        onChange={({ target }) => changeFilters({ text: target.value })}
      />
      <kbd>{LIBRARY_KEYS.actions.search.keys}</kbd>
    </label>
  )
}

type NumberFieldProps = {
  readonly name: 'bpm' | 'energyMin' | 'energyMax'
  readonly label: string
  readonly placeholder: string
}

const NumberField = ({ name, label, placeholder }: NumberFieldProps): ReactElement => {
  const value = useLibrary((state) => state.filters[name])
  return (
    <input
      className={styles.number}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={!isNumberOrEmpty(value)}
      title={isNumberOrEmpty(value) ? label : `${value} is no number`}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => changeFilters({ [name]: target.value })}
    />
  )
}

/** The tags that are heard in the library, by group; nothing while there are none. */
const HeardFilter = (): ReactElement | null => {
  const heard = useLibrary((state) => state.filters.heard)
  const { data: tags = [] } = useQuery({
    ...queryOf('libraryTags'),
    meta: TOLD_AS_NOTICE,
  })
  if (tags.length === 0 && heard === '') return null
  const groups = [...new Set(tags.map(({ group }) => group))].sort()
  return (
    <select
      className={styles.heard}
      aria-label="What is heard"
      value={heard}
      onChange={({ target }) => changeFilters({ heard: target.value })}
    >
      <option value="">Anything heard</option>
      {heard !== '' && !tags.some(({ tag }) => tag === heard) && <option value={heard}>{heard} (0)</option>}
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {tags
            .filter((tag) => tag.group === group)
            .map(({ tag, tracks }) => (
              <option key={tag} value={tag}>
                {tag} ({tracks})
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}

/** Which tracks are listed, and with which columns. */
export const LibraryFilters = (): ReactElement => {
  const filters = useLibrary((state) => state.filters)
  const isFiltered = JSON.stringify(filters) !== JSON.stringify(NO_FILTERS)
  return (
    <search className={styles.filters} aria-label="Filters">
      <SearchField />
      <span className={styles.group}>
        <NumberField name="bpm" label="BPM around" placeholder="BPM" />
        <select
          aria-label="How far the BPM may differ"
          value={filters.bpmPercent}
          onChange={({ target }) => changeFilters({ bpmPercent: Number(target.value) })}
        >
          {REACHES_PERCENT.map((percent) => (
            <option key={percent} value={percent}>
              ± {percent} %
            </option>
          ))}
        </select>
      </span>
      <select
        aria-label="Key that it mixes with"
        value={filters.compatibleWith}
        onChange={({ target }) => changeFilters({ compatibleWith: target.value })}
      >
        <option value="">Any key</option>
        {CAMELOT_KEYS.map((camelot) => (
          <option key={camelot} value={camelot}>
            mixes with {camelot}
          </option>
        ))}
      </select>
      <span className={styles.group}>
        <NumberField name="energyMin" label="Energy from" placeholder="Energy" />
        <span className="quiet">–</span>
        <NumberField name="energyMax" label="Energy to" placeholder="10" />
      </span>
      <select
        aria-label="Labels"
        value={filters.labelled}
        onChange={({ target }) => changeFilters({ labelled: target.value as Filters['labelled'] })}
      >
        <option value="all">With or without labels</option>
        <option value="yes">With labels</option>
        <option value="no">Without labels</option>
      </select>
      <StatusFilter />
      <HeardFilter />
      <label className={styles.tick} title="Analysis failed, or the model is unsure and nobody has labelled it">
        <input
          type="checkbox"
          checked={filters.needsReview}
          onChange={({ target }) => changeFilters({ needsReview: target.checked })}
        />
        Needs review
      </label>
      {isFiltered && (
        <Button look="bare" onClick={() => changeFilters(NO_FILTERS)}>
          <X size={14} aria-hidden="true" /> Clear filters
        </Button>
      )}
    </search>
  )
}
