import { ListFilter, Search, X } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { keyInNotation } from '../../core/library/key-notation.ts'
import { Button } from '../kit/elements/button.tsx'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionOf } from '../kit/keys/key-tables.ts'
import { useDisplay } from '../kit/words/display.ts'
import { queryOf } from '../queries/query-of.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import styles from './library-filters.module.css'
import { changeFilters, useLibrary } from './library-state.ts'
import { type Filters, isUsable, NO_FILTERS, setFilters } from './list-filters.ts'
import { MoreFilters } from './more-filters.tsx'
import { StatusFilter } from './status-filter.tsx'
import { LIBRARY_KEYS } from './table-keys.ts'
import { TagsFilter } from './tags-filter.tsx'

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
      aria-invalid={!isUsable(name, value)}
      title={isUsable(name, value) ? label : `“${value}” is not a number that fits here`}
      placeholder={placeholder}
      value={value}
      onChange={({ target }) => changeFilters({ [name]: target.value })}
    />
  )
}

/** Which tracks are listed, and with which columns. */
export const LibraryFilters = (): ReactElement => {
  const filters = useLibrary((state) => state.filters)
  const isShared = useIsCatalogue() === true
  const notation = useDisplay((state) => state.keyNotation)
  /** Where there is little room the filters come when they are asked for. */
  const [isOpen, setIsOpen] = useState(false)
  // A playlist is a place to be, and no filter to be cleared.
  const set = setFilters(filters).filter((name) => name !== 'playlist')
  const beside = set.filter((name) => name !== 'text').length
  return (
    <search className={styles.filters} aria-label="Filters">
      <SearchField />
      <Button
        look={beside > 0 ? 'plain' : 'bare'}
        className={styles.toggle ?? ''}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ListFilter size={14} aria-hidden="true" /> Filters{beside > 0 && ` (${beside})`}
      </Button>
      <div className={styles.rest} data-open={isOpen}>
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
          aria-label="Key it mixes with"
          value={filters.compatibleWith}
          onChange={({ target }) => changeFilters({ compatibleWith: target.value })}
        >
          <option value="">Any key</option>
          {CAMELOT_KEYS.map((camelot) => (
            <option key={camelot} value={camelot}>
              mixes with {keyInNotation(camelot, notation)}
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
        <TagsFilter
          query={queryOf('libraryTags')}
          values="heard"
          any="heardAny"
          label="Heard in it"
          empty="Any sound"
        />
        {!isShared && (
          <label className={styles.tick} title="Analysis failed, or the model is unsure and nobody has labelled it">
            <input
              type="checkbox"
              checked={filters.needsReview}
              onChange={({ target }) => changeFilters({ needsReview: target.checked })}
            />
            Needs review
          </label>
        )}
        <MoreFilters />
      </div>
      {set.length > 0 && (
        <Button look="bare" onClick={() => changeFilters({ ...NO_FILTERS, playlist: filters.playlist })}>
          <X size={14} aria-hidden="true" /> Clear filters
        </Button>
      )}
    </search>
  )
}
