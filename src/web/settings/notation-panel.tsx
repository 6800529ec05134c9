import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Panel } from '../kit/elements/panel.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import { type Settings, useSettings } from '../queries/use-settings.ts'
import styles from './setting-rows.module.css'

const NOTATIONS: Readonly<Record<Settings['key_notation'], string>> = {
  camelot: 'Camelot: 8A, 8B',
  open_key: 'Open Key: 1m, 1d',
  musical: 'musical: Am, C',
}
const NOTATION_NAMES = Object.keys(NOTATIONS) as readonly Settings['key_notation'][]

/** The ranges that DJ programs offer. */
const RANGES_FROM = [48, 58, 68, 70, 78, 88, 98] as const

const rangeText = (from: number): string => (from === 0 ? 'as it is' : `${from} to ${2 * from} BPM`)

/** How keys and tempi are written on every screen; nothing that was found changes with it. */
export const NotationPanel = (): ReactElement | null => {
  const queries = useQueryClient()
  const { data: settings } = useSettings()
  if (!settings) return null
  const change = (body: Partial<Pick<Settings, 'key_notation' | 'bpm_range_from'>>): void => {
    client
      .changeSettings({ body })
      .then((changed) => queries.setQueryData(queryOf('settings').queryKey, changed), notifyProblem)
  }
  const offered = [...new Set([0, ...RANGES_FROM, settings.bpm_range_from])].toSorted((one, other) => one - other)
  return (
    <Panel title="Keys and tempo">
      <div className={styles.rows}>
        <label className={styles.number}>
          Keys are written
          <select
            value={settings.key_notation}
            onChange={({ target }) => change({ key_notation: target.value as Settings['key_notation'] })}
          >
            {NOTATION_NAMES.map((name) => (
              <option key={name} value={name}>
                {NOTATIONS[name]}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.number}>
          Tempo is shown
          <select
            value={settings.bpm_range_from}
            onChange={({ target }) => change({ bpm_range_from: Number(target.value) })}
          >
            {offered.map((from) => (
              <option key={from} value={from}>
                {rangeText(from)}
              </option>
            ))}
          </select>
        </label>
        <p className="quiet">
          A tempo outside the range is halved or doubled into it, and underlined. The beat grid stays as it is.
        </p>
      </div>
    </Panel>
  )
}
