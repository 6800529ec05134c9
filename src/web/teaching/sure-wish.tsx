import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { useListedPool } from '../library/use-listed-pool.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './sure-suggestions.module.css'

/** What is asked for, as the fields of the form hold it. */
export type SureForm = {
  readonly kind: SectionKind | 'all'
  /** In percent. */
  readonly least: number
  /** Parameters of the list of tracks; null for the whole library. */
  readonly filter: string | null
}

export const FIRST_FORM: SureForm = { kind: 'all', least: 97, filter: null }

const LEASTS = [90, 95, 97, 99] as const

/** What is asked of the server. */
export const wishOf = ({ kind, least, filter }: SureForm) => ({
  least: least / 100,
  ...(kind === 'all' ? {} : { kinds: [kind] }),
  ...(filter === null ? {} : { filter }),
})

/** Which kinds, how sure, and in which tracks. */
export const SureWish = ({
  form,
  onChange,
}: {
  readonly form: SureForm
  readonly onChange: (form: SureForm) => void
}): ReactElement => {
  const listed = useListedPool()
  const { data: playlists = [] } = useQuery(queryOf('listPlaylists'))
  return (
    <>
      <label>
        Kind{' '}
        <select
          value={form.kind}
          onChange={({ target }) => onChange({ ...form, kind: target.value as SureForm['kind'] })}
        >
          <option value="all">all kinds</option>
          {SECTION_KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        At least{' '}
        <select value={form.least} onChange={({ target }) => onChange({ ...form, least: Number(target.value) })}>
          {LEASTS.map((least) => (
            <option key={least} value={least}>
              {least} % right
            </option>
          ))}
        </select>
      </label>
      <label className={styles.from}>
        In{' '}
        <select
          value={form.filter ?? ''}
          onChange={({ target }) => onChange({ ...form, filter: target.value === '' ? null : target.value })}
        >
          <option value="">the whole library</option>
          {listed.pool && (
            <option value={listed.pool}>
              the library as filtered now{listed.tracks === undefined ? '' : `: ${countText(listed.tracks)}`}
            </option>
          )}
          {playlists
            .filter(({ tracks }) => tracks > 0)
            .map(({ id, name, tracks }) => (
              <option key={id} value={`playlist=${id}`}>
                the playlist {name}: {countText(tracks)}
              </option>
            ))}
        </select>
      </label>
    </>
  )
}
