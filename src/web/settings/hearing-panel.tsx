import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { FactList } from '../kit/elements/fact-list.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import { useHealth } from '../queries/use-health.ts'
import { type Settings, useSettings } from '../queries/use-settings.ts'
import styles from './setting-rows.module.css'

const PROVIDERS: Readonly<Record<Settings['inference_provider'], string>> = {
  auto: 'the fastest that gives right answers here',
  coreml: 'Neural Engine through Core ML',
  cuda: 'graphics card through CUDA',
  dml: 'graphics card through DirectML',
  cpu: 'CPU',
  wasm: 'CPU, as WebAssembly',
}
const NAMES = Object.keys(PROVIDERS) as readonly Settings['inference_provider'][]

/** Which network tells what is heard, and what of the machine it runs on. */
export const HearingPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: health } = useHealth()
  const { data: settings } = useSettings()
  const choose = async (provider: Settings['inference_provider']): Promise<void> => {
    queries.setQueryData(
      queryOf('settings').queryKey,
      await client.changeSettings({ body: { inference_provider: provider } }),
    )
    await queries.invalidateQueries(queryOf('health'))
  }
  const {
    network = null,
    tags = null,
    shown_tags: shown = null,
    provider = null,
    warning = null,
  } = health?.hearing ?? {}
  const runsOn = NAMES.find((name) => name === provider)
  return (
    <Panel title="Sound analysis" aside={network !== null && `${network}, ${tags} tags, ${shown ?? 0} shown`}>
      <FactList>
        <dt>Runs on</dt>
        <dd>{runsOn ? PROVIDERS[runsOn] : 'nothing yet: chosen when the next track is analysed'}</dd>
      </FactList>
      {shown === 0 && (
        <p className="quiet">Nobody measured how often this network’s tags are right on music, so none is shown.</p>
      )}
      {warning && <p className={styles.refusal}>{warning}</p>}
      {settings && (
        <p className={styles.actions}>
          <label>
            Use from the next track on{' '}
            <select
              value={settings.inference_provider}
              onChange={({ target }) => {
                choose(target.value as Settings['inference_provider']).catch(notifyProblem)
              }}
            >
              {NAMES.map((name) => (
                <option key={name} value={name}>
                  {PROVIDERS[name]}
                </option>
              ))}
            </select>
          </label>
        </p>
      )}
    </Panel>
  )
}
