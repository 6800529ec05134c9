import { Popover } from '@base-ui/react/popover'
import { SlidersHorizontal } from 'lucide-react'
import type { ReactElement } from 'react'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { NOTE_COLOURS } from '../../core/library/track-notes.ts'
import { Button } from '../kit/elements/button.tsx'
import { queryOf } from '../queries/query-of.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import { changeFilters, useLibrary } from './library-state.ts'
import { type Filters, isUsable, setFilters, type TypedFilter } from './list-filters.ts'
import styles from './more-filters.module.css'
import { OWN_FILTERS } from './own-library.ts'
import { TagsFilter } from './tags-filter.tsx'

type Kind = 'text' | 'decimal' | 'date'
type FieldProps = { readonly name: TypedFilter; readonly label: string; readonly kind: Kind; readonly hint?: string }

const Field = ({ name, label, kind, hint = '' }: FieldProps): ReactElement => {
  const value = useLibrary((state) => state.filters[name])
  const isWrong = kind === 'decimal' && !isUsable(name, value)
  return (
    <input
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'decimal' ? 'decimal' : undefined}
      aria-label={label}
      aria-invalid={isWrong}
      title={isWrong ? `“${value}” is not a number that fits here` : undefined}
      placeholder={hint}
      value={value}
      onChange={({ target }) => changeFilters({ [name]: target.value })}
    />
  )
}

type Line = {
  readonly label: string
  readonly kind: Kind
  /** One field, or from and to. */
  readonly names: readonly [TypedFilter] | readonly [TypedFilter, TypedFilter]
  readonly hint?: string
}

const LINES: readonly Line[] = [
  { label: 'BPM', kind: 'decimal', names: ['bpmMin', 'bpmMax'] },
  { label: 'Key', kind: 'text', names: ['key'], hint: '8A, 1m or Am' },
  { label: 'Genre', kind: 'text', names: ['genre'] },
  { label: 'Year', kind: 'decimal', names: ['yearMin', 'yearMax'] },
  { label: 'Tag BPM', kind: 'decimal', names: ['tagBpmMin', 'tagBpmMax'] },
  { label: 'Tag key', kind: 'text', names: ['tagKey'], hint: '8A, 1m or Am' },
  { label: 'Date added', kind: 'date', names: ['addedSince', 'addedBefore'] },
  { label: 'Format', kind: 'text', names: ['format'], hint: 'MP3' },
  { label: 'Bit rate', kind: 'decimal', names: ['bitRateMin', 'bitRateMax'], hint: 'kbps' },
  { label: 'Loudness', kind: 'decimal', names: ['loudnessMin', 'loudnessMax'], hint: 'LUFS' },
  { label: 'Path', kind: 'text', names: ['path'] },
  { label: 'Rating', kind: 'decimal', names: ['ratingMin', 'ratingMax'], hint: '0 to 5' },
  { label: 'Comment', kind: 'text', names: ['comment'] },
]

const FieldLine = ({ label, kind, names: [from, to], hint = '' }: Line): ReactElement => (
  <div className={styles.line}>
    <span>{label}</span>
    {to === undefined ? (
      <Field name={from} label={label} kind={kind} hint={hint} />
    ) : (
      <span className={styles.range}>
        <Field name={from} label={`${label} from`} kind={kind} hint={hint} />
        <span className="quiet">–</span>
        <Field name={to} label={kind === 'date' ? `${label} before` : `${label} to`} kind={kind} hint={hint} />
      </span>
    )}
  </div>
)

/** A tick for each value; all that are ticked are wanted. */
const TickedFilter = <Value extends string>({
  label,
  values,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly values: readonly Value[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: Value[]) => void
}): ReactElement => (
  <fieldset className={styles.colours}>
    <legend className="sr-only">{label}</legend>
    {values.map((name) => (
      <label key={name}>
        <input
          type="checkbox"
          checked={chosen.includes(name)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, name] : chosen.filter((other) => other !== name))
          }
        />
        {name}
      </label>
    ))}
  </fieldset>
)

const HERE: ReadonlySet<keyof Filters> = new Set<keyof Filters>([
  ...LINES.flatMap(({ names }) => [...names]),
  'doubtfulGrid',
  'colours',
  'kinds',
  'myTags',
])

const DoubtfulGridLine = (): ReactElement => {
  const chosen = useLibrary((state) => state.filters.doubtfulGrid)
  return (
    <div className={styles.line}>
      <span>Doubtful grid</span>
      <select
        aria-label="Doubtful grid"
        value={chosen}
        onChange={({ target }) => changeFilters({ doubtfulGrid: target.value as Filters['doubtfulGrid'] })}
      >
        <option value="all">yes or no</option>
        <option value="yes">yes</option>
        <option value="no">no</option>
      </select>
    </div>
  )
}

/** Filters by the columns that are less often asked for. */
export const MoreFilters = (): ReactElement => {
  const filters = useLibrary((state) => state.filters)
  const isShared = useIsCatalogue() === true
  const active = setFilters(filters).filter((name) => HERE.has(name)).length
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button look={active > 0 ? 'plain' : 'bare'} />}>
        <SlidersHorizontal size={14} aria-hidden="true" /> More filters{active > 0 && ` (${active})`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} align="start" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className={styles.popup}>
            <Popover.Title className="sr-only">More filters</Popover.Title>
            {LINES.filter(({ names }) => !isShared || !OWN_FILTERS.has(names[0])).map((line) => (
              <FieldLine key={line.label} {...line} />
            ))}
            <div className={styles.line}>
              <span>Labelled as</span>
              <TickedFilter
                label="Labelled as"
                values={SECTION_KINDS}
                chosen={filters.kinds}
                onChange={(kinds) => changeFilters({ kinds })}
              />
            </div>
            {!isShared && <DoubtfulGridLine />}
            <div className={styles.line}>
              <span>Colour</span>
              <TickedFilter
                label="Colour"
                values={NOTE_COLOURS}
                chosen={filters.colours}
                onChange={(colours) => changeFilters({ colours })}
              />
            </div>
            <div className={styles.line}>
              <span>My tags</span>
              <TagsFilter query={queryOf('myTags')} values="myTags" any="myTagsAny" label="My tags" empty="Any tags" />
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
